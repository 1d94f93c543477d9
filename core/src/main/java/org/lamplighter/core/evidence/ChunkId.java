package org.lamplighter.core.evidence;

import org.lamplighter.core.wire.FixedBytes;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.MalformedException;

/**
 * Names a chunk at the station: derived from the key of its part (docs/spec 5.3), so that nobody without the key can tell
 * which chunks belong together. Immutable.
 */
public final class ChunkId extends FixedBytes implements Comparable<ChunkId> {
    /** Size in bytes. */
    public static final int LENGTH = 16;

    private ChunkId(byte[] bytes) {
        super(bytes, LENGTH);
    }

    /** Takes a copy of {@code bytes}, which must be {@value #LENGTH} bytes. */
    public static ChunkId copyOf(byte[] bytes) {
        return new ChunkId(bytes);
    }

    /** Reads the 32 lower-case hex digits that {@link #hex} writes: the last segment of a chunk's path (docs/spec 6.7). */
    public static ChunkId parseHex(String hex, String what) throws MalformedException {
        return new ChunkId(Hex.parse(hex, LENGTH, what));
    }

    @Override
    public int compareTo(ChunkId other) {
        return compareBytes(other);
    }
}
