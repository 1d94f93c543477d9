package org.lamplighter.core.mailbox;

import java.security.SecureRandom;

/** Poisson numbers, exact for any mean: the arrivals of a unit-rate process counted up to time {@code mean}. */
final class Poisson {
    private Poisson() {}

    /** A Poisson number of this mean, or {@code cap} when it is larger; takes at most {@code cap} draws. */
    static long draw(double mean, long cap, SecureRandom random) {
        double time = 0;
        for (long arrivals = 0; arrivals < cap; arrivals++) {
            // 1 - U lies in (0, 1]: the logarithm is finite.
            time -= Math.log(1 - random.nextDouble());
            if (time > mean) {
                return arrivals;
            }
        }
        return cap;
    }
}
