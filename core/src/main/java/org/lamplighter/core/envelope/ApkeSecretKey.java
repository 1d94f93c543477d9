package org.lamplighter.core.envelope;

import java.util.Arrays;
import org.lamplighter.core.primitive.MlKem768;
import org.lamplighter.core.primitive.X25519;
import org.lamplighter.core.primitive.X25519KeyPair;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;

/**
 * Secret key of SD-APKE. Whoever keeps it keeps the seeds, and derives it again. Never printed; wiped on close. Thread-safe
 * until then.
 */
public final class ApkeSecretKey implements AutoCloseable {
    /** Seed of the X25519 half. */
    public static final int DH_SEED_BYTES = X25519.BYTES;
    /** Seed of the ML-KEM half, d || z. */
    public static final int ML_KEM_SEED_BYTES = MlKem768.SEED_BYTES;
    /** Both seeds, in this order. */
    public static final int SEED_BYTES = DH_SEED_BYTES + ML_KEM_SEED_BYTES;

    private final X25519KeyPair x25519;
    private final MlKem768.SecretKey mlKem;
    private final ApkePublicKey publicKey;

    private ApkeSecretKey(X25519KeyPair x25519, MlKem768.SecretKey mlKem) {
        this.x25519 = x25519;
        this.mlKem = mlKem;
        this.publicKey = publicKey(x25519, mlKem);
    }

    /** The key of a DH seed of 32 bytes, which is clamped, and an ML-KEM seed of 64 bytes. The caller keeps both. */
    public static ApkeSecretKey derive(SecretBytes dhSeed, SecretBytes mlKemSeed) {
        return new ApkeSecretKey(dhSeed.apply(X25519KeyPair::of), mlKemSeed.apply(MlKem768.SecretKey::fromSeed));
    }

    /** As {@link #derive}, from the two seeds one after the other, 96 bytes, e.g. random ones. The caller keeps it. */
    public static ApkeSecretKey fromSeed(SecretBytes seed) {
        if (seed.length() != SEED_BYTES) {
            throw new IllegalArgumentException("apke seed of the wrong length");
        }
        try (SecretBytes dhSeed = SecretBytes.takeOver(seed.apply(bytes -> Arrays.copyOf(bytes, DH_SEED_BYTES)));
                SecretBytes mlKemSeed = SecretBytes.takeOver(
                        seed.apply(bytes -> Arrays.copyOfRange(bytes, DH_SEED_BYTES, SEED_BYTES)))) {
            return derive(dhSeed, mlKemSeed);
        }
    }

    /**
     * A key as other programs keep it: X25519, 32 bytes, and ML-KEM in the expanded form of FIPS 203, 2400 bytes. Refuses
     * other lengths, and an expanded form that is inconsistent.
     */
    public static ApkeSecretKey importExpanded(SecretBytes x25519, SecretBytes expandedMlKem)
            throws MalformedException {
        byte[] secret = x25519.reveal();
        byte[] expanded = expandedMlKem.reveal();
        try {
            Lengths.check(secret, X25519.BYTES, "apke secret key");
            return new ApkeSecretKey(X25519KeyPair.of(secret), MlKem768.SecretKey.importExpanded(expanded));
        } finally {
            SecretBytes.wipe(secret);
            SecretBytes.wipe(expanded);
        }
    }

    public ApkePublicKey publicKey() {
        return publicKey;
    }

    /** The X25519 half; lives as long as this key. */
    X25519KeyPair x25519() {
        return x25519;
    }

    /** The ML-KEM half; lives as long as this key. */
    MlKem768.SecretKey mlKem() {
        return mlKem;
    }

    @Override
    public void close() {
        x25519.close();
        mlKem.close();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }

    private static ApkePublicKey publicKey(X25519KeyPair x25519, MlKem768.SecretKey mlKem) {
        byte[] encoded = Arrays.copyOf(x25519.publicKey(), ApkePublicKey.BYTES);
        System.arraycopy(mlKem.publicKey().toByteArray(), 0, encoded, X25519.BYTES, MlKem768.PUBLIC_KEY_BYTES);
        try {
            return ApkePublicKey.parse(encoded);
        } catch (MalformedException e) {
            throw new IllegalStateException("a derived key is always valid", e);
        }
    }
}
