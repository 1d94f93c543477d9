package org.lamplighter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.core.collect.CollectRequest;
import org.lamplighter.core.collect.CollectResponse;
import org.lamplighter.core.collect.CollectResponse.Entry;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.LoopbackServer;
import org.lamplighter.testkit.LoopbackServer.Received;
import org.lamplighter.testkit.LoopbackServer.Reply;

final class ChunkCollectorTest {
    private static final int LENGTH = SizeClass.KIB_64.chunkLength();

    private final Newsrooms newsroom = new Newsrooms();
    private final SigningKey journalist = SigningKey.generate(newsroom.random);
    private final List<Entry> shelf = new ArrayList<>();
    private final Map<String, byte[]> chunks = new HashMap<>();
    private final List<Long> kept = new ArrayList<>();
    private final List<Long> gone = new ArrayList<>();
    private final List<Entry> damaged = new ArrayList<>();

    private final ChunkSink sink = new ChunkSink() {
        @Override
        public void keep(long sequence, SealedChunk chunk) {
            assertThat(chunk.toByteArray()).isEqualTo(chunks.get(chunk.id().hex()));
            kept.add(sequence);
        }

        @Override
        public void gone(long sequence, ChunkId id) {
            gone.add(sequence);
        }

        @Override
        public void damaged(Entry entry) {
            damaged.add(entry);
        }
    };

    ChunkCollectorTest() throws MalformedException {}

    @Test
    void collect_fetchesEveryNewChunk_pageAfterPage() throws Exception {
        shelve(300);
        try (LoopbackServer server = LoopbackServer.start(this::honest);
                ChunkCollector collector = collector(server)) {
            assertThat(collect(collector, 0)).isEqualTo(900);
            assertThat(kept).hasSize(300).isSorted();
            assertThat(server.lines()).filteredOn("POST /v1/collect"::equals).hasSize(2);
            assertThat(collect(collector, 900)).isEqualTo(900);
            assertThat(kept).hasSize(300);
        }
    }

    @Test
    void collect_ofAChunkThatIsGone_goesOn() throws Exception {
        shelve(3);
        chunks.remove(shelf.get(1).chunk().hex());
        try (LoopbackServer server = LoopbackServer.start(this::honest);
                ChunkCollector collector = collector(server)) {
            assertThat(collect(collector, 0)).isEqualTo(9);
            assertThat(kept).containsExactly(3L, 9L);
            assertThat(gone).containsExactly(6L);
        }
    }

    @Test
    void chunk_thatBreaksOffOrIsShort_isFetchedAgain() throws Exception {
        shelve(1);
        List<Reply> script = new ArrayList<>(List.of(
                Reply.close(),
                Reply.of(200, new byte[LENGTH - 1]),
                Reply.cut(new byte[LENGTH], 10),
                Reply.of(
                        200,
                        Objects.requireNonNull(
                                chunks.get(shelf.getFirst().chunk().hex())))));
        try (LoopbackServer server = LoopbackServer.start(
                        request -> request.line().startsWith("GET") ? script.removeFirst() : honest(request));
                ChunkCollector collector = collector(server)) {
            collect(collector, 0);
            assertThat(kept).containsExactly(3L);
        }
    }

    @Test
    void chunk_thatStaysDamaged_isToldAndPassedOver_andCanBeFetchedAgain() throws Exception {
        shelve(3);
        String broken = "GET /v1/chunks/" + shelf.get(1).chunk().hex();
        for (byte[] other : List.of(new byte[LENGTH], new byte[LENGTH - 1], new byte[0])) {
            checkToldAndFetchedAgain(broken, other);
        }
    }

    /** Shows that the check above notices a collector that takes what comes, here because it is what the list says. */
    @Test
    void chunk_plantedFault_isTakenAsItComes_isNoticed() throws Exception {
        shelve(3);
        Entry second = shelf.get(1);
        byte[] right = Objects.requireNonNull(chunks.get(second.chunk().hex()));
        assertThatThrownBy(() -> checkToldAndFetchedAgain(
                        "GET /v1/chunks/" + second.chunk().hex(), right))
                .isInstanceOf(AssertionError.class);
    }

    private void checkToldAndFetchedAgain(String line, byte[] other) throws Exception {
        kept.clear();
        damaged.clear();
        boolean[] healed = new boolean[1];
        try (LoopbackServer server = LoopbackServer.start(
                        request -> request.line().equals(line) && !healed[0] ? Reply.of(200, other) : honest(request));
                ChunkCollector collector = collector(server)) {
            assertThat(collect(collector, 0)).isEqualTo(9);
            assertThat(kept).containsExactly(3L, 9L);
            assertThat(damaged).containsExactly(shelf.get(1));
            assertThat(server.lines()).filteredOn(line::equals).hasSize(4);

            collector.again(List.copyOf(damaged), sink, Progress.none());
            assertThat(damaged).hasSize(2);
            healed[0] = true;
            collector.again(List.of(damaged.getFirst()), sink, Progress.none());
            assertThat(kept).containsExactly(3L, 9L, 6L);
        }
    }

    @Test
    void collect_hasTheNextSentWhileOneIsKept_oneAfterTheOther() throws Exception {
        shelve(3);
        CountDownLatch second = new CountDownLatch(1);
        String next = "GET /v1/chunks/" + shelf.get(1).chunk().hex();
        try (LoopbackServer server = LoopbackServer.start(request -> {
                    if (request.line().equals(next)) {
                        second.countDown();
                    }
                    return honest(request);
                });
                ChunkCollector collector = collector(server)) {
            // A collector that asks for the next only when one is kept never gets past the first.
            assertThat(collect(
                            collector,
                            0,
                            new Keeping(() -> assertThat(isOver(second)).isTrue())))
                    .isEqualTo(9);
            assertThat(kept).containsExactly(3L, 6L, 9L);
            assertThat(server.received()).extracting(Received::connection).containsOnly(1);
            assertThat(server.lines())
                    .filteredOn(line -> line.startsWith("GET"))
                    .isEqualTo(shelf.stream()
                            .map(entry -> "GET /v1/chunks/" + entry.chunk().hex())
                            .toList());
        }
    }

    @Test
    void collect_intoASinkThatFails_endsWithItsError() throws Exception {
        shelve(3);
        IOException full = new IOException("no room");
        try (LoopbackServer server = LoopbackServer.start(this::honest);
                ChunkCollector collector = collector(server)) {
            assertThatThrownBy(() -> collect(collector, 0, new Keeping(() -> {
                        throw full;
                    })))
                    .isSameAs(full);
            assertThat(kept).isEmpty();

            assertThat(collect(collector, 0)).isEqualTo(9);
            assertThat(kept).containsExactly(3L, 6L, 9L);
        }
    }

    private static boolean isOver(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Something that happens before a chunk is kept. */
    @FunctionalInterface
    private interface Before {
        void run() throws IOException;
    }

    /** The sink, with something that comes before. */
    private final class Keeping implements ChunkSink {
        private final Before before;

        Keeping(Before before) {
            this.before = before;
        }

        @Override
        public void keep(long sequence, SealedChunk chunk) throws IOException {
            before.run();
            sink.keep(sequence, chunk);
        }

        @Override
        public void gone(long sequence, ChunkId id) throws IOException {
            sink.gone(sequence, id);
        }

        @Override
        public void damaged(Entry entry) throws IOException {
            sink.damaged(entry);
        }
    }

    @Test
    void list_thatIsNotOne_isRefused() throws Exception {
        shelve(2);
        CollectResponse wrongLength = new CollectResponse(
                3,
                List.of(new Entry(
                        3, shelf.getFirst().chunk(), 77, shelf.getFirst().hash())));
        CollectResponse goesBack = new CollectResponse(3, List.of(shelf.getFirst()));
        assertThat(failureOn(Reply.of(200, wrongLength.toByteArray()), 0)).isEqualTo(Kind.CORRUPT);
        assertThat(failureOn(Reply.of(200, goesBack.toByteArray()), 3)).isEqualTo(Kind.CORRUPT);
        assertThat(failureOn(Reply.of(200, new CollectResponse(5, List.of()).toByteArray()), 3))
                .isEqualTo(Kind.CORRUPT);
        assertThat(failureOn(Reply.of(200, new byte[CollectResponse.BYTES]), 0)).isEqualTo(Kind.CORRUPT);
        assertThat(failureOn(Reply.of(200, new byte[CollectResponse.BYTES + 1]), 0))
                .isEqualTo(Kind.CORRUPT);
        assertThat(failureOn(Reply.of(403, new byte[0]), 0)).isEqualTo(Kind.REFUSED);
        assertThat(failureOn(Reply.of(503, new byte[0]), 0)).isEqualTo(Kind.NOT_READY);
    }

    private Kind failureOn(Reply reply, long after) throws Exception {
        try (LoopbackServer server = LoopbackServer.start(request -> reply);
                ChunkCollector collector = collector(server)) {
            return catchThrowableOfType(StationFailure.class, () -> collect(collector, after))
                    .kind();
        }
    }

    private long collect(ChunkCollector collector, long after) throws StationFailure, IOException {
        return collect(collector, after, sink);
    }

    private long collect(ChunkCollector collector, long after, ChunkSink into) throws StationFailure, IOException {
        return collector.collect(
                after,
                from -> CollectRequest.sign(
                        newsroom.root.newsroomKey().id(), journalist, Newsrooms.NOW.getEpochSecond(), from),
                into,
                Progress.none());
    }

    /** Chunks with the sequence numbers 3, 6, 9 and so on. */
    private void shelve(int count) {
        for (int i = 1; i <= count; i++) {
            byte[] id = new byte[ChunkId.LENGTH];
            byte[] bytes = new byte[LENGTH];
            newsroom.random.nextBytes(id);
            bytes[0] = (byte) i;
            shelf.add(new Entry(3L * i, ChunkId.copyOf(id), LENGTH, Sha256Hash.of(bytes)));
            chunks.put(ChunkId.copyOf(id).hex(), bytes);
        }
    }

    private Reply honest(Received request) {
        if (request.line().startsWith("GET /v1/chunks/")) {
            byte[] chunk = chunks.get(request.line().substring("GET /v1/chunks/".length()));
            return chunk == null ? Reply.of(404, new byte[0]) : Reply.of(200, chunk);
        }
        try {
            long after = CollectRequest.verify(
                            request.body(), newsroom.root.newsroomKey().id())
                    .after();
            List<Entry> page = shelf.stream()
                    .filter(entry -> entry.sequence() > after)
                    .limit(CollectResponse.MAX_ENTRIES)
                    .toList();
            long next = page.isEmpty() ? after : page.getLast().sequence();
            return Reply.of(200, new CollectResponse(next, page).toByteArray());
        } catch (MalformedException e) {
            return Reply.of(403, new byte[0]);
        }
    }

    private ChunkCollector collector(LoopbackServer server) throws MalformedException {
        Route route = Route.of(StationAddress.parse(server.url()), Optional.empty());
        return new ChunkCollector(Transport.open(route, Purpose.COLLECTOR, newsroom.random, Backoff.none()));
    }
}
