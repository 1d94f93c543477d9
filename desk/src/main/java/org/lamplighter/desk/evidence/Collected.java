package org.lamplighter.desk.evidence;

import java.util.ArrayList;
import java.util.List;
import org.lamplighter.core.collect.CollectResponse;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * How far the station's list of chunks was read, and which chunks on the way were not what the list says and are fetched
 * again (docs/spec 6.6). Immutable.
 *
 * @param through the last sequence number
 * @param owed oldest first
 */
public record Collected(long through, List<Owed> owed) {
    /** A chunk that was served damaged in so many sessions is given up. */
    public static final int MOST_SESSIONS = 8;
    /** More at once are given up: a station must not fill the vault or the line with what it spoils. */
    static final int MOST_OWED = 1024;

    private static final int VERSION = 2;
    private static final String WHAT = "collector";

    /** A chunk that came damaged in {@code sessions} sessions. */
    public record Owed(CollectResponse.Entry entry, int sessions) {}

    public Collected {
        owed = List.copyOf(owed);
    }

    /** Nothing yet. */
    static Collected beginning() {
        return new Collected(0, List.of());
    }

    Collected reached(long sequence) {
        return new Collected(sequence, owed);
    }

    /** {@code entry} came damaged once more; it is owed from now on, or given up. */
    Collected damaged(CollectResponse.Entry entry) {
        int before = owed.stream()
                .filter(each -> each.entry().equals(entry))
                .mapToInt(Owed::sessions)
                .findFirst()
                .orElse(0);
        List<Owed> changed = new ArrayList<>(owed);
        changed.removeIf(each -> each.entry().equals(entry));
        if (before + 1 < MOST_SESSIONS && changed.size() < MOST_OWED) {
            changed.add(new Owed(entry, before + 1));
        }
        return new Collected(through, changed);
    }

    /** {@code id} came, or is gone for good. */
    Collected settled(ChunkId id) {
        return new Collected(
                through,
                owed.stream().filter(each -> !each.entry().chunk().equals(id)).toList());
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter().u8(VERSION).u64(through).u16(owed.size());
        for (Owed each : owed) {
            out.u64(each.entry().sequence())
                    .bytes(each.entry().chunk().toByteArray())
                    .u32(each.entry().length())
                    .bytes(each.entry().hash().toByteArray())
                    .u8(each.sessions());
        }
        return out.toByteArray();
    }

    static Collected parse(byte[] bytes) throws MalformedException {
        ByteReader in = ByteReader.of(bytes, WHAT);
        in.version(VERSION);
        long through = in.u64();
        int count = in.u16();
        if (count > MOST_OWED) {
            throw new MalformedException(Reason.TOO_LARGE, WHAT + ": too many chunks");
        }
        List<Owed> owed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long sequence = in.u64();
            ChunkId id = ChunkId.copyOf(in.bytes(ChunkId.LENGTH));
            long length = in.u32();
            if (length == 0 || length > SizeClass.MAX_CHUNK_BYTES) {
                throw new MalformedException(Reason.BAD_FIELD, WHAT + ": length of a chunk");
            }
            Digest hash = Digest.copyOf(in.bytes(Digest.LENGTH));
            owed.add(new Owed(new CollectResponse.Entry(sequence, id, (int) length, hash), in.u8()));
        }
        in.end();
        return new Collected(through, owed);
    }
}
