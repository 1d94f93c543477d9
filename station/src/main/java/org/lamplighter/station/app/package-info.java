/**
 * The application: the station's folder, its wiring, and the commands {@code station init | install | run | status | check}.
 *
 * <p>Start with {@link org.lamplighter.station.app.Station}, a whole station in one object, for the command and for tests alike.
 * Uses everything; nothing uses it.
 */
package org.lamplighter.station.app;
