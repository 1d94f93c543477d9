package org.lamplighter.core.collect;

import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.wire.NewsroomId;

/** A station's word that it holds a chunk until the end of a day (docs/spec 5.7). Exists only verified. Immutable. */
public final class ChunkReceipt {
    /** Day u32 || signature 64. */
    public static final int BYTES = 4 + SigningKey.SIGNATURE_BYTES;

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

    /** The station's word on a chunk whose SHA-256 is {@code hash}. */
    public static ChunkReceipt sign(StationKey station, NewsroomId newsroom, ChunkId chunk, Digest hash, long day) {
        return new ChunkReceipt(day, station.sign(TAG, message(newsroom, chunk, hash, day)));
    }

    /** Reads the {@value #BYTES} bytes of an answer and verifies that they are about this chunk. */
    public static ChunkReceipt verify(
            byte[] bytes, VerifyingKey station, NewsroomId newsroom, ChunkId chunk, Digest hash)
            throws MalformedException {
        ByteReader reader = ByteReader.of(bytes, "chunk receipt");
        long day = reader.u32();
        byte[] signature = reader.bytes(SigningKey.SIGNATURE_BYTES);
        reader.end();
        if (!station.verifies(TAG, message(newsroom, chunk, hash, day), signature)) {
            throw new MalformedException(Reason.BAD_SIGNATURE, "chunk receipt: signature does not verify");
        }
        return new ChunkReceipt(day, signature);
    }

    public byte[] toByteArray() {
        return new ByteWriter().u32(day).bytes(signature).toByteArray();
    }

    private static byte[] message(NewsroomId newsroom, ChunkId chunk, Digest hash, long day) {
        return new ByteWriter()
                .bytes(newsroom.toByteArray())
                .bytes(chunk.toByteArray())
                .bytes(hash.toByteArray())
                .u32(day)
                .toByteArray();
    }
}
