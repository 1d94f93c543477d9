package org.lamplighter.core.envelope;

import java.util.Arrays;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.wire.FixedBytes;

/**
 * An envelope with its hint, as it is posted: {@code X 32 || Z 32 || envelope 8176} (protocol 0.4, Encrypted Envelope;
 * docs/spec 4.1). Immutable.
 */
public final class SealedEnvelope extends FixedBytes {
    public static final int BYTES = 2 * RistrettoElement.BYTES + Envelope.BYTES;

    SealedEnvelope(byte[] bytes) {
        super(bytes, BYTES);
    }

    /** X = xB, 32 bytes. */
    public byte[] hintX() {
        return Arrays.copyOf(toByteArray(), RistrettoElement.BYTES);
    }

    /** Z = x(recipient fetch key), 32 bytes. */
    public byte[] hintZ() {
        return Arrays.copyOfRange(toByteArray(), RistrettoElement.BYTES, 2 * RistrettoElement.BYTES);
    }

    /** CT_APKE || CT_PKE, 8176 bytes. */
    public byte[] envelope() {
        return Arrays.copyOfRange(toByteArray(), 2 * RistrettoElement.BYTES, BYTES);
    }

    @Override
    public String toString() {
        return "SealedEnvelope[" + hex().substring(0, 16) + "…]";
    }
}
