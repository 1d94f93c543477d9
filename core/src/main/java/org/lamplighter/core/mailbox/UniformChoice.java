package org.lamplighter.core.mailbox;

import java.security.SecureRandom;

/**
 * Uniform permutations and choices: positions in an epoch, bundles of the queue, free slots, envelopes of a bundle
 * (docs/spec/04-mailbox.md 4.2, 4.3, 4.5, docs/spec/03-message.md 3.7). Every draw is free of bias (rejection, not remainder).
 * Stateless.
 */
public final class UniformChoice {
    private UniformChoice() {}

    /** A uniformly random permutation of {@code 0 … size - 1} (Fisher and Yates). */
    public static int[] permutation(int size, SecureRandom random) {
        return choose(size, size, random);
    }

    /** {@code count} different numbers below {@code size}, uniformly chosen and in uniformly random order. */
    public static int[] choose(int count, int size, SecureRandom random) {
        if (count < 0 || count > size) {
            throw new IllegalArgumentException("cannot choose " + count + " of " + size);
        }
        int[] all = new int[size];
        for (int i = 0; i < size; i++) {
            all[i] = i;
        }
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(size - i);
            int chosen = all[j];
            all[j] = all[i];
            all[i] = chosen;
        }
        return count == size ? all : java.util.Arrays.copyOf(all, count);
    }

    /** Whether an event of probability {@code numerator / denominator} happens, exactly. */
    public static boolean happens(long numerator, long denominator, SecureRandom random) {
        if (numerator < 0 || denominator < 1) {
            throw new IllegalArgumentException("not a probability");
        }
        return random.nextLong(denominator) < numerator;
    }
}
