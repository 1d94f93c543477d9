package org.lamplighter.core.evidence;

import org.lamplighter.core.wire.FixedBytes;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.MalformedException;

/** Names one sharing of a secret among holders, 8 random bytes (docs/spec 7.2). Immutable. */
public final class ShareSetId extends FixedBytes {
    /** Size in bytes. */
    public static final int LENGTH = 8;

    private ShareSetId(byte[] bytes) {
        super(bytes, LENGTH);
    }

    /** Takes a copy of {@code bytes}, which must be {@value #LENGTH} bytes. */
    public static ShareSetId copyOf(byte[] bytes) {
        return new ShareSetId(bytes);
    }

    /** Reads the lower-case hex that {@link #hex} writes. */
    public static ShareSetId parseHex(String hex, String what) throws MalformedException {
        return new ShareSetId(Hex.parse(hex, LENGTH, what));
    }
}
