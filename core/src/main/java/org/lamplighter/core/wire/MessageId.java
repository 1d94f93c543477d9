package org.lamplighter.core.wire;

/** Names a message: 16 random bytes. Immutable. */
public final class MessageId extends FixedBytes {
    /** Size in bytes. */
    public static final int LENGTH = 16;

    private MessageId(byte[] bytes) {
        super(bytes, LENGTH);
    }

    /** Takes a copy of {@code bytes}, which must be {@value #LENGTH} bytes. */
    public static MessageId copyOf(byte[] bytes) {
        return new MessageId(bytes);
    }

    /** Reads the lower-case hex that {@link #hex} writes. */
    public static MessageId parseHex(String hex, String what) throws MalformedException {
        return new MessageId(Hex.parse(hex, LENGTH, what));
    }
}
