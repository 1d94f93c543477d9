package org.lamplighter.station.app;

import org.lamplighter.station.durable.Moments;
import org.lamplighter.station.http.HttpLimits;
import org.lamplighter.station.http.ListenAddress;

/**
 * What may differ between two runs of one station.
 *
 * @param listen where to listen
 * @param circuits whether tor names the circuit of each connection
 * @param limits what one client may cost
 * @param moments told before each step on disk; for tests
 * @param threads for building the hints of an epoch
 */
public record StationOptions(ListenAddress listen, boolean circuits, HttpLimits limits, Moments moments, int threads) {
    /** Standard limits, all processors. */
    public static StationOptions listeningOn(ListenAddress listen) {
        return new StationOptions(
                listen,
                false,
                HttpLimits.standard(),
                Moments.NONE,
                Runtime.getRuntime().availableProcessors());
    }

    /** The same behind a tor that names the circuit of each connection. */
    public StationOptions withCircuits() {
        return new StationOptions(listen, true, limits, moments, threads);
    }

    /** The same with other limits. */
    public StationOptions withLimits(HttpLimits other) {
        return new StationOptions(listen, circuits, other, moments, threads);
    }

    /** The same, with each step on disk told to {@code other}. */
    public StationOptions withMoments(Moments other) {
        return new StationOptions(listen, circuits, limits, other, threads);
    }
}
