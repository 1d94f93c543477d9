package org.lamplighter.testkit.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lamplighter.testkit.SeededRandom;

/** Values from printed tables, and the rate at which sound samples are refused. */
final class SignificanceTest {
    @Test
    void chiSquare_isThatOfTheTable() {
        // 5 % points: 3.841 of 1 degree, 16.919 of 9 degrees; 100 counts of 50 each side moved by d give 2 d^2 / 50.
        double d = Math.sqrt(3.841 * 50 / 2);
        assertThat(Significance.chiSquare(new long[] {0, 0}, new double[] {3.841 / 2, 3.841 / 2}, 1))
                .isCloseTo(0.05, within(1e-4));
        assertThat(Significance.uniform(new long[] {Math.round(50 + d), Math.round(50 - d)}))
                .isBetween(0.04, 0.06);
    }

    @Test
    void chiSquare_ofVeryManyDegrees_isContinuous() {
        double below = Significance.chiSquare(new long[] {0}, new double[] {100_500}, 99_999);
        double above = Significance.chiSquare(new long[] {0}, new double[] {100_502}, 100_001);
        assertThat(below).isCloseTo(above, within(2e-3));
    }

    @Test
    void binomial_isExact() {
        // 10 tosses, 9 heads: 2 x 11 / 1024.
        assertThat(Significance.binomial(10, 9, 0.5)).isCloseTo(22 / 1024.0, within(1e-12));
        assertThat(Significance.binomial(10, 5, 0.5)).isEqualTo(1);
        assertThat(Significance.binomial(20, 0, 0.5)).isCloseTo(2 / 1_048_576.0, within(1e-12));
    }

    @Test
    void normal_isTwoSided() {
        assertThat(Significance.normal(1.96, 0, 1)).isCloseTo(0.05, within(1e-4));
        assertThat(Significance.normal(-4, 0, 4)).isCloseTo(0.0455, within(1e-4));
    }

    @Test
    void soundSamples_areRefusedAsOftenAsThePValueSays() {
        SeededRandom random = SeededRandom.of(1);
        int runs = 2_000;
        int[] refused = new int[3];
        for (int run = 0; run < runs; run++) {
            long[][] seen = new long[6][6];
            long[] first = new long[6];
            long[] second = new long[6];
            for (int i = 0; i < 120; i++) {
                int[] all = shuffled(6, random);
                for (int place = 0; place < 6; place++) {
                    seen[place][all[place]]++;
                }
                first[random.nextInt(6)]++;
                second[random.nextInt(6)]++;
                second[random.nextInt(6)]++;
            }
            refused[0] += Significance.permutations(seen) < 0.05 ? 1 : 0;
            refused[1] += Significance.sameDistribution(first, second) < 0.05 ? 1 : 0;
            refused[2] += Significance.uniform(first) < 0.05 ? 1 : 0;
        }
        for (int count : refused) {
            assertThat(count).isBetween(50, 150);
        }
    }

    @Test
    void welch_seesADifferenceOfATenthOfADeviation_inTenThousand() {
        SeededRandom random = SeededRandom.of(3);
        Welch same = new Welch();
        Welch apart = new Welch();
        for (int i = 0; i < 20_000; i++) {
            boolean first = i % 2 == 0;
            same.add(first, random.nextGaussian());
            apart.add(first, random.nextGaussian() + (first ? 0.1 : 0));
        }
        assertThat(same.samples()).isEqualTo(10_000);
        assertThat(same.t()).isLessThan(Welch.LIMIT);
        assertThat(apart.t()).isGreaterThan(Welch.LIMIT);
    }

    @Test
    void distinguisher_learnsAFaintSign_andNothingFromNoise() {
        assertThat(told(0).pValue()).isGreaterThan(1e-3);
        Distinguisher faint = told(6);
        assertThat(faint.accuracy()).isGreaterThan(0.55);
        assertThat(faint.pValue()).isLessThan(Significance.ALPHA);
    }

    /** A hundred random features, of which one is larger by {@code sign} in one class. */
    private static Distinguisher told(int sign) {
        SeededRandom random = SeededRandom.of(4);
        Distinguisher distinguisher = Distinguisher.of(100);
        for (int i = 0; i < 20_000; i++) {
            boolean first = random.nextBoolean();
            byte[] row = new byte[100];
            for (int f = 0; f < row.length; f++) {
                row[f] = (byte) (random.nextGaussian() * 16);
            }
            row[17] = (byte) Math.min(127, row[17] + (first ? sign : 0));
            if (i < 10_000) {
                distinguisher.example(row, first);
            } else {
                if (i == 10_000) {
                    distinguisher.learn(3, 5);
                }
                distinguisher.ask(row, first);
            }
        }
        return distinguisher;
    }

    private static int[] shuffled(int size, SeededRandom random) {
        int[] all = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            all[i] = all[j];
            all[j] = i;
        }
        return all;
    }
}
