package org.lamplighter.e2e.flood;

/**
 * How much of each nuisance, all at the same time.
 *
 * @param seconds how long
 * @param posters connections that post bundles without a pause
 * @param bundles accepted bundles at most; below 4,096 none of them may be lost
 * @param uploaders connections that upload chunks without a pause
 * @param chunks chunks at most
 * @param slow connections of each kind that trickle: a header, a bundle, a chunk
 * @param halfClosed connections that say early that they have said all
 * @param idle connections that say nothing
 * @param fuzzed connections with malformed requests
 */
record FloodSize(
        int seconds,
        int posters,
        int bundles,
        int uploaders,
        int chunks,
        int slow,
        int halfClosed,
        int idle,
        int fuzzed) {
    /** For every build: twenty seconds. */
    static FloodSize ofCi() {
        return new FloodSize(20, 100, 1500, 40, 300, 150, 50, 5000, 3000);
    }

    /** For the profile {@code flood}: five minutes, or {@code -Dlamplighter.flood.seconds}. */
    static FloodSize full() {
        return new FloodSize(
                Integer.getInteger("lamplighter.flood.seconds", 300), 400, 4000, 200, 10_000, 500, 200, 5000, 100_000);
    }

    FloodSize withIdle(int other) {
        return new FloodSize(seconds, posters, bundles, uploaders, chunks, slow, halfClosed, other, fuzzed);
    }
}
