package org.lamplighter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.core.collect.ChunkReceipt;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.testkit.LoopbackServer;
import org.lamplighter.testkit.LoopbackServer.Received;
import org.lamplighter.testkit.LoopbackServer.Reply;

final class ChunkStreamTest {
    private static final int CHUNKS = 3;

    private Newsrooms newsroom;
    private StationCertificate certificate;
    private final List<SealedChunk> chunks = new ArrayList<>();

    @BeforeEach
    void makeChunks() throws Exception {
        newsroom = new Newsrooms();
        certificate = newsroom.certificate("small");
        try (PartKey key = PartKey.generate(newsroom.random)) {
            for (int i = 0; i < CHUNKS; i++) {
                byte[] bytes = new byte[SizeClass.KIB_64.chunkLength()];
                newsroom.random.nextBytes(bytes);
                chunks.add(SealedChunk.takeOver(key.chunkId(i), bytes));
            }
        }
    }

    @Test
    void send_returnsBeforeTheReceipt_andTheNextGoesOutAfterIt() throws Exception {
        CountDownLatch returned = new CountDownLatch(1);
        try (LoopbackServer server = LoopbackServer.start(request -> {
                    await(returned);
                    return receipt(request);
                });
                ChunkStream stream = stream(server)) {
            stream.send(chunks.getFirst(), sent -> {});
            returned.countDown(); // with an upload that waits for its receipt this is never reached
            stream.send(chunks.get(1), sent -> {});
            stream.send(chunks.get(2), sent -> {});
            stream.settle();

            assertThat(server.lines())
                    .isEqualTo(chunks.stream()
                            .map(chunk -> "PUT /v1/chunks/" + chunk.id().hex())
                            .toList());
            assertThat(server.received()).extracting(Received::connection).containsOnly(1);
        }
    }

    @Test
    void send_afterAChunkThatWasRefused_failsAndSendsNothing() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(request -> Reply.of(429, new byte[0]));
                ChunkStream stream = stream(server)) {
            stream.send(chunks.getFirst(), sent -> {});

            assertThat(kind(() -> stream.send(chunks.get(1), sent -> {}))).isEqualTo(Kind.QUOTA);
            stream.settle(); // told once
            assertThat(server.lines()).hasSize(1);
        }
    }

    @Test
    void settle_afterALastChunkWithoutAValidReceipt_fails() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(request -> Reply.of(200, new byte[ChunkReceipt.BYTES]));
                ChunkStream stream = stream(server)) {
            stream.send(chunks.getFirst(), sent -> {});

            assertThat(kind(stream::settle)).isEqualTo(Kind.CORRUPT);
        }
    }

    @Test
    void close_doesNotWaitForAStationThatDoesNotAnswer() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (LoopbackServer server = LoopbackServer.start(request -> {
            heard.countDown();
            await(closed);
            return Reply.close();
        })) {
            ChunkStream stream = stream(server);
            stream.send(chunks.getFirst(), sent -> {});
            await(heard);
            stream.close();
            closed.countDown();
            assertThat(server.lines()).hasSize(1);
        }
    }

    /** Something that fails in one of the station's ways. */
    @FunctionalInterface
    private interface Failing {
        void run() throws StationFailure;
    }

    private static Kind kind(Failing failing) {
        return catchThrowableOfType(StationFailure.class, failing::run).kind();
    }

    private Reply receipt(Received request) {
        ChunkId id = chunks.stream()
                .map(SealedChunk::id)
                .filter(candidate -> request.line().endsWith(candidate.hex()))
                .findFirst()
                .orElseThrow();
        return Reply.of(
                200,
                ChunkReceipt.sign(
                                newsroom.station,
                                newsroom.root.newsroomKey().id(),
                                id,
                                Sha256Hash.of(request.body()),
                                Validity.day(Newsrooms.NOW) + 90)
                        .toByteArray());
    }

    private ChunkStream stream(LoopbackServer server) throws Exception {
        Route route = Route.of(StationAddress.parse(server.url()), Optional.empty());
        Transport transport = Transport.open(route, Purpose.EVIDENCE, newsroom.random, Backoff.none());
        return ChunkStream.over(new ChunkUploader(transport, certificate, () -> Newsrooms.NOW));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new AssertionError("never came");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
