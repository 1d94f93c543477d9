package org.lamplighter.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.lamplighter.testkit.SeededRandom;

/** The distributions of which 4.2, 4.3 and 4.5 speak. Seeds are fixed, so that a bound of some deviations never flickers. */
final class RandomnessTest {
    @Test
    void poisson_hasMeanAndVarianceOfItsParameter_smallAndLarge() {
        for (double mean : new double[] {0, 0.02, 0.32, 0.85, 3.7, 40, 900}) {
            int draws = mean > 100 ? 4_000 : 40_000;
            SeededRandom random = SeededRandom.of(11);
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < draws; i++) {
                double x = Poisson.draw(mean, Long.MAX_VALUE, random);
                sum += x;
                squares += x * x;
            }
            double sampleMean = sum / draws;
            double variance = squares / draws - sampleMean * sampleMean;
            double tolerance = 5 * Math.sqrt(mean / draws);
            assertThat(sampleMean).isBetween(mean - tolerance, mean + tolerance);
            // The variance of a sample variance is about (mean + 2 mean^2) / draws.
            double tolerance2 = 5 * Math.sqrt((mean + 2 * mean * mean) / draws);
            assertThat(variance).isBetween(mean - tolerance2, mean + tolerance2);
        }
    }

    @Test
    void poisson_probabilities_areThoseOfTheDistribution() {
        double mean = 2.5;
        int draws = 60_000;
        long[] counts = new long[9];
        SeededRandom random = SeededRandom.of(12);
        for (int i = 0; i < draws; i++) {
            counts[(int) Math.min(8, Poisson.draw(mean, 1000, random))]++;
        }
        double[] expected = new double[9];
        double p = Math.exp(-mean);
        double rest = 1;
        for (int k = 0; k < 8; k++) {
            expected[k] = p;
            rest -= p;
            p *= mean / (k + 1);
        }
        expected[8] = rest;
        double chi2 = 0;
        for (int k = 0; k < 9; k++) {
            double e = expected[k] * draws;
            chi2 += (counts[k] - e) * (counts[k] - e) / e;
        }
        // 8 degrees of freedom: 26.1 is exceeded once in a thousand.
        assertThat(chi2).isLessThan(26.1);
    }

    @Test
    void poisson_neverExceedsTheCap() {
        assertThat(Poisson.draw(1e9, 50, SeededRandom.of(13))).isEqualTo(50);
    }

    @Test
    void permutation_putsEveryRowAtEveryPositionEquallyOften() {
        assertThat(chi2OfPositions(16, 20_000, 14, random -> UniformChoice.permutation(16, random)))
                .isLessThan(TWO_HUNDRED_TWENTY_FIVE_DEGREES);
    }

    @Test
    void plantedFault_permutationThatSwapsWithAnyPosition_isFoundNotUniform() {
        assertThat(chi2OfPositions(16, 20_000, 14, random -> {
                    int[] all = new int[16];
                    Arrays.setAll(all, i -> i);
                    for (int i = 0; i < 16; i++) {
                        int j = random.nextInt(16);
                        int swapped = all[i];
                        all[i] = all[j];
                        all[j] = swapped;
                    }
                    return all;
                }))
                .isGreaterThan(TWO_HUNDRED_TWENTY_FIVE_DEGREES);
    }

    @Test
    void choose_givesDifferentNumbers_eachEquallyOften() {
        long[] seen = new long[20];
        SeededRandom random = SeededRandom.of(15);
        for (int round = 0; round < 20_000; round++) {
            int[] chosen = UniformChoice.choose(3, 20, random);
            assertThat(Arrays.stream(chosen).distinct().count()).isEqualTo(3);
            for (int c : chosen) {
                seen[c]++;
            }
        }
        double chi2 = Arrays.stream(seen)
                .mapToDouble(n -> (n - 3000.0) * (n - 3000.0) / 3000.0)
                .sum();
        assertThat(chi2).isLessThan(43.8);
        assertThatThrownBy(() -> UniformChoice.choose(3, 2, random)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void happens_withProbabilityNumeratorOverDenominator() {
        SeededRandom random = SeededRandom.of(16);
        int happened = 0;
        for (int i = 0; i < 30_000; i++) {
            happened += UniformChoice.happens(4096, 12_288, random) ? 1 : 0;
        }
        assertThat(happened).isBetween(9_600, 10_400);
        assertThat(UniformChoice.happens(5, 5, random)).isTrue();
        assertThat(UniformChoice.happens(0, 5, random)).isFalse();
    }

    /** Exceeded once in a thousand: 225 degrees of freedom, scaled by n / (n - 1), as the counts of a row add up. */
    private static final double TWO_HUNDRED_TWENTY_FIVE_DEGREES = 295 * 16 / 15.0;

    private static double chi2OfPositions(
            int size, int rounds, long seed, java.util.function.Function<SeededRandom, int[]> permute) {
        SeededRandom random = SeededRandom.of(seed);
        long[][] seen = new long[size][size];
        for (int round = 0; round < rounds; round++) {
            int[] order = permute.apply(random);
            for (int position = 0; position < size; position++) {
                seen[position][order[position]]++;
            }
        }
        double expected = rounds / (double) size;
        IntFunction<Double> row = position -> Arrays.stream(seen[position])
                .mapToDouble(n -> (n - expected) * (n - expected) / expected)
                .sum();
        double chi2 = 0;
        for (int position = 0; position < size; position++) {
            chi2 += row.apply(position);
        }
        return chi2;
    }
}
