package org.lamplighter.testkit.statistics;

import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * How likely what was seen is when nothing is wrong: p-values, from 0 to 1. A test fails on one below {@link #ALPHA}. Stateless.
 */
public final class Significance {
    /** The chance that one judgement of a sound program fails for a seed that nobody has tried. Seeds are fixed. */
    public static final double ALPHA = 1e-8;

    private Significance() {}

    /**
     * Chi-square test of counts against their expectation.
     *
     * @param free degrees of freedom
     */
    public static double chiSquare(long[] counts, double[] expected, int free) {
        if (counts.length != expected.length) {
            throw new IllegalArgumentException("as many counts as expectations");
        }
        double chi2 = 0;
        for (int i = 0; i < counts.length; i++) {
            chi2 += square(counts[i] - expected[i]) / expected[i];
        }
        return above(chi2, free);
    }

    /** Chi-square test that all places are equally likely. */
    public static double uniform(long[] counts) {
        double[] expected = new double[counts.length];
        double sum = 0;
        for (long count : counts) {
            sum += count;
        }
        java.util.Arrays.fill(expected, sum / counts.length);
        return chiSquare(counts, expected, counts.length - 1);
    }

    /**
     * Chi-square test that {@code counts[i][j]}, how often the numbers of many permutations of n stand at which place, are all
     * equal: {@code (n - 1) / n} of the usual sum, with {@code (n - 1)^2} degrees of freedom, as each row and column adds up.
     */
    public static double permutations(long[][] counts) {
        int n = counts.length;
        double sum = 0;
        for (long[] row : counts) {
            for (long count : row) {
                sum += count;
            }
        }
        double expected = sum / n / n;
        double chi2 = 0;
        for (long[] row : counts) {
            for (long count : row) {
                chi2 += square(count - expected) / expected;
            }
        }
        return above(chi2 * (n - 1) / n, (n - 1) * (n - 1));
    }

    /** Chi-square test that two samples, counted by value, come from one distribution; values that neither has do not count. */
    public static double sameDistribution(long[] first, long[] second) {
        double a = 0;
        double b = 0;
        for (int i = 0; i < first.length; i++) {
            a += first[i];
            b += second[i];
        }
        double chi2 = 0;
        int values = 0;
        for (int i = 0; i < first.length; i++) {
            double both = first[i] + second[i];
            if (both > 0) {
                // Each cell's deviation from its share, for both samples at once.
                chi2 += square(first[i] * b - second[i] * a) / (a * b * both);
                values++;
            }
        }
        return values < 2 ? 1 : above(chi2, values - 1);
    }

    /** Exact two-sided binomial test: twice the smaller tail, at most 1. */
    public static double binomial(int trials, int successes, double chance) {
        BinomialDistribution distribution = new BinomialDistribution(trials, chance);
        double below = distribution.cumulativeProbability(successes);
        double above = 1 - distribution.cumulativeProbability(successes - 1);
        return Math.min(1, 2 * Math.min(below, above));
    }

    /** Two-sided test of a value that is normal with this mean and variance. */
    public static double normal(double value, double mean, double variance) {
        double deviations = Math.abs(value - mean) / Math.sqrt(variance);
        return 2 * new NormalDistribution().cumulativeProbability(-deviations);
    }

    /** A p-value as a deviation of a standard normal variable: small ones are large, at most 8. */
    public static double deviations(double pValue) {
        return -new NormalDistribution().inverseCumulativeProbability(Math.clamp(pValue, 1e-15, 1 - 1e-15));
    }

    /** The least of {@code tests} p-values, times their number (Bonferroni), at most 1. */
    public static double leastOf(double least, int tests) {
        return Math.min(1, least * tests);
    }

    /** The chance that a chi-square variable is larger. */
    private static double above(double chi2, int free) {
        if (free > 100_000) {
            return new NormalDistribution().cumulativeProbability((free - chi2) / Math.sqrt(2.0 * free));
        }
        return 1 - new ChiSquaredDistribution(free).cumulativeProbability(chi2);
    }

    private static double square(double x) {
        return x * x;
    }
}
