package org.lamplighter.core.envelope;

import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.wire.FixedBytes;
import org.lamplighter.core.wire.MalformedException;

/**
 * Public fetch key: the element of ristretto255 to which hints are made, 32 bytes, never the identity. Checked and immutable.
 */
public final class FetchPublicKey extends FixedBytes {
    public static final int BYTES = RistrettoElement.BYTES;

    private final RistrettoElement element;

    private FetchPublicKey(byte[] encoded, RistrettoElement element) {
        super(encoded, BYTES);
        this.element = element;
    }

    /** Reads 32 bytes; refuses another length, what is not the one encoding of an element, and the identity. */
    public static FetchPublicKey parse(byte[] encoded) throws MalformedException {
        Lengths.check(encoded, BYTES, "fetch key");
        return new FetchPublicKey(encoded, RistrettoElement.decodeNonIdentity(encoded));
    }

    static FetchPublicKey of(RistrettoElement element) {
        return new FetchPublicKey(element.encode(), element);
    }

    /** The group element, for packages of this module. */
    public RistrettoElement element() {
        return element;
    }
}
