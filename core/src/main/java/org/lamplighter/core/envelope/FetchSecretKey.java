package org.lamplighter.core.envelope;

import java.security.SecureRandom;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * Secret fetch key, with which a recipient recognises its hints: a scalar other than zero. Never printed; wiped on close.
 * Thread-safe until then.
 */
public final class FetchSecretKey implements AutoCloseable {
    /** Bytes of the encoded key. */
    public static final int BYTES = Scalar.BYTES;
    /** Bytes of a seed. */
    public static final int SEED_BYTES = Scalar.WIDE_BYTES;

    private final Scalar scalar;
    private final FetchPublicKey publicKey;

    private FetchSecretKey(Scalar scalar) {
        this.scalar = scalar;
        this.publicKey = FetchPublicKey.of(RistrettoElement.multiplyBase(scalar));
    }

    /** The key of a seed of 64 uniform bytes, read little-endian modulo the group order. The caller keeps the seed. */
    public static FetchSecretKey fromSeed(SecretBytes seed) {
        Scalar scalar = seed.apply(Scalar::fromWideBytes);
        if (scalar.isZero()) {
            throw new IllegalArgumentException("the seed of a fetch key is a multiple of the group order");
        }
        return new FetchSecretKey(scalar);
    }

    public static FetchSecretKey generate(SecureRandom random) {
        return new FetchSecretKey(Scalar.random(random));
    }

    /** Reads what {@link #toSecretBytes} gives; refuses another length, a number of l or more, and zero. */
    public static FetchSecretKey parse(SecretBytes encoded) throws MalformedException {
        byte[] bytes = encoded.reveal();
        try {
            Lengths.check(bytes, BYTES, "fetch secret key");
            Scalar scalar = Scalar.decode(bytes);
            if (scalar.isZero()) {
                throw new MalformedException(Reason.IDENTITY, "fetch secret key: zero");
            }
            return new FetchSecretKey(scalar);
        } finally {
            SecretBytes.wipe(bytes);
        }
    }

    public FetchPublicKey publicKey() {
        return publicKey;
    }

    /** The scalar in its one encoding, 32 bytes little-endian, for keeping it. */
    public SecretBytes toSecretBytes() {
        return SecretBytes.takeOver(scalar.encode());
    }

    /** The scalar, for packages of this module; lives as long as this key. */
    public Scalar scalar() {
        return scalar;
    }

    @Override
    public void close() {
        scalar.close();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
