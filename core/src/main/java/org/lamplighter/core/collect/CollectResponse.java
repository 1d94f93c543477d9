package org.lamplighter.core.collect;

import java.util.ArrayList;
import java.util.List;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * Up to 256 chunks that came after the sequence number asked for, in order (docs/spec 6.6). Immutable.
 *
 * @param next what to ask for next: the last sequence number here, or the one asked for
 */
public record CollectResponse(long next, List<Entry> entries) {
    public static final int MAX_ENTRIES = 256;
    /** 15,371. */
    public static final int BYTES = 1 + 2 + 8 + MAX_ENTRIES * Entry.BYTES;

    private static final String WHAT = "list of chunks";

    /**
     * One chunk.
     *
     * @param length in bytes, 1 to {@link SizeClass#MAX_CHUNK_BYTES}
     * @param hash SHA-256 of the chunk, as in the station's receipt for it: so that every journalist, and not only who can
     *     open the chunk, sees that it came damaged and fetches it again
     */
    public record Entry(long sequence, ChunkId chunk, int length, Digest hash) {
        static final int BYTES = 8 + ChunkId.LENGTH + 4 + Digest.LENGTH;
    }

    public CollectResponse {
        entries = List.copyOf(entries);
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("more than " + MAX_ENTRIES + " entries");
        }
    }

    /**
     * Reads an answer to a request for what came after {@code after}. Refuses one that goes back, which would let a station
     * make a collector ask for ever.
     */
    public static CollectResponse parse(byte[] bytes, long after) throws MalformedException {
        ByteReader reader = ByteReader.of(bytes, WHAT);
        if (bytes.length > BYTES) {
            throw new MalformedException(Reason.TRAILING_BYTES, WHAT + ": bytes after the end");
        }
        if (bytes.length < BYTES) {
            throw new MalformedException(Reason.TRUNCATED, WHAT + ": too short");
        }
        reader.version(1);
        int count = reader.u16();
        long next = reader.u64();
        if (count > MAX_ENTRIES) {
            throw new MalformedException(Reason.TOO_LARGE, WHAT + ": too many entries");
        }
        List<Entry> entries = new ArrayList<>();
        long last = after;
        for (int i = 0; i < count; i++) {
            long sequence = reader.u64();
            ChunkId id = ChunkId.copyOf(reader.bytes(ChunkId.LENGTH));
            long length = reader.u32();
            Digest hash = Digest.copyOf(reader.bytes(Digest.LENGTH));
            if (sequence <= last) {
                throw new MalformedException(Reason.NOT_CANONICAL, WHAT + ": out of order");
            }
            if (length == 0 || length > SizeClass.MAX_CHUNK_BYTES) {
                throw new MalformedException(Reason.BAD_FIELD, WHAT + ": length of a chunk");
            }
            entries.add(new Entry(sequence, id, (int) length, hash));
            last = sequence;
        }
        reader.zerosToEnd();
        if (next != last) {
            throw new MalformedException(Reason.NOT_CANONICAL, WHAT + ": next is not the last");
        }
        return new CollectResponse(next, entries);
    }

    /** The {@value #BYTES} bytes that {@link #parse} reads. */
    public byte[] toByteArray() {
        ByteWriter writer = new ByteWriter().u8(1).u16(entries.size()).u64(next);
        for (Entry entry : entries) {
            writer.u64(entry.sequence())
                    .bytes(entry.chunk().toByteArray())
                    .u32(entry.length())
                    .bytes(entry.hash().toByteArray());
        }
        return writer.padTo(BYTES).toByteArray();
    }
}
