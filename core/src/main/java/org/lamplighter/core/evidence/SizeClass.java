package org.lamplighter.core.evidence;

import java.util.Arrays;

/**
 * The sizes that a part can have once it is padded (docs/spec 5.2), and what follows from each: its segments, its chunks,
 * their length (5.4, 5.5). All chunks of one class have one length.
 */
public enum SizeClass {
    KIB_64(1 << 16),
    KIB_256(1 << 18),
    MIB_1(1 << 20),
    MIB_4(1 << 22),
    MIB_16(1 << 24),
    MIB_32(1 << 25),
    MIB_64(1 << 26),
    MIB_128(1 << 27),
    MIB_256(1 << 28);

    /** Plain bytes of one segment, and of one piece of the chunk tree. */
    public static final int SEGMENT_BYTES = 65_536;

    /** A segment with its tag. */
    public static final int SEALED_SEGMENT_BYTES = SEGMENT_BYTES + 16;

    /** Segments of a full chunk; the classes below 4 MiB have fewer, in one chunk. */
    public static final int SEGMENTS_PER_CHUNK = 64;

    /** The longest chunk that exists: 4,195,328 bytes. */
    public static final int MAX_CHUNK_BYTES = SEGMENTS_PER_CHUNK * SEALED_SEGMENT_BYTES;

    private final int bytes;

    SizeClass(int bytes) {
        this.bytes = bytes;
    }

    /** The least class that holds {@code size} bytes, from 0 to 256 MiB; another size is a fault of the caller. */
    public static SizeClass least(long size) {
        if (size < 0 || size > MIB_256.bytes) {
            throw new IllegalArgumentException("a part has 0 to " + MIB_256.bytes + " bytes, not " + size);
        }
        return Arrays.stream(values())
                .filter(candidate -> candidate.bytes >= size)
                .findFirst()
                .orElseThrow();
    }

    /** Whether a chunk can be {@code length} bytes long: four lengths exist and no other. */
    public static boolean isChunkLength(long length) {
        return Arrays.stream(values()).anyMatch(candidate -> candidate.chunkLength() == length);
    }

    /** Plain bytes of the padded part. */
    public int bytes() {
        return bytes;
    }

    /** Segments of the part, from 1 to 4096. */
    public int segments() {
        return bytes / SEGMENT_BYTES;
    }

    /** Segments of each chunk, from 1 to 64. */
    public int segmentsPerChunk() {
        return Math.min(segments(), SEGMENTS_PER_CHUNK);
    }

    /** Chunks of the part, from 1 to 64. */
    public int chunks() {
        return segments() / segmentsPerChunk();
    }

    /** Length of each sealed chunk in bytes. */
    public int chunkLength() {
        return segmentsPerChunk() * SEALED_SEGMENT_BYTES;
    }

    /** Length of all chunks of the part together: what is uploaded. */
    public long sealedBytes() {
        return (long) chunks() * chunkLength();
    }
}
