package org.lamplighter.station.collect;

import java.util.List;
import java.util.Optional;
import org.lamplighter.core.collect.CollectRequest;
import org.lamplighter.core.collect.CollectResponse;
import org.lamplighter.core.collect.CollectResponse.Entry;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.store.ChunkTable;
import org.lamplighter.station.store.ChunkTable.Numbered;
import org.lamplighter.station.store.StoreException;

/** Tells active journalists, and nobody else, which chunks there are: to others the list would count uploads. Thread-safe. */
public final class ChunkList {
    /** How far the clocks of journalist and station may be apart. */
    private static final long CLOCK_SECONDS = 600;

    private final NewsroomKey newsroom;
    private final ChunkTable table;

    private ChunkList(NewsroomKey newsroom, ChunkTable table) {
        this.newsroom = newsroom;
        this.table = table;
    }

    public static ChunkList of(NewsroomKey newsroom, ChunkTable table) {
        return new ChunkList(newsroom, table);
    }

    /** The answer to a request, 15,371 bytes; empty when the request is not one of an active journalist of this time. */
    public Optional<byte[]> answer(byte[] body, Roster roster, long now) throws StoreException {
        try {
            CollectRequest request = CollectRequest.verify(body, newsroom.id());
            boolean active = roster.journalists().stream()
                    .anyMatch(journalist ->
                            journalist.isActive() && journalist.key().equals(request.journalist()));
            if (!active || Math.abs(request.time() - now) > CLOCK_SECONDS) {
                return Optional.empty();
            }
            return Optional.of(list(request.after()).toByteArray());
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private CollectResponse list(long after) throws StoreException {
        List<Entry> entries = table.after(after, CollectResponse.MAX_ENTRIES).stream()
                .map(ChunkList::entry)
                .toList();
        long next = entries.isEmpty() ? after : entries.getLast().sequence();
        return new CollectResponse(next, entries);
    }

    private static Entry entry(Numbered numbered) {
        return new Entry(
                numbered.sequence(),
                numbered.chunk().id(),
                numbered.chunk().length(),
                numbered.chunk().hash());
    }
}
