package org.lamplighter.core.envelope;

import java.util.Arrays;
import org.lamplighter.core.primitive.MlKem768;
import org.lamplighter.core.primitive.X25519;
import org.lamplighter.core.wire.FixedBytes;
import org.lamplighter.core.wire.MalformedException;

/**
 * Public key of SD-APKE, {@code X25519 key 32 || ML-KEM-768 key 1184} (protocol 0.4, Key hierarchy): of a sender, who is
 * authenticated by it, or of a recipient. Checked and immutable.
 */
public final class ApkePublicKey extends FixedBytes {
    public static final int BYTES = X25519.BYTES + MlKem768.PUBLIC_KEY_BYTES;

    private final byte[] x25519;
    private final MlKem768.PublicKey mlKem;

    private ApkePublicKey(byte[] encoded, byte[] x25519, MlKem768.PublicKey mlKem) {
        super(encoded, BYTES);
        this.x25519 = x25519;
        this.mlKem = mlKem;
    }

    /**
     * Reads 1216 bytes; refuses another length, an X25519 key that is not canonical or of low order, and an ML-KEM key
     * with a coefficient of q or more (FIPS 203 §7.2).
     */
    public static ApkePublicKey parse(byte[] encoded) throws MalformedException {
        Lengths.check(encoded, BYTES, "apke key");
        byte[] x25519 = Arrays.copyOf(encoded, X25519.BYTES);
        X25519.checkPublicKey(x25519);
        return new ApkePublicKey(
                encoded, x25519, MlKem768.PublicKey.parse(Arrays.copyOfRange(encoded, X25519.BYTES, BYTES)));
    }

    /** The X25519 half, 32 bytes, not to be changed. */
    byte[] x25519() {
        return x25519;
    }

    /** The ML-KEM half. */
    MlKem768.PublicKey mlKem() {
        return mlKem;
    }

    @Override
    public String toString() {
        return "ApkePublicKey[" + hex().substring(0, 16) + "…]";
    }
}
