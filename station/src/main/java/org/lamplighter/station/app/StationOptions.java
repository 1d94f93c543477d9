package org.lamplighter.station.app;

import org.lamplighter.station.durable.Moments;
import org.lamplighter.station.http.HttpLimits;
import org.lamplighter.station.http.ListenAddress;

/**
 * What may differ between two runs of one station.
 *
 * @param listen where to listen
 * @param limits what one client may cost
 * @param moments told before each step on disk; for tests
 * @param threads for building the hints of an epoch
 */
public record StationOptions(ListenAddress listen, HttpLimits limits, Moments moments, int threads) {
    /** Standard limits, all processors. */
    public static StationOptions listeningOn(ListenAddress listen) {
        return new StationOptions(
                listen,
                HttpLimits.standard(),
                Moments.NONE,
                Runtime.getRuntime().availableProcessors());
    }

    /** The same with other limits. */
    public StationOptions withLimits(HttpLimits other) {
        return new StationOptions(listen, other, moments, threads);
    }

    /** The same, with each step on disk told to {@code other}. */
    public StationOptions withMoments(Moments other) {
        return new StationOptions(listen, limits, other, threads);
    }
}
