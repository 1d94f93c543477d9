package org.lamplighter.core.wire;

/** Names a journalist: the first 8 bytes of SHA-256 of the verifying key (docs/spec 1.3). Immutable. */
public final class JournalistId extends FixedBytes {
    /** Size in bytes. */
    public static final int LENGTH = 8;

    private JournalistId(byte[] bytes) {
        super(bytes, LENGTH);
    }

    /** Takes a copy of {@code bytes}, which must be {@value #LENGTH} bytes. */
    public static JournalistId copyOf(byte[] bytes) {
        return new JournalistId(bytes);
    }

    /** Reads the lower-case hex that {@link #hex} writes. */
    public static JournalistId parseHex(String hex, String what) throws MalformedException {
        return new JournalistId(Hex.parse(hex, LENGTH, what));
    }
}
