package org.lamplighter.testkit;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.SplittableRandom;

/**
 * A {@link SecureRandom} that gives the same stream for the same seed, so that a test or a vector can be repeated. Fast,
 * and of no cryptographic worth. One thread at a time.
 */
public final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private SeededRandom(long seed) {
        super(new Stream(seed), null);
    }

    /** The stream of {@code seed}. */
    public static SeededRandom of(long seed) {
        return new SeededRandom(seed);
    }

    /** {@code length} bytes of the stream. */
    public byte[] bytes(int length) {
        byte[] out = new byte[length];
        nextBytes(out);
        return out;
    }

    private static final class Stream extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;
        private final transient SplittableRandom source;

        private Stream(long seed) {
            source = new SplittableRandom(seed);
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            throw new UnsupportedOperationException("a seeded stream is not reseeded");
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            source.nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            byte[] out = new byte[length];
            source.nextBytes(out);
            return out;
        }
    }
}
