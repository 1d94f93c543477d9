package org.lamplighter.e2e.statistics;

import java.security.SecureRandom;
import org.lamplighter.testkit.SeededRandom;

/**
 * A fault: numbers below a bound are the least of sixteen draws, and numbers that should be random ids only grow. A lottery over it
 * favours who came first, and slots with small numbers. One thread at a time.
 */
final class SkewedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private static final int DRAWS = 16;

    private final transient SeededRandom random;
    private long id;

    SkewedRandom(long seed) {
        this.random = SeededRandom.of(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }

    @Override
    public double nextDouble() {
        return random.nextDouble();
    }

    @Override
    public int nextInt(int bound) {
        return random.ints(DRAWS, 0, bound).min().orElseThrow();
    }

    @Override
    public long nextLong() {
        return id++;
    }
}
