package org.lamplighter.client;

import java.io.IOException;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SealedChunk;

/** Where a collector puts chunks. The calls come in the order of the sequence numbers, from one thread. */
public interface ChunkSink {
    /** Keeps {@code chunk}; when this returns, it and {@code sequence}, from which to go on, must be safe. */
    void keep(long sequence, SealedChunk chunk) throws IOException;

    /** The station no longer has chunk {@code id}: its days are over, or it was lost. */
    void gone(long sequence, ChunkId id) throws IOException;
}
