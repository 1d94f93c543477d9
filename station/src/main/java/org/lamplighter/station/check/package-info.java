/**
 * Derives everything again from the bytes on disk and compares: what {@code station check} does, and what tests do after each
 * step.
 *
 * <p>Start with {@link org.lamplighter.station.check.StationCheck}. Reads the contract of the store and the folders; changes
 * nothing.
 */
package org.lamplighter.station.check;
