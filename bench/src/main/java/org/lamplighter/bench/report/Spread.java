package org.lamplighter.bench.report;

import java.util.Arrays;

/** What the rounds of one measurement gave. {@code best} is the least or the most, as the unit wants it. */
public record Spread(double median, double best, double worst) {
    /** Of at least one round. */
    public static Spread of(double[] rounds, boolean moreIsBetter) {
        if (rounds.length == 0) {
            throw new IllegalArgumentException("no rounds");
        }
        double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        double least = sorted[0];
        double most = sorted[sorted.length - 1];
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return moreIsBetter ? new Spread(median, most, least) : new Spread(median, least, most);
    }

    /** Of a single figure. */
    public static Spread single(double value) {
        return new Spread(value, value, value);
    }
}
