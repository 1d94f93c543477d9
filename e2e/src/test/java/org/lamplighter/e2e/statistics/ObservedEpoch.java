package org.lamplighter.e2e.statistics;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The public files of an epoch, row by row, and what only the test knows: which slot stands where, and which rows somebody sent.
 *
 * @param hints 48 bytes a row
 * @param bodies 8192 bytes a row
 * @param slotAt the slot at each position
 * @param sent whether the row at a position came in a bundle; the others are the station's decoys
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record ObservedEpoch(byte[][] hints, byte[][] bodies, int[] slotAt, boolean[] sent) {
    private static final int WORD = 32;

    int rows() {
        return hints.length;
    }

    /** The first eight bytes of each 32-byte word of a row: of the hint at steps of 16, of the body at steps of 32. */
    long[] words(int position) {
        ByteBuffer hint = ByteBuffer.wrap(hints[position]);
        ByteBuffer body = ByteBuffer.wrap(bodies[position]);
        long[] words = new long[2 + body.capacity() / WORD];
        words[0] = hint.getLong(0);
        words[1] = hint.getLong(16);
        for (int i = 2; i < words.length; i++) {
            words[i] = body.getLong((i - 2) * WORD);
        }
        return words;
    }

    /** The words of all rows, sorted. */
    long[] sortedWords() {
        long[] all = new long[rows() * words(0).length];
        for (int position = 0; position < rows(); position++) {
            long[] words = words(position);
            System.arraycopy(words, 0, all, position * words.length, words.length);
        }
        Arrays.sort(all);
        return all;
    }

    /** The same rows in another order: {@code order[k]} is the position, here, of the row at position k, there. */
    ObservedEpoch reordered(int[] order) {
        ObservedEpoch other = copy();
        for (int k = 0; k < order.length; k++) {
            other.hints[k] = hints[order[k]];
            other.bodies[k] = bodies[order[k]];
            other.slotAt[k] = slotAt[order[k]];
            other.sent[k] = sent[order[k]];
        }
        return other;
    }

    /** A copy whose arrays may be changed. */
    ObservedEpoch copy() {
        byte[][] newHints = Arrays.stream(hints).map(byte[]::clone).toArray(byte[][]::new);
        byte[][] newBodies = Arrays.stream(bodies).map(byte[]::clone).toArray(byte[][]::new);
        return new ObservedEpoch(newHints, newBodies, slotAt.clone(), sent.clone());
    }
}
