package org.lamplighter.testkit.statistics;

import org.hipparchus.stat.descriptive.StreamingStatistics;
import org.hipparchus.stat.inference.TTest;

/**
 * Welch's t between two classes of measurements, kept as sums: how many standard errors their means are apart. Above
 * {@value #LIMIT} is a leak, as is usual for tests of constant time; two equal classes exceed it seven times in a million. One
 * thread at a time.
 */
public final class Welch {
    /** What counts as a difference. */
    public static final double LIMIT = 4.5;

    private final StreamingStatistics first = new StreamingStatistics();
    private final StreamingStatistics second = new StreamingStatistics();

    /** Adds a measurement of the first or of the second class. */
    public void add(boolean ofFirst, double value) {
        (ofFirst ? first : second).addValue(value);
    }

    /** The absolute value of t. */
    public double t() {
        return Math.abs(new TTest().t(first, second));
    }

    /** Measurements of the smaller class. */
    public long samples() {
        return Math.min(first.getN(), second.getN());
    }

    /** Mean of a class. */
    public double mean(boolean ofFirst) {
        return (ofFirst ? first : second).getMean();
    }
}
