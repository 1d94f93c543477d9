package org.lamplighter.station.store;

import java.util.List;
import java.util.Optional;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.wire.Digest;

/** Which chunks are kept; their bytes are files. What is in this table was forced to disk before it was entered. */
public interface ChunkTable {
    /**
     * A chunk that is kept.
     *
     * @param hash SHA-256 of the chunk
     * @param day the last day it is kept
     */
    record Chunk(ChunkId id, int length, Digest hash, long day) {}

    /** {@code sequence} grows with every chunk and is never used twice. */
    record Numbered(long sequence, Chunk chunk) {}

    /** What became of a chunk. */
    enum Entered {
        ENTERED,
        /** The id is there already; nothing was changed. */
        KNOWN,
        /** The quota of the day would be exceeded; nothing was changed. */
        QUOTA_USED
    }

    Optional<Chunk> find(ChunkId id) throws StoreException;

    /** Enters {@code chunk} and counts its bytes on {@code today}, of which at most {@code quota} bytes are taken. */
    Entered enter(Chunk chunk, long today, long quota) throws StoreException;

    /** Bytes counted on {@code today}. */
    long used(long today) throws StoreException;

    /** Chunks with a sequence above {@code sequence}, in order, at most {@code limit}. */
    List<Numbered> after(long sequence, int limit) throws StoreException;

    /** Chunks whose last day is before {@code day}, at most {@code limit}. */
    List<Chunk> expired(long day, int limit) throws StoreException;

    /** Forgets these chunks, and the counts of days before {@code today}. */
    void remove(List<ChunkId> ids, long today) throws StoreException;
}
