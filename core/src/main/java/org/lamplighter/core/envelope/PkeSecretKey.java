package org.lamplighter.core.envelope;

import org.lamplighter.core.primitive.XWing;
import org.lamplighter.core.secret.SecretBytes;

/** Secret key of SD-PKE. Whoever keeps it keeps the seed. Never printed; wiped on close. Thread-safe until then. */
public final class PkeSecretKey implements AutoCloseable {
    public static final int SEED_BYTES = XWing.SEED_BYTES;

    private final XWing.SecretKey xWing;
    private final PkePublicKey publicKey;

    private PkeSecretKey(XWing.SecretKey xWing) {
        this.xWing = xWing;
        this.publicKey = PkePublicKey.of(xWing.publicKey());
    }

    /** The key of a seed of 32 bytes, which the caller keeps. */
    public static PkeSecretKey fromSeed(SecretBytes seed) {
        return new PkeSecretKey(seed.apply(XWing.SecretKey::fromSeed));
    }

    public PkePublicKey publicKey() {
        return publicKey;
    }

    XWing.SecretKey xWing() {
        return xWing;
    }

    @Override
    public void close() {
        xWing.close();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
