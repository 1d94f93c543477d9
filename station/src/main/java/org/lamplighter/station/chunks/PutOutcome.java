package org.lamplighter.station.chunks;

import org.lamplighter.station.store.ChunkTable.Chunk;

/** What became of a chunk that was sent. */
public sealed interface PutOutcome {
    /** It is on disk, from this request or from an earlier one with the same bytes. */
    record Kept(Chunk chunk) implements PutOutcome {}

    /** It is not kept, and nothing of it is left. */
    enum Refused implements PutOutcome {
        /** No chunk has this length. */
        WRONG_LENGTH,
        /** The id is known with other bytes. */
        OTHER_BYTES,
        /** The day's quota is used up. */
        QUOTA_USED,
        /** The disk is full, but for what the mailbox needs. */
        DISK_FULL
    }
}
