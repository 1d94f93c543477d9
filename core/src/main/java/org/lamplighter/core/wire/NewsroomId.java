package org.lamplighter.core.wire;

/** Names a newsroom for ever: SHA-256 of its first root verifying key, 32 bytes (docs/spec 0.8). Immutable. */
public final class NewsroomId extends FixedBytes {
    /** Size in bytes. */
    public static final int LENGTH = 32;

    private NewsroomId(byte[] bytes) {
        super(bytes, LENGTH);
    }

    /** Takes a copy of {@code bytes}, which must be {@value #LENGTH} bytes. */
    public static NewsroomId copyOf(byte[] bytes) {
        return new NewsroomId(bytes);
    }

    /** Reads the lower-case hex that {@link #hex} writes. */
    public static NewsroomId parseHex(String hex, String what) throws MalformedException {
        return new NewsroomId(Hex.parse(hex, LENGTH, what));
    }
}
