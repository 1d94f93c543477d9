package org.lamplighter.e2e.statistics;

import org.lamplighter.testkit.statistics.Distinguisher;
import org.lamplighter.testkit.statistics.Significance;

/**
 * Tries to tell sent rows from decoys: learns from the first half of the epochs, is asked about the second, and counts every byte of
 * both classes over all of them. One thread at a time.
 */
final class RowStudy {
    private static final int VALUES = 256;

    private final int epochs;
    private final Distinguisher distinguisher = Distinguisher.of(RowFeatures.COUNT);
    /** How often: class (0 sent, 1 decoy), place in the row, value of the byte. */
    private final long[][][] counts = new long[2][48 + 8192][VALUES];

    private final int[] undecodable = new int[2];
    private long[] before = {};
    private int seen;
    private long repeatedWords;

    RowStudy(int epochs) {
        this.epochs = epochs;
    }

    void add(ObservedEpoch epoch) {
        if (seen++ == epochs / 2) {
            distinguisher.learn(3, 1);
        }
        long[] own = epoch.sortedWords();
        for (int position = 0; position < epoch.rows(); position++) {
            boolean sent = epoch.sent()[position];
            byte[] features = RowFeatures.of(epoch, position, before, own);
            if (seen <= epochs / 2) {
                distinguisher.example(features, sent);
            } else {
                distinguisher.ask(features, sent);
            }
            repeatedWords += RowFeatures.repeated(epoch.words(position), before, own);
            count(epoch, position, sent ? 0 : 1);
        }
        before = own;
    }

    private void count(ObservedEpoch epoch, int position, int kind) {
        byte[] hint = epoch.hints()[position];
        byte[] body = epoch.bodies()[position];
        for (int place = 0; place < hint.length; place++) {
            counts[kind][place][hint[place] & 0xff]++;
        }
        for (int place = 0; place < body.length; place++) {
            counts[kind][hint.length + place][body[place] & 0xff]++;
        }
        undecodable[kind] += RowFeatures.decodes(hint) ? 0 : 1;
    }

    Distinguisher distinguisher() {
        return distinguisher;
    }

    /** Words that stand in two adjacent epochs, or twice in one. */
    long repeatedWords() {
        return repeatedWords;
    }

    int undecodable() {
        return undecodable[0] + undecodable[1];
    }

    /** Chi-square over all values of all places of a row. */
    double bytesPValue() {
        double deviations = 0;
        for (int place = 0; place < counts[0].length; place++) {
            // Each place's p-value as a normal deviation, so that they add up.
            double p = Significance.sameDistribution(counts[0][place], counts[1][place]);
            deviations += Significance.deviations(p);
        }
        return Significance.normal(deviations, 0, counts[0].length);
    }

    /** The least p-value of a bit of a row, corrected for their number. */
    double bitsPValue() {
        double least = 1;
        int bits = 8 * counts[0].length;
        for (int bit = 0; bit < bits; bit++) {
            long[][] zerosAndOnes = new long[2][2];
            for (int kind = 0; kind < 2; kind++) {
                for (int value = 0; value < VALUES; value++) {
                    zerosAndOnes[kind][value >> bit % 8 & 1] += counts[kind][bit / 8][value];
                }
            }
            least = Math.min(least, Significance.sameDistribution(zerosAndOnes[0], zerosAndOnes[1]));
        }
        return Significance.leastOf(least, bits);
    }
}
