package org.lamplighter.core.envelope;

import org.lamplighter.core.primitive.XWing;
import org.lamplighter.core.wire.FixedBytes;
import org.lamplighter.core.wire.MalformedException;

/**
 * Public key of SD-PKE, an X-Wing key, {@code ML-KEM-768 key 1184 || X25519 key 32}: the order is the opposite of
 * {@link ApkePublicKey}'s. Checked and immutable.
 */
public final class PkePublicKey extends FixedBytes {
    public static final int BYTES = XWing.PUBLIC_KEY_BYTES;

    private final XWing.PublicKey xWing;

    private PkePublicKey(byte[] encoded, XWing.PublicKey xWing) {
        super(encoded, BYTES);
        this.xWing = xWing;
    }

    /** Reads 1216 bytes; refuses what {@link ApkePublicKey#parse} refuses. */
    public static PkePublicKey parse(byte[] encoded) throws MalformedException {
        return new PkePublicKey(encoded, XWing.PublicKey.parse(encoded));
    }

    static PkePublicKey of(XWing.PublicKey xWing) {
        return new PkePublicKey(xWing.toByteArray(), xWing);
    }

    XWing.PublicKey xWing() {
        return xWing;
    }

    @Override
    public String toString() {
        return "PkePublicKey[" + hex().substring(0, 16) + "…]";
    }
}
