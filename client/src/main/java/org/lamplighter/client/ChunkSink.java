package org.lamplighter.client;

import java.io.IOException;
import org.lamplighter.core.collect.CollectResponse;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SealedChunk;

/** Where a collector puts chunks. The calls come in the order of the sequence numbers, from one thread. */
public interface ChunkSink {
    /** Keeps {@code chunk}; when this returns, it and {@code sequence}, from which to go on, must be safe. */
    void keep(long sequence, SealedChunk chunk) throws IOException;

    /** The station no longer has chunk {@code id}: its days are over, or it was lost. */
    void gone(long sequence, ChunkId id) throws IOException;

    /**
     * Chunk {@code entry} came several times, and never as the list says it is. It is for the sink to remember it and to have
     * it fetched again later; from here on it is passed over.
     */
    void damaged(CollectResponse.Entry entry) throws IOException;
}
