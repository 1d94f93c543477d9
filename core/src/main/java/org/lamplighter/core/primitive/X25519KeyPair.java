package org.lamplighter.core.primitive;

import java.util.Optional;
import org.lamplighter.core.secret.SecretBytes;

/**
 * An X25519 secret key with its public key, so that neither is computed twice nor paired with the wrong one. Never printed; wiped
 * on close. Thread-safe until then.
 */
public final class X25519KeyPair implements AutoCloseable {
    private final SecretBytes secretKey;
    private final byte[] publicKey;

    private X25519KeyPair(SecretBytes secretKey, byte[] publicKey) {
        this.secretKey = secretKey;
        this.publicKey = publicKey;
    }

    /** The pair of a secret key of 32 bytes, which is clamped (RFC 7748 §5). The caller wipes its array. */
    public static X25519KeyPair of(byte[] secretKey) {
        return new X25519KeyPair(SecretBytes.takeOver(X25519.clamp(secretKey)), X25519.publicKey(secretKey));
    }

    /** The clamped secret key, 32 bytes; lives as long as this pair. */
    public SecretBytes secretKey() {
        return secretKey;
    }

    /** The public key, 32 bytes. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** As {@link X25519#agree}. */
    Optional<byte[]> agree(byte[] otherPublicKey) {
        return secretKey.apply(secret -> X25519.agree(secret, otherPublicKey));
    }

    /** As {@link X25519#agreeChecked}. */
    byte[] agreeChecked(byte[] otherPublicKey) {
        return secretKey.apply(secret -> X25519.agreeChecked(secret, otherPublicKey));
    }

    @Override
    public void close() {
        secretKey.close();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
