package org.lamplighter.core.envelope;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;
import org.lamplighter.core.primitive.DhKem;
import org.lamplighter.core.primitive.MlKem768;
import org.lamplighter.core.primitive.XWing;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.secret.SecretBytes;

/**
 * Everything random in one sealing, so that a sealing can be repeated byte for byte from a seed. Each part can be taken
 * once and is wiped then: the same randomness for two messages would give both away. One thread at a time.
 */
public final class SealingRandomness implements AutoCloseable {
    /** ML-KEM m 32, DHKEM input 32, X-Wing 64, hint 64. */
    public static final int BYTES =
            MlKem768.RANDOMNESS_BYTES + DhKem.RANDOMNESS_BYTES + XWing.RANDOMNESS_BYTES + Scalar.WIDE_BYTES;

    private final SecretBytes mlKem;
    private final SecretBytes dhKem;
    private final SecretBytes xWing;
    private final SecretBytes hint;

    private SealingRandomness(byte[] bytes) {
        int dhKemAt = MlKem768.RANDOMNESS_BYTES;
        int xWingAt = dhKemAt + DhKem.RANDOMNESS_BYTES;
        int hintAt = xWingAt + XWing.RANDOMNESS_BYTES;
        mlKem = SecretBytes.takeOver(Arrays.copyOf(bytes, dhKemAt));
        dhKem = SecretBytes.takeOver(Arrays.copyOfRange(bytes, dhKemAt, xWingAt));
        xWing = SecretBytes.takeOver(Arrays.copyOfRange(bytes, xWingAt, hintAt));
        hint = SecretBytes.takeOver(Arrays.copyOfRange(bytes, hintAt, BYTES));
    }

    public static SealingRandomness generate(SecureRandom random) {
        try (SecretBytes bytes = SecretBytes.generate(BYTES, random)) {
            return of(bytes);
        }
    }

    /** The given 192 bytes, uniform or derived from a seed; the caller keeps, and never uses again, its own copy. */
    public static SealingRandomness of(SecretBytes bytes) {
        if (bytes.length() != BYTES) {
            throw new IllegalArgumentException("sealing randomness of the wrong length");
        }
        return bytes.apply(SealingRandomness::new);
    }

    <T> T takeMlKem(Function<byte[], T> body) {
        return take(mlKem, body);
    }

    <T> T takeDhKem(Function<byte[], T> body) {
        return take(dhKem, body);
    }

    <T> T takeXWing(Function<byte[], T> body) {
        return take(xWing, body);
    }

    <T> T takeHint(Function<byte[], T> body) {
        return take(hint, body);
    }

    private static <T> T take(SecretBytes part, Function<byte[], T> body) {
        try (part) {
            return part.apply(body);
        }
    }

    @Override
    public void close() {
        mlKem.close();
        dhKem.close();
        xWing.close();
        hint.close();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
