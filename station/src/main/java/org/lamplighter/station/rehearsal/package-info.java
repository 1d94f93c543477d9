/**
 * One run of a station for nobody, from which Java learns what a start needs (docs/decisions/0014).
 *
 * <p>Start with {@link org.lamplighter.station.rehearsal.Rehearsal}; {@code lamplighter cache} runs it. Uses the application as an
 * operator and a client would; nothing uses it.
 */
package org.lamplighter.station.rehearsal;
