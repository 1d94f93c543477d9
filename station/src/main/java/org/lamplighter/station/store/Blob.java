package org.lamplighter.station.store;

import java.util.Arrays;

/** Bytes that a store keeps without looking into them. Equal by content. Immutable. */
public final class Blob {
    private final byte[] bytes;

    private Blob(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes a copy. */
    public static Blob copyOf(byte[] bytes) {
        return new Blob(bytes.clone());
    }

    /** Takes over {@code bytes}, which must not be touched again. */
    public static Blob takeOver(byte[] bytes) {
        return new Blob(bytes);
    }

    /** Length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Blob that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The length alone: contents do not belong into a log. */
    @Override
    public String toString() {
        return "Blob[" + bytes.length + " bytes]";
    }
}
