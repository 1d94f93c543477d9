package org.lamplighter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.core.collect.ChunkReceipt;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.testkit.LoopbackServer;
import org.lamplighter.testkit.LoopbackServer.Handler;
import org.lamplighter.testkit.LoopbackServer.Received;
import org.lamplighter.testkit.LoopbackServer.Reply;

final class ChunkUploaderTest {
    private Newsrooms newsroom;
    private StationCertificate certificate;
    private SealedChunk chunk;

    @BeforeEach
    void makeChunk() throws Exception {
        newsroom = new Newsrooms();
        certificate = newsroom.certificate("small");
        byte[] bytes = new byte[SizeClass.KIB_64.chunkLength()];
        newsroom.random.nextBytes(bytes);
        try (PartKey key = PartKey.generate(newsroom.random)) {
            chunk = SealedChunk.takeOver(key.chunkId(0), bytes);
        }
    }

    @Test
    void upload_putsTheBytesUnderTheirId_andYieldsTheReceipt() throws Exception {
        try (LoopbackServer server =
                        LoopbackServer.start(request -> Reply.of(200, receipt(newsroom.station, request, 0)));
                ChunkUploader uploader = uploader(server)) {
            List<Integer> told = new ArrayList<>();
            ChunkReceipt receipt = uploader.upload(chunk, told::add);

            assertThat(receipt.day()).isEqualTo(today() + 90);
            assertThat(server.lines())
                    .containsExactly("PUT /v1/chunks/" + chunk.id().hex());
            assertThat(server.received().getFirst().body()).isEqualTo(chunk.toByteArray());
            assertThat(told).endsWith(chunk.length());
        }
    }

    @Test
    void upload_afterBrokenConnections_sendsTheSameBytesAgain() throws Exception {
        List<Handler> script = new ArrayList<>(List.of(
                request -> Reply.close(),
                request -> Reply.cut(new byte[ChunkReceipt.BYTES], 7),
                request -> Reply.of(503, new byte[0]),
                request -> Reply.of(200, receipt(newsroom.station, request, 0))));
        try (LoopbackServer server =
                        LoopbackServer.start(request -> script.removeFirst().answer(request));
                ChunkUploader uploader = uploader(server)) {
            uploader.upload(chunk, sent -> {});

            assertThat(server.received()).hasSize(4).allSatisfy(request -> {
                assertThat(request.line())
                        .isEqualTo("PUT /v1/chunks/" + chunk.id().hex());
                assertThat(request.body()).isEqualTo(chunk.toByteArray());
            });
        }
    }

    @Test
    void upload_toAStationThatStaysAway_endsAfterElevenTries() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(request -> Reply.close());
                ChunkUploader uploader = uploader(server)) {
            assertThat(failure(uploader)).isEqualTo(Kind.UNREACHABLE);
            // The HTTP client may by itself send a request once more on a connection that died while it was idle.
            assertThat(server.received()).hasSizeGreaterThanOrEqualTo(11);
        }
    }

    @Test
    void receipt_thatIsNotTheStationsWordForTheseBytes_isRefused() throws Exception {
        checkRefusesBadReceipts(this::failureWith);
    }

    /** Shows that the check above notices a client that takes any answer of the right length. */
    @Test
    void receipt_plantedFault_lengthAloneIsChecked_isNoticed() {
        assertThatThrownBy(() -> checkRefusesBadReceipts(reply -> {
                    try (LoopbackServer server = LoopbackServer.start(request -> Reply.of(200, reply.apply(request)));
                            Transport transport = transport(server)) {
                        Answer answer = transport.put(
                                "/v1/chunks/" + chunk.id().hex(),
                                chunk.buffer(),
                                ChunkReceipt.BYTES,
                                sent -> {},
                                () -> {});
                        return answer.body().length == ChunkReceipt.BYTES
                                ? Optional.empty()
                                : Optional.of(Kind.CORRUPT);
                    }
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void refusals_areToldApart() throws Exception {
        assertThat(failureAt(429)).isEqualTo(Kind.QUOTA);
        assertThat(failureAt(507)).isEqualTo(Kind.DISK_FULL);
        assertThat(failureAt(503)).isEqualTo(Kind.NOT_READY);
        assertThat(failureAt(409)).isEqualTo(Kind.REFUSED);
        assertThat(failureAt(400)).isEqualTo(Kind.REFUSED);
        assertThat(failureAt(302)).isEqualTo(Kind.REFUSED);
    }

    private interface Attempt {
        Optional<Kind> failure(ReceiptMaker maker) throws Exception;
    }

    private interface ReceiptMaker {
        byte[] apply(Received request);
    }

    private void checkRefusesBadReceipts(Attempt attempt) throws Exception {
        StationKey stranger = StationKey.generate(newsroom.random);
        byte[] otherBytes = new byte[chunk.length()];
        List<ReceiptMaker> bad = List.of(
                request -> receipt(stranger, request, 0),
                request -> receipt(newsroom.station, request, -2),
                request -> ChunkReceipt.sign(
                                newsroom.station,
                                newsroom.root.newsroomKey().id(),
                                chunk.id(),
                                Sha256Hash.of(otherBytes),
                                today() + 90)
                        .toByteArray(),
                request -> flipped(receipt(newsroom.station, request, 0), 0),
                request -> flipped(receipt(newsroom.station, request, 0), ChunkReceipt.BYTES - 1),
                request -> new byte[ChunkReceipt.BYTES],
                request -> new byte[0]);
        for (ReceiptMaker maker : bad) {
            assertThat(attempt.failure(maker)).contains(Kind.CORRUPT);
        }
        assertThat(attempt.failure(request -> receipt(newsroom.station, request, -1)))
                .isEmpty();
    }

    private Optional<Kind> failureWith(ReceiptMaker maker) throws Exception {
        try (LoopbackServer server = LoopbackServer.start(request -> Reply.of(200, maker.apply(request)));
                ChunkUploader uploader = uploader(server)) {
            return Optional.ofNullable(
                            catchThrowableOfType(StationFailure.class, () -> uploader.upload(chunk, sent -> {})))
                    .map(StationFailure::kind);
        }
    }

    private Kind failureAt(int status) throws Exception {
        try (LoopbackServer server = LoopbackServer.start(request -> Reply.of(status, new byte[0]));
                ChunkUploader uploader = uploader(server)) {
            return failure(uploader);
        }
    }

    private Kind failure(ChunkUploader uploader) {
        return catchThrowableOfType(StationFailure.class, () -> uploader.upload(chunk, sent -> {}))
                .kind();
    }

    /** What an honest station answers, for a day that is {@code shift} off. */
    private byte[] receipt(StationKey signer, Received request, int shift) {
        return ChunkReceipt.sign(
                        signer,
                        newsroom.root.newsroomKey().id(),
                        chunk.id(),
                        Sha256Hash.of(request.body()),
                        today() + 90 + shift)
                .toByteArray();
    }

    private ChunkUploader uploader(LoopbackServer server) throws Exception {
        return new ChunkUploader(transport(server), certificate, () -> Newsrooms.NOW);
    }

    private Transport transport(LoopbackServer server) throws Exception {
        Route route = Route.of(StationAddress.parse(server.url()), Optional.empty());
        return Transport.open(route, Purpose.EVIDENCE, newsroom.random, Backoff.none());
    }

    private static long today() {
        return Validity.day(Newsrooms.NOW);
    }

    private static byte[] flipped(byte[] bytes, int index) {
        byte[] copy = bytes.clone();
        copy[index] ^= 1;
        return copy;
    }
}
