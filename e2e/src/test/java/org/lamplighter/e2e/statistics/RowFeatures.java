package org.lamplighter.e2e.statistics;

import java.util.Arrays;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.wire.MalformedException;

/**
 * What somebody who has all files of two epochs can measure of a row: its bits, how often each byte occurs in it, whether its
 * point decodes, whether it repeats words, where it stands. Each as a number whose standard deviation is about 16.
 */
final class RowFeatures {
    /** Bytes of a hint, and at each end of a body, whose bits are features one by one. */
    private static final int HINT = 48;

    private static final int END = 32;
    private static final int BITS = (HINT + 2 * END) * 8;
    private static final int VALUES = 256;

    /** How many. */
    static final int COUNT = BITS + VALUES + 8;

    private RowFeatures() {}

    /** The features of the row at {@code position}; {@code before} are the sorted words of the epoch before. */
    static byte[] of(ObservedEpoch epoch, int position, long[] before, long[] own) {
        byte[] hint = epoch.hints()[position];
        byte[] body = epoch.bodies()[position];
        byte[] features = new byte[COUNT];
        int at = bits(features, 0, hint, 0, HINT);
        at = bits(features, at, body, 0, END);
        at = bits(features, at, body, body.length - END, END);

        int[] counts = new int[VALUES];
        int sum = 0;
        int ones = 0;
        int equal = 0;
        for (int i = 0; i < body.length; i++) {
            counts[body[i] & 0xff]++;
            sum += body[i] & 0xff;
            ones += Integer.bitCount(body[i] & 0xff);
            equal += i > 0 && body[i] == body[i - 1] ? 1 : 0;
        }
        double mean = body.length / (double) VALUES;
        double spread = 0;
        for (int count : counts) {
            features[at++] = scaled(count, mean, Math.sqrt(mean));
            spread += (count - mean) * (count - mean) / mean;
        }
        features[at++] = scaled(spread, VALUES - 1, Math.sqrt(2.0 * (VALUES - 1)));
        features[at++] = scaled(sum, 127.5 * body.length, 73.9 * Math.sqrt(body.length));
        features[at++] = scaled(ones, 4.0 * body.length, Math.sqrt(2.0 * body.length));
        features[at++] = scaled(equal, mean, Math.sqrt(mean));
        features[at++] = scaled(decodes(hint) ? 1 : -1, 0, 1);
        features[at++] = scaled(repeated(epoch.words(position), before, own), 0, 1);
        features[at++] = scaled(position, (epoch.rows() - 1) / 2.0, epoch.rows() / Math.sqrt(12));
        features[at] = scaled(position % 2 == 0 ? 1 : -1, 0, 1);
        return features;
    }

    /** How many of {@code words} stand in the epoch before, or twice in their own. */
    static int repeated(long[] words, long[] before, long[] own) {
        int repeated = 0;
        for (long word : words) {
            int at = Arrays.binarySearch(own, word);
            boolean twice = (at > 0 && own[at - 1] == word) || (at + 1 < own.length && own[at + 1] == word);
            repeated += twice || Arrays.binarySearch(before, word) >= 0 ? 1 : 0;
        }
        return repeated;
    }

    static boolean decodes(byte[] hint) {
        try {
            RistrettoElement.decodeNonIdentity(Arrays.copyOf(hint, RistrettoElement.BYTES));
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    private static int bits(byte[] features, int at, byte[] bytes, int from, int length) {
        for (int bit = 0; bit < 8 * length; bit++) {
            features[at + bit] = (byte) ((bytes[from + bit / 8] >> bit % 8 & 1) == 1 ? 16 : -16);
        }
        return at + 8 * length;
    }

    private static byte scaled(double value, double mean, double deviation) {
        return (byte) Math.clamp(Math.round((value - mean) / deviation * 16), -128, 127);
    }
}
