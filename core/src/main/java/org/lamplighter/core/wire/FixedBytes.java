package org.lamplighter.core.wire;

import java.util.Arrays;

/**
 * A public byte string of one fixed length and one meaning, such as an identifier, a hash or a public key. Two are equal
 * when they have the same class and the same bytes. Immutable.
 *
 * <p>Never for secrets: these values are printed, compared in variable time, and used as keys of maps.
 */
public abstract class FixedBytes {
    private final byte[] bytes;

    /** Takes a copy of {@code bytes}; another length than {@code length} is a fault of the caller. */
    protected FixedBytes(byte[] bytes, int length) {
        if (bytes.length != length) {
            throw new IllegalArgumentException("expected " + length + " bytes, got " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    /** A copy of the bytes. */
    public final byte[] toByteArray() {
        return bytes.clone();
    }

    /** The bytes in lower-case hex. */
    public final String hex() {
        return Hex.format(bytes);
    }

    /** Order of the bytes as unsigned numbers, first byte first: the order of lists in docs/spec. */
    protected final int compareBytes(FixedBytes other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof FixedBytes that && getClass() == that.getClass() && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public final int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + hex() + "]";
    }
}
