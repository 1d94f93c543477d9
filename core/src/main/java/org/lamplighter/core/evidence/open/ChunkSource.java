package org.lamplighter.core.evidence.open;

import java.io.IOException;
import java.util.Optional;
import org.lamplighter.core.evidence.ChunkId;

/** Where collected chunks are: a vault, or a folder. Trusted for nothing. */
public interface ChunkSource {
    /** The bytes of a chunk, in an array that is the caller's from now on, or nothing when it has not arrived. */
    Optional<byte[]> read(ChunkId id) throws IOException;

    /** Whether the chunk has arrived; need not read it. */
    boolean holds(ChunkId id) throws IOException;
}
