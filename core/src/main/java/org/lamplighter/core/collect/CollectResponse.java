package org.lamplighter.core.collect;

import java.util.ArrayList;
import java.util.List;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * Up to 256 chunks that came after the sequence number asked for, in order (docs/spec 6.6). Immutable.
 *
 * @param next what to ask for next: the last sequence number here, or the one asked for
 */
public record CollectResponse(long next, List<Entry> entries) {
    public static final int MAX_ENTRIES = 256;
    /** 7,179. */
    public static final int BYTES = 1 + 2 + 8 + MAX_ENTRIES * Entry.BYTES;

    private static final String WHAT = "list of chunks";

    /**
     * One chunk.
     *
     * @param chunkId 32 hex digits
     * @param length in bytes
     */
    public record Entry(long sequence, String chunkId, int length) {
        static final int BYTES = 8 + ChunkReceipt.CHUNK_ID_BYTES + 4;
    }

    public CollectResponse {
        entries = List.copyOf(entries);
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("more than " + MAX_ENTRIES + " entries");
        }
    }

    public static CollectResponse parse(byte[] bytes) throws MalformedException {
        ByteReader reader = ByteReader.of(bytes, WHAT);
        if (bytes.length != BYTES) {
            throw new MalformedException(Reason.TRUNCATED, WHAT + ": length");
        }
        reader.version(1);
        int count = reader.u16();
        long next = reader.u64();
        if (count > MAX_ENTRIES) {
            throw new MalformedException(Reason.TOO_LARGE, WHAT + ": too many entries");
        }
        List<Entry> entries = new ArrayList<>();
        long last = 0;
        for (int i = 0; i < count; i++) {
            long sequence = reader.u64();
            String id = Hex.format(reader.bytes(ChunkReceipt.CHUNK_ID_BYTES));
            long length = reader.u32();
            if (sequence <= last || length > Integer.MAX_VALUE) {
                throw new MalformedException(Reason.NOT_CANONICAL, WHAT + ": out of order");
            }
            entries.add(new Entry(sequence, id, (int) length));
            last = sequence;
        }
        reader.zerosToEnd();
        if (count > 0 && next != last) {
            throw new MalformedException(Reason.NOT_CANONICAL, WHAT + ": next is not the last");
        }
        return new CollectResponse(next, entries);
    }

    /** The {@value #BYTES} bytes that {@link #parse} reads. */
    public byte[] toByteArray() throws MalformedException {
        ByteWriter writer = new ByteWriter().u8(1).u16(entries.size()).u64(next);
        for (Entry entry : entries) {
            writer.u64(entry.sequence())
                    .bytes(Hex.parse(entry.chunkId(), ChunkReceipt.CHUNK_ID_BYTES, WHAT))
                    .u32(entry.length());
        }
        return writer.padTo(BYTES).toByteArray();
    }
}
