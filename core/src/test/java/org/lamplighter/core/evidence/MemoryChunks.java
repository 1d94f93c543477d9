package org.lamplighter.core.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lamplighter.core.evidence.open.ChunkSource;

/** Chunks in memory, as a station and a vault would keep them; open to every tampering. */
public final class MemoryChunks implements ChunkSource {
    private final Map<ChunkId, byte[]> chunks = new HashMap<>();
    private final List<ChunkId> order = new ArrayList<>();

    public MemoryChunks() {}

    /** The same chunks, to be tampered with apart. */
    public MemoryChunks copy() {
        MemoryChunks copy = new MemoryChunks();
        order.forEach(id -> copy.put(id, bytes(id)));
        return copy;
    }

    public void accept(SealedChunk chunk) {
        put(chunk.id(), chunk.toByteArray());
    }

    public void put(ChunkId id, byte[] bytes) {
        if (chunks.put(id, bytes) == null) {
            order.add(id);
        }
    }

    public void remove(ChunkId id) {
        chunks.remove(id);
        order.remove(id);
    }

    public List<ChunkId> order() {
        return List.copyOf(order);
    }

    /** A copy of the bytes of a chunk that is here. */
    public byte[] bytes(ChunkId id) {
        return read(id).orElseThrow();
    }

    @Override
    public Optional<byte[]> read(ChunkId id) {
        return Optional.ofNullable(chunks.get(id)).map(byte[]::clone);
    }

    @Override
    public boolean holds(ChunkId id) {
        return chunks.containsKey(id);
    }
}
