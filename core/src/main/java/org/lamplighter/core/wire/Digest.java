package org.lamplighter.core.wire;

/** A SHA-256 hash, 32 bytes, for comparing and for keys of maps. Immutable. */
public final class Digest extends FixedBytes {
    /** Size in bytes. */
    public static final int LENGTH = 32;

    private Digest(byte[] bytes) {
        super(bytes, LENGTH);
    }

    /** Takes a copy of {@code bytes}, which must be {@value #LENGTH} bytes. */
    public static Digest copyOf(byte[] bytes) {
        return new Digest(bytes);
    }

    /** Reads the lower-case hex that {@link #hex} writes. */
    public static Digest parseHex(String hex, String what) throws MalformedException {
        return new Digest(Hex.parse(hex, LENGTH, what));
    }
}
