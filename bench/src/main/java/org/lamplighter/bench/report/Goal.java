package org.lamplighter.bench.report;

import java.util.Locale;

/**
 * A goal of the design and what came out.
 *
 * @param what in words, with its unit
 * @param value what was measured
 * @param limit that it should reach
 * @param atLeast whether the limit is the least, or else the most
 */
public record Goal(String what, double value, double limit, boolean atLeast) {
    public static Goal atLeast(String what, double value, double limit) {
        return new Goal(what, value, limit, true);
    }

    public static Goal atMost(String what, double value, double limit) {
        return new Goal(what, value, limit, false);
    }

    public boolean met() {
        return atLeast ? value >= limit : value <= limit; // NaN is not met
    }

    /** One line. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%s: %s, goal %s %s: %s",
                what,
                Numbers.three(value),
                atLeast ? "at least" : "at most",
                Numbers.three(limit),
                met() ? "met" : "NOT met");
    }
}
