package org.lamplighter.core.primitive.ristretto;

import java.util.Optional;
import org.lamplighter.core.wire.MalformedException;

/**
 * The product of a secret scalar and an element that comes and goes encoded: what a client computes for each hint (4.6).
 * In this module's Java, or by the machine's libsodium where the system property {@value #PROPERTY} asks for it and it has
 * passed its self-test; which of the two can be told from outside by the time alone. Thread-safe.
 */
public final class EncodedProduct {
    /** {@code java}, which is the default, or {@code libsodium} (docs/decisions/0013-libsodium.md). */
    public static final String PROPERTY = "lamplighter.ristretto";

    private static final String SODIUM = "libsodium";

    private EncodedProduct() {}

    /** Chosen at the first product, so that who computes none does not wait for it. */
    private static final class Chosen {
        private static final Optional<Sodium> SODIUM_OF_MACHINE = SODIUM.equals(System.getProperty(PROPERTY))
                ? Sodium.find().filter(SodiumSelfTest::passes)
                : Optional.empty();
    }

    /**
     * {@code encode(scalar x decode(encoding))}, 32 bytes, which the caller wipes where they are a shared secret.
     *
     * @throws MalformedException as {@link RistrettoElement#decodeNonIdentity}
     */
    public static byte[] of(Scalar scalar, byte[] encoding) throws MalformedException {
        if (encoding.length == RistrettoElement.BYTES && Chosen.SODIUM_OF_MACHINE.isPresent()) {
            Optional<byte[]> product = Chosen.SODIUM_OF_MACHINE.get().multiply(scalar, encoding);
            if (product.isPresent()) {
                return product.get();
            }
        }
        // What libsodium refuses comes here as well (no encoding, the identity, a scalar of zero): one rule decides it.
        return RistrettoElement.decodeNonIdentity(encoding).multiply(scalar).encode();
    }

    /** Whether libsodium was asked for and is not used, as it is not there or has failed its self-test. */
    public static boolean isNotAsAsked() {
        return SODIUM.equals(System.getProperty(PROPERTY)) && Chosen.SODIUM_OF_MACHINE.isEmpty();
    }

    /** What computes: {@code Java} or {@code libsodium}. For tests. */
    static String backend() {
        return Chosen.SODIUM_OF_MACHINE.isPresent() ? SODIUM : "Java";
    }
}
