package org.lamplighter.core.collect;

import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.wire.NewsroomId;

/** A station's word that it holds a chunk until the end of a day (docs/spec 5.7). Exists only verified. Immutable. */
public final class ChunkReceipt {
    /** Day u32 || signature 64. */
    public static final int BYTES = 4 + SigningKey.SIGNATURE_BYTES;

    /** Length of a chunk id. */
    public static final int CHUNK_ID_BYTES = 16;

    private static final String TAG = "ll-chunk";

    private final long day;
    private final byte[] signature;

    private ChunkReceipt(long day, byte[] signature) {
        this.day = day;
        this.signature = signature;
    }

    /** Days since 1970-01-01 UTC. */
    public long day() {
        return day;
    }

    /**
     * The receipt of a station.
     *
     * @param chunkId 16 bytes
     * @param chunkHash SHA-256 of the chunk, 32 bytes
     */
    public static ChunkReceipt sign(
            StationKey station, NewsroomId newsroom, byte[] chunkId, byte[] chunkHash, long day) {
        return new ChunkReceipt(day, station.sign(TAG, message(newsroom, chunkId, chunkHash, day)));
    }

    /** Reads the {@value #BYTES} bytes of an answer and verifies that they are about this chunk. */
    public static ChunkReceipt verify(
            byte[] bytes, VerifyingKey station, NewsroomId newsroom, byte[] chunkId, byte[] chunkHash)
            throws MalformedException {
        ByteReader reader = ByteReader.of(bytes, "chunk receipt");
        long day = reader.u32();
        byte[] signature = reader.bytes(SigningKey.SIGNATURE_BYTES);
        reader.end();
        if (!station.verifies(TAG, message(newsroom, chunkId, chunkHash, day), signature)) {
            throw new MalformedException(Reason.BAD_SIGNATURE, "chunk receipt: signature does not verify");
        }
        return new ChunkReceipt(day, signature);
    }

    public byte[] toByteArray() {
        return new ByteWriter().u32(day).bytes(signature).toByteArray();
    }

    private static byte[] message(NewsroomId newsroom, byte[] chunkId, byte[] chunkHash, long day) {
        if (chunkId.length != CHUNK_ID_BYTES || chunkHash.length != Sha256.BYTES) {
            throw new IllegalArgumentException("not a chunk id and a hash");
        }
        return new ByteWriter()
                .bytes(newsroom.toByteArray())
                .bytes(chunkId)
                .bytes(chunkHash)
                .u32(day)
                .toByteArray();
    }
}
