package org.lamplighter.client;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.core.collect.CollectRequest;
import org.lamplighter.core.collect.CollectResponse;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.wire.MalformedException;

/**
 * Fetches every chunk that is new at the station, whomever it is for (docs/spec 6.6, 6.8): so the station does not learn who
 * reads what. One thread at a time.
 */
public final class ChunkCollector implements AutoCloseable {
    private static final int AGAIN = 3;
    private static final Set<Kind> PASSING = EnumSet.of(Kind.UNREACHABLE, Kind.CORRUPT);

    private final Transport transport;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("chunk-collector").factory());

    /** Closes {@code transport} in the end. */
    ChunkCollector(Transport transport) {
        this.transport = transport;
    }

    /** Signs requests for lists: {@link CollectRequest#sign} with the key and the time of the journalist. */
    @FunctionalInterface
    public interface Signer {
        /** The request for what comes after {@code after}, made now. */
        byte[] sign(long after);
    }

    /**
     * Fetches all chunks with a sequence number above {@code after} and hands each to {@code sink}. A chunk that stays
     * damaged does not hold up the others.
     *
     * @return the last sequence number, with which to go on next time
     * @throws IOException of the sink
     */
    public long collect(long after, Signer signer, ChunkSink sink, Progress progress)
            throws StationFailure, IOException {
        long reached = after;
        while (true) {
            CollectResponse page = page(reached, signer);
            fetchAll(page.entries(), sink, progress);
            if (page.entries().size() < CollectResponse.MAX_ENTRIES) {
                return page.next();
            }
            reached = page.next();
        }
    }

    /** Fetches chunks again that came damaged, and hands each to {@code sink} with the sequence number that it had. */
    public void again(List<CollectResponse.Entry> damaged, ChunkSink sink, Progress progress)
            throws StationFailure, IOException {
        fetchAll(damaged, sink, progress);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        transport.close();
        thread.close();
    }

    private CollectResponse page(long after, Signer signer) throws StationFailure {
        return Retry.of(transport, AGAIN, PASSING, () -> {
            Answer answer = transport.post("/v1/collect", signer.sign(after), CollectResponse.BYTES);
            if (answer.status() == 403) {
                throw new StationFailure(
                        Kind.REFUSED,
                        "the station gives no list of evidence to this journalist",
                        "check that your clock is right and that the newsroom's roster with you is installed at the station");
            }
            if (answer.status() != 200) {
                throw StationFailure.refused("the list of evidence", answer.status());
            }
            return checked(answer.body(), after);
        });
    }

    private static CollectResponse checked(byte[] body, long after) throws StationFailure {
        try {
            CollectResponse page = CollectResponse.parse(body, after);
            if (!page.entries().stream().allMatch(entry -> SizeClass.isChunkLength(entry.length()))) {
                throw StationFailure.corrupt("the station's list of evidence is not valid");
            }
            return page;
        } catch (MalformedException e) {
            throw StationFailure.corrupt("the station's list of evidence is not valid");
        }
    }

    /** While the sink keeps one chunk the next is on its way, one request after the other as ever. */
    private void fetchAll(List<CollectResponse.Entry> entries, ChunkSink sink, Progress progress)
            throws StationFailure, IOException {
        long total = entries.stream().mapToLong(CollectResponse.Entry::length).sum();
        long done = 0;
        Optional<Future<Fetched>> coming = Optional.empty();
        try {
            for (int i = 0; i < entries.size(); i++) {
                CollectResponse.Entry entry = entries.get(i);
                Fetched fetched = StationFailure.resultOf(
                        coming.isPresent() ? coming.get() : begin(entry, done, total, progress));
                done += entry.length();
                coming = i + 1 < entries.size()
                        ? Optional.of(begin(entries.get(i + 1), done, total, progress))
                        : Optional.empty();
                fetched.handTo(sink, entry);
            }
        } finally {
            coming.ifPresent(future -> future.cancel(true));
        }
    }

    private Future<Fetched> begin(CollectResponse.Entry entry, long done, long total, Progress progress) {
        return thread.submit(() -> fetch(entry, done, total, progress));
    }

    /** What became of a chunk that was asked for. */
    private record Fetched(Optional<SealedChunk> chunk, boolean damaged) {
        void handTo(ChunkSink sink, CollectResponse.Entry entry) throws IOException {
            if (damaged) {
                sink.damaged(entry);
            } else if (chunk.isPresent()) {
                sink.keep(entry.sequence(), chunk.get());
            } else {
                sink.gone(entry.sequence(), entry.chunk());
            }
        }
    }

    private Fetched fetch(CollectResponse.Entry entry, long done, long total, Progress progress) throws StationFailure {
        try {
            Optional<SealedChunk> chunk = Retry.of(
                    transport,
                    AGAIN,
                    PASSING,
                    () -> once(entry, received -> progress.update("evidence", done + received, total)));
            return new Fetched(chunk, false);
        } catch (StationFailure failure) {
            if (failure.kind() != Kind.CORRUPT) {
                throw failure;
            }
            return new Fetched(Optional.empty(), true);
        }
    }

    /** The chunk, or nothing when the station no longer has it; what is not the listed bytes is corrupt. */
    private Optional<SealedChunk> once(CollectResponse.Entry entry, IntConsumer received) throws StationFailure {
        Answer answer = transport.get("/v1/chunks/" + entry.chunk().hex(), entry.length(), received);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        if (answer.status() >= 500) {
            // One that the station has lost must not keep back those behind it.
            throw StationFailure.corrupt("a piece of evidence cannot be had from the station");
        }
        if (answer.status() != 200) {
            throw StationFailure.refused("a piece of evidence", answer.status());
        }
        if (answer.body().length == entry.length()) {
            SealedChunk chunk = SealedChunk.takeOver(entry.chunk(), answer.body());
            if (chunk.hash().equals(entry.hash())) {
                return Optional.of(chunk);
            }
        }
        throw StationFailure.corrupt("a piece of evidence came damaged from the station");
    }
}
