package org.lamplighter.core.evidence;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.Digest;

/**
 * A sealed chunk as it goes to the station and is kept there: an id and 65,552 to 4,195,328 bytes. It can be sent any
 * number of times; it is never sealed anew. Immutable.
 */
public final class SealedChunk {
    private final ChunkId id;
    private final byte[] bytes;
    private volatile @Nullable Digest hash;

    private SealedChunk(ChunkId id, byte[] bytes) {
        this.id = id;
        this.bytes = bytes;
    }

    /** Takes over {@code bytes} without copying: the caller must not touch the array again. */
    public static SealedChunk takeOver(ChunkId id, byte[] bytes) {
        if (!SizeClass.isChunkLength(bytes.length)) {
            throw new IllegalArgumentException("no chunk is " + bytes.length + " bytes long");
        }
        return new SealedChunk(id, bytes);
    }

    public ChunkId id() {
        return id;
    }

    /** Length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** The bytes, read-only and not copied; each call gives a buffer with a position of its own. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** SHA-256 of the bytes, which a receipt is about (docs/spec 5.7). Computed once, by the first who asks. */
    public Digest hash() {
        Digest known = hash;
        if (known == null) {
            known = Digest.copyOf(Sha256.digest(bytes));
            hash = known;
        }
        return known;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }
}
