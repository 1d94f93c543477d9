package org.lamplighter.station.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.core.collect.ChunkReceipt;
import org.lamplighter.core.collect.CollectRequest;
import org.lamplighter.core.collect.CollectResponse;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.epoch.Head;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.journalist.JournalistKeys;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.newsroom.JournalistState;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.station.http.HttpLimits;
import org.lamplighter.station.http.ListenAddress;
import org.lamplighter.station.http.RawHttp;
import org.lamplighter.station.http.RawHttp.Reply;
import org.lamplighter.station.store.StationStore;

/** The HTTP interface over real sockets (docs/spec/06-http.md). */
final class StationHttpTest {
    private static final List<String> HEADERS =
            List.of("cache-control", "content-length", "content-type", "x-content-type-options", "referrer-policy");
    private static final int SMALL_CHUNK = 65_552;
    private static final String ID = "00112233445566778899aabbccddeeff";
    private static final long TODAY = StationFixture.START / 86_400;

    @TempDir
    private Path base;

    @Test
    void everyFileOfTheEpoch_isTheOneThatTheHeadNames() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            station.turn();
            Reply note = RawHttp.get(station.url(), "/v1/head");
            Head head = Head.verify(note.body(), fixture.certificate(1, p -> p).stationNoteKey());
            assertThat(note.headers()).containsEntry("content-type", "text/plain; charset=utf-8");

            for (String name : EpochLayout.filesAfterHead()) {
                Reply reply = RawHttp.get(station.url(), "/v1/epochs/1/" + name);
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.headers()).containsEntry("content-length", String.valueOf(reply.body().length));
                if (name.equals(EpochLayout.CHAIN)) {
                    head.parseChain(reply.body());
                } else {
                    head.checkFile(name, reply.body());
                }
            }
        }
    }

    @Test
    void everyAnswer_hasTheSameHeadersAndNoOthers() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            List<Reply> replies = new ArrayList<>();
            replies.add(RawHttp.get(station.url(), "/v1/head")); // 503
            station.turn();
            replies.add(RawHttp.get(station.url(), "/v1/head"));
            replies.add(RawHttp.get(station.url(), "/v1/epochs/1/hints"));
            replies.add(RawHttp.get(station.url(), "/v1/epochs/1/bodies/63"));
            replies.add(RawHttp.get(station.url(), "/nothing"));
            replies.add(RawHttp.post(station.url(), "/v1/bundles", fixture.bundle()));
            replies.add(RawHttp.post(station.url(), "/v1/bundles", new byte[16_608]));
            replies.add(RawHttp.post(station.url(), "/v1/bundles", new byte[20_000])); // 413
            replies.add(RawHttp.post(station.url(), "/v1/collect", new byte[145]));
            replies.add(RawHttp.once(station.url(), "PUT", "/v1/chunks/" + ID, new byte[SMALL_CHUNK]));
            replies.add(RawHttp.get(station.url(), "/v1/chunks/" + ID));
            replies.add(RawHttp.once(station.url(), "GET", "/" + "x".repeat(9000), new byte[0])); // 431 or 414
            replies.add(raw(station, "NONSENSE\r\n\r\n"));

            assertThat(replies).allSatisfy(reply -> {
                List<String> names = new ArrayList<>(reply.headers().keySet());
                names.remove("connection"); // of the connection and not of the answer
                assertThat(names).containsExactlyInAnyOrderElementsOf(HEADERS);
                assertThat(reply.headers()).containsEntry("cache-control", "no-store");
            });
        }
    }

    @Test
    void requestHeaders_haveNoEffect() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base);
                RawHttp http = RawHttp.connect(startTurned(fixture).url())) {
            Reply plain = http.send("GET", "/v1/epochs/1/hints", "", new byte[0]);
            for (String line : List.of(
                    "Range: bytes=0-9",
                    "If-None-Match: *",
                    "If-Modified-Since: Tue, 24 Nov 2026 00:00:00 GMT",
                    "Accept-Encoding: gzip, br",
                    "Accept: text/html",
                    "Cookie: a=b",
                    "User-Agent: anything",
                    "X-Forwarded-For: 192.0.2.1")) {
                Reply reply = http.send("GET", "/v1/epochs/1/hints", line + "\r\n", new byte[0]);
                assertThat(reply.status()).describedAs(line).isEqualTo(200);
                assertThat(reply.headers()).isEqualTo(plain.headers());
                assertThat(reply.body()).isEqualTo(plain.body());
            }
        }
    }

    @Test
    void whateverIsNotARoute_is404AndEmpty() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            String url = startTurned(fixture).url();
            for (String target : List.of(
                    "/",
                    "/v1",
                    "/v1/head/",
                    "/v1/head?x=1",
                    "/v1/head#x",
                    "/v1/head#",
                    "/v1//head",
                    "/v1/./head",
                    "/v1/%68ead",
                    "/v1/epochs/0/hints",
                    "/v1/epochs/01/hints",
                    "/v1/epochs/2/hints",
                    "/v1/epochs/999999999999999999/hints",
                    "/v1/epochs/1/head",
                    "/v1/epochs/1/bodies",
                    "/v1/epochs/1/bodies/64",
                    "/v1/epochs/1/bodies/0",
                    "/v1/epochs/1/../../../station-key",
                    "/v1/epochs/1/bodies/%2e%2e/head",
                    "/v1/chunks/" + ID,
                    "/v1/chunks/" + ID.toUpperCase(java.util.Locale.ROOT),
                    "/v1/bundles")) {
                Reply reply = RawHttp.get(url, target);
                assertThat(reply.status()).describedAs(target).isEqualTo(404);
                assertThat(reply.body()).isEmpty();
            }
            for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")) {
                Reply reply = RawHttp.once(url, method, "/v1/head", new byte[0]);
                assertThat(reply.status()).describedAs(method).isEqualTo(404);
            }
            try (RawHttp http = RawHttp.connect(url)) {
                assertThat(http.send("HEAD", "/v1/head", "", new byte[0]).status())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void oldEpoch_isServedForItsTimeAndThen404() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = startTurned(fixture);
            byte[] hints = RawHttp.get(station.url(), "/v1/epochs/1/hints").body();
            fixture.clock().advance(5);
            station.turn();
            fixture.clock().advance(60);
            assertThat(RawHttp.get(station.url(), "/v1/epochs/1/hints").body()).isEqualTo(hints);
            fixture.clock().advance(1);
            assertThat(RawHttp.get(station.url(), "/v1/epochs/1/hints").status())
                    .isEqualTo(404);
            assertThat(RawHttp.get(station.url(), "/v1/epochs/2/hints").status())
                    .isEqualTo(200);
            fixture.clock().advance(65);
            station.turn();
            assertThat(fixture.folder().resolve("epochs/1")).doesNotExist();
            fixture.assertSound();
        }
    }

    @Test
    void bundle_ofAnyFault_getsOneRefusal() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            String url = startTurned(fixture).url();
            byte[] good = fixture.bundle();
            Reply accepted = RawHttp.post(url, "/v1/bundles", good);
            assertThat(accepted.status()).isEqualTo(202);
            assertThat(accepted.body()).isEqualTo(new byte[32]);

            List<byte[]> bad = new ArrayList<>();
            bad.add(new byte[0]);
            bad.add(java.util.Arrays.copyOf(good, good.length - 1));
            bad.add(changed(good, 0, new byte[32])); // X is the identity
            bad.add(changed(good, 32, new byte[32])); // Z is the identity
            bad.add(changed(good, 0, java.util.Arrays.copyOfRange(good, 32, 64))); // X equals Z
            bad.add(changed(good, 8240, java.util.Arrays.copyOf(good, 32))); // one X twice
            byte[] notCanonical = new byte[32];
            java.util.Arrays.fill(notCanonical, (byte) 0xff);
            bad.add(changed(good, 0, notCanonical));
            for (byte[] body : bad) {
                Reply reply = RawHttp.post(url, "/v1/bundles", body);
                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.body()).isEmpty();
            }
            assertThat(RawHttp.post(url, "/v1/bundles", new byte[Bundle.length(2) + 1])
                            .status())
                    .isEqualTo(413);
        }
    }

    @Test
    void lengthBeyondAllMeasure_isRefusedAsAnyThatIsTooLong() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = startTurned(fixture);
            for (String line : List.of("POST /v1/bundles", "POST /v1/prekeys", "PUT /v1/chunks/" + ID)) {
                for (String length : List.of("99999999999999", String.valueOf(Long.MAX_VALUE))) {
                    Reply reply =
                            raw(station, line + " HTTP/1.1\r\nHost: station\r\nContent-Length: " + length + "\r\n\r\n");
                    assertThat(reply.status()).as(line + " " + length).isIn(400, 413);
                    assertThat(reply.body()).isEmpty();
                }
            }
        }
    }

    @Test
    void chunkedBody_isReadLikeAnnouncedOnes() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = startTurned(fixture);
            byte[] bundle = fixture.bundle();
            assertThat(chunked(station, "POST", "/v1/bundles", bundle).status()).isEqualTo(202);
            assertThat(chunked(station, "POST", "/v1/bundles", new byte[bundle.length + 1])
                            .status())
                    .isEqualTo(413);
            assertThat(chunked(station, "PUT", "/v1/chunks/" + ID, new byte[SMALL_CHUNK])
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void bundleThatCannotBeKept_isNotAccepted() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            boolean[] broken = new boolean[1];
            Station station = fixture.start(options -> options.withMoments((step, subject) -> {
                if (broken[0] && subject.equals("offer")) {
                    throw new IOException("planted: the disk is full");
                }
            }));
            station.turn();
            broken[0] = true;
            Reply reply = RawHttp.post(station.url(), "/v1/bundles", fixture.bundle());

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body()).isEmpty();
            broken[0] = false;
            assertThat(RawHttp.post(station.url(), "/v1/bundles", fixture.bundle())
                            .status())
                    .isEqualTo(202);
        }
    }

    @Test
    void prekeys_ofAnybodyElse_areRefusedAndKnownOnesAreAnsweredAlike() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = startTurned(fixture);
            long slot = fixture.parameters().prekeySlot(fixture.clock().second());
            byte[] upload = fixture.prekeys(slot);
            Reply first = RawHttp.post(station.url(), "/v1/prekeys", upload);
            Reply again = RawHttp.post(station.url(), "/v1/prekeys", upload);
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.body()).isEqualTo(new byte[32]);
            assertThat(again.headers()).isEqualTo(first.headers());
            assertThat(again.body()).isEqualTo(first.body());

            assertRefused(station, fixture.prekeys(slot + 192 - 62)); // one slot too far
            assertThat(RawHttp.post(station.url(), "/v1/prekeys", fixture.prekeys(slot + 192 - 63))
                            .status())
                    .isEqualTo(200);
            upload[upload.length - 1] ^= 1;
            assertRefused(station, upload);
            assertRefused(station, new byte[10]);
            fixture.changeRoster(roster -> fixture.root()
                    .revoke(roster, fixture.journalist().id(), JournalistState.LEFT, fixture.validity())
                    .orElseThrow());
            assertRefused(station, fixture.prekeys(slot));
        }
    }

    @Test
    void collect_listsChunksToActiveJournalistsAlone() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base);
                JournalistKeys stranger = JournalistKeys.generate(fixture.random())) {
            Station station = startTurned(fixture);
            long now = fixture.clock().second();
            byte[] chunk = fixture.random().bytes(SMALL_CHUNK);
            RawHttp.once(station.url(), "PUT", "/v1/chunks/" + ID, chunk);
            SigningKey ada = fixture.journalist().signing();

            Reply reply =
                    collect(station, CollectRequest.sign(fixture.newsroom().id(), ada, now, 0));
            assertThat(reply.status()).isEqualTo(200);
            CollectResponse list = CollectResponse.parse(reply.body(), 0);
            Digest hash = Digest.copyOf(MessageDigest.getInstance("SHA-256").digest(chunk));
            assertThat(list.entries())
                    .containsExactly(
                            new CollectResponse.Entry(list.next(), ChunkId.parseHex(ID, "id"), SMALL_CHUNK, hash));
            CollectResponse rest = CollectResponse.parse(
                    collect(station, CollectRequest.sign(fixture.newsroom().id(), ada, now, list.next()))
                            .body(),
                    list.next());
            assertThat(rest.entries()).isEmpty();
            assertThat(rest.next()).isEqualTo(list.next());

            List<byte[]> refused = List.of(
                    CollectRequest.sign(fixture.newsroom().id(), stranger.signing(), now, 0),
                    CollectRequest.sign(fixture.newsroom().id(), ada, now - 601, 0),
                    CollectRequest.sign(fixture.newsroom().id(), ada, now + 601, 0),
                    new byte[145],
                    new byte[3]);
            for (byte[] request : refused) {
                assertThat(collect(station, request).status()).isEqualTo(403);
            }
        }
    }

    @Test
    void chunk_isKeptReceiptedAndGivenBack() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = startTurned(fixture);
            byte[] chunk = fixture.random().bytes(SMALL_CHUNK);
            Reply put = RawHttp.once(station.url(), "PUT", "/v1/chunks/" + ID, chunk);
            assertThat(put.status()).isEqualTo(200);
            Digest hash = Digest.copyOf(MessageDigest.getInstance("SHA-256").digest(chunk));
            ChunkReceipt receipt = ChunkReceipt.verify(
                    put.body(),
                    fixture.certificate(1, p -> p).station(),
                    fixture.newsroom().id(),
                    ChunkId.parseHex(ID, "id"),
                    hash);
            assertThat(receipt.day()).isEqualTo(TODAY + 1);
            assertThat(RawHttp.get(station.url(), "/v1/chunks/" + ID).body()).isEqualTo(chunk);

            Reply again = RawHttp.once(station.url(), "PUT", "/v1/chunks/" + ID, chunk);
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(put.body());
            chunk[5] ^= 1;
            assertThat(RawHttp.once(station.url(), "PUT", "/v1/chunks/" + ID, chunk)
                            .status())
                    .isEqualTo(409);
            fixture.assertSound();

            fixture.clock().advance(86_400);
            assertThat(RawHttp.get(station.url(), "/v1/chunks/" + ID).status()).isEqualTo(200);
            fixture.clock().advance(86_400);
            assertThat(RawHttp.get(station.url(), "/v1/chunks/" + ID).status()).isEqualTo(404);
            station.turn();
            assertThat(files(fixture.folder().resolve("chunks"))).isEmpty();
            fixture.assertSound();
        }
    }

    @Test
    void chunk_ofNoLengthThatChunksHave_isRefused() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            String url = startTurned(fixture).url();
            for (int length : List.of(0, 1, SMALL_CHUNK - 1, SMALL_CHUNK + 1, 4_195_327)) {
                assertThat(RawHttp.once(url, "PUT", "/v1/chunks/" + ID, new byte[length])
                                .status())
                        .describedAs("%d", length)
                        .isEqualTo(400);
            }
            try (RawHttp http = RawHttp.connect(url)) {
                http.write(RawHttp.ascii(
                        "PUT /v1/chunks/" + ID + " HTTP/1.1\r\nHost: h\r\nContent-Length: 4195329\r\n\r\n"));
                assertThat(http.read(false).status()).isEqualTo(413);
            }
            assertThat(RawHttp.once(url, "PUT", "/v1/chunks/" + ID, new byte[4_195_328])
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void quota_isOfTheDayAndSurvivesARestart() throws Exception {
        StationParameters p =
                new StationParameters("demo", 64, 2, 5, 600, 60, 180, 120, 600, 10, 1, 2L * SMALL_CHUNK + 5);
        try (StationFixture fixture = StationFixture.installed(base, p)) {
            Station station = startTurned(fixture);
            assertThat(put(station, 1)).isEqualTo(200);
            assertThat(put(station, 2)).isEqualTo(200);
            assertThat(put(station, 3)).isEqualTo(429);
            assertThat(put(station, 2)).isEqualTo(200); // known: takes nothing
            station.close();
            Station again = fixture.start();
            assertThat(put(again, 3)).isEqualTo(429);
            fixture.clock().advance(86_400);
            assertThat(put(again, 3)).isEqualTo(200);
            fixture.assertSound();
        }
    }

    @Test
    void fullDisk_refusesTheChunkAndLeavesNothing() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            boolean[] full = new boolean[1];
            Station station = fixture.start(options -> options.withMoments((step, subject) -> {
                if (full[0] && subject instanceof Path path && path.toString().contains("arriving")) {
                    throw new IOException("planted: no space left on device");
                }
            }));
            station.turn();
            full[0] = true;
            assertThat(put(station, 1)).isEqualTo(507);
            assertThat(files(fixture.folder().resolve("chunks"))).isEmpty();
            fixture.assertSound();
            full[0] = false;
            assertThat(put(station, 1)).isEqualTo(200);
        }
    }

    @Test
    void oneChunkIdFromManyAtATime_isKeptFromOneOfThem() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base);
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Station station = startTurned(fixture);
            List<Future<Integer>> puts = IntStream.range(0, 8)
                    .mapToObj(i -> executor.submit(() -> {
                        byte[] chunk = new byte[SMALL_CHUNK];
                        chunk[0] = (byte) i;
                        return RawHttp.once(station.url(), "PUT", "/v1/chunks/" + ID, chunk)
                                .status();
                    }))
                    .toList();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> put : puts) {
                statuses.add(put.get());
            }
            assertThat(statuses).containsOnly(200, 409);
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
            fixture.assertSound();
        }
    }

    @Test
    void uploadThatIsCutOff_leavesNothing() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = startTurned(fixture);
            try (RawHttp http = RawHttp.connect(station.url())) {
                http.write(RawHttp.ascii("PUT /v1/chunks/" + ID + " HTTP/1.1\r\nHost: h\r\nContent-Length: "
                        + SMALL_CHUNK + "\r\n\r\n"));
                http.write(new byte[30_000]);
            }
            // The same id is free afterwards: nothing half-made stands in its way.
            assertThat(put(station, 1)).isEqualTo(200);
            station.close();
            assertThat(files(fixture.folder().resolve("chunks/arriving"))).isEmpty();
            fixture.assertSound();
        }
    }

    @Test
    void clientsThatAreTooSlow_areCutOff() throws Exception {
        HttpLimits impatient = new HttpLimits(
                4096, 64, Duration.ofMillis(700), Duration.ofMillis(700), 1_000_000, 8, Duration.ofSeconds(2));
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start(options -> options.withLimits(impatient));
            station.turn();
            try (RawHttp silent = RawHttp.connect(station.url());
                    RawHttp trickling = RawHttp.connect(station.url());
                    RawHttp halfBody = RawHttp.connect(station.url())) {
                halfBody.write(RawHttp.ascii("POST /v1/bundles HTTP/1.1\r\nHost: h\r\nContent-Length: 16608\r\n\r\nx"));
                trickling.write(RawHttp.ascii("GET /v1/head HTTP/1.1\r\n"));
                assertThat(trickle(trickling)).isTrue();
                assertThat(silent.isClosedByPeer()).isTrue();
                assertThat(halfBody.isClosedByPeer()).isTrue();
            }
            assertThat(RawHttp.get(station.url(), "/v1/head").status()).isEqualTo(200);
        }
    }

    @Test
    void bodyThatTrickles_holdsNoPlace_andKeepsNobodyFromUploadingPrekeys() throws Exception {
        HttpLimits onePlace =
                new HttpLimits(4096, 64, Duration.ofSeconds(1), Duration.ofSeconds(45), 4096, 1, Duration.ofSeconds(2));
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start(options -> options.withLimits(onePlace));
            station.turn();
            try (RawHttp trickling = RawHttp.connect(station.url())) {
                trickling.write(RawHttp.ascii("PUT /v1/chunks/" + ID + " HTTP/1.1\r\nHost: h\r\nContent-Length: "
                        + SMALL_CHUNK + "\r\n\r\n"));
                trickling.write(new byte[1]);
                assertThat(RawHttp.post(station.url(), "/v1/prekeys", new byte[10])
                                .status())
                        .isEqualTo(400);
                // By its length alone it might take a minute.
                assertThat(trickle(trickling)).isTrue();
            }
            assertThat(RawHttp.once(station.url(), "PUT", "/v1/chunks/" + ID, new byte[SMALL_CHUNK])
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void trickleOfHeaders_withPatientLimits_isNotCutOff_soTheCheckCanFail() throws Exception {
        HttpLimits patient =
                new HttpLimits(4096, 64, Duration.ofMinutes(5), Duration.ofMinutes(5), 4096, 8, Duration.ofSeconds(2));
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start(options -> options.withLimits(patient));
            station.turn();
            try (RawHttp trickling = RawHttp.connect(station.url())) {
                trickling.write(RawHttp.ascii("GET /v1/head HTTP/1.1\r\n"));
                assertThat(trickle(trickling)).isFalse();
            }
        }
    }

    @Test
    void whatJettyWouldRefuseInItsOwnWay_isRefusedAsTheInterfaceSays() throws Exception {
        String head = "GET /v1/head HTTP/1.1\r\nHost: a\r\n";
        Map<String, Integer> requests = Map.of(
                head + "Expect: a miracle\r\n\r\n",
                400, // Jetty: 417
                head + "Transfer-Encoding: gzip\r\n\r\n",
                400, // Jetty: 501
                head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
                400,
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                426,
                "GET /v1/head HTTP/3.0\r\nHost: a\r\n\r\n",
                505);
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = startTurned(fixture);
            for (Map.Entry<String, Integer> request : requests.entrySet()) {
                Reply reply = raw(station, request.getKey());
                assertThat(reply.status()).as(request.getKey()).isEqualTo(request.getValue());
                assertThat(reply.body()).isEmpty();
                assertThat(reply.headers()).containsEntry("cache-control", "no-store");
            }
        }
    }

    @Test
    void headersThatAreTooLong_are431() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base);
                RawHttp http = RawHttp.connect(startTurned(fixture).url())) {
            Reply reply = http.send("GET", "/v1/head", "X-Long: " + "x".repeat(8000) + "\r\n", new byte[0]);
            assertThat(reply.status()).isEqualTo(431);
            assertThat(reply.body()).isEmpty();
        }
    }

    @Test
    void moreConnectionsThanAllowed_waitUntilOneIsFree() throws Exception {
        HttpLimits two =
                new HttpLimits(4096, 2, Duration.ofSeconds(1), Duration.ofSeconds(5), 4096, 8, Duration.ofSeconds(2));
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start(options -> options.withLimits(two));
            station.turn();
            List<RawHttp> idle = List.of(RawHttp.connect(station.url()), RawHttp.connect(station.url()));
            // Served when the idle ones have been cut off.
            assertThat(RawHttp.get(station.url(), "/v1/head").status()).isEqualTo(200);
            for (RawHttp http : idle) {
                assertThat(http.isClosedByPeer()).isTrue();
                http.close();
            }
        }
    }

    @Test
    void stop_letsARequestInProgressEnd_andKeepsWhatItAcknowledged() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base);
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Station station = startTurned(fixture);
            byte[] bundle = fixture.bundle();
            try (RawHttp http = RawHttp.connect(station.url())) {
                beginBundle(http, bundle);
                Future<?> stopped = executor.submit(() -> {
                    station.close();
                    return true;
                });
                awaitNoAccept(station.url());
                http.write(Arrays.copyOfRange(bundle, bundle.length - 1, bundle.length));

                assertThat(http.read(false).status()).isEqualTo(202);
                stopped.get();
            }
            try (StationStore store = new StationFolder(fixture.folder()).openStoreReadOnly()) {
                assertThat(store.mailbox().queue()).hasSize(1);
            }
        }
    }

    @Test
    void stop_doesNotWaitForEverForARequestThatNeverEnds() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = startTurned(fixture);
            try (RawHttp http = RawHttp.connect(station.url())) {
                beginBundle(http, fixture.bundle());
                station.close();
                assertThat(http.isClosedByPeer()).isTrue();
            }
        }
    }

    @Test
    void unixSocket_isServedAndAStaleOneReplaced() throws Exception {
        Path socket = Files.createTempDirectory("s").resolve("s");
        try (StationFixture fixture = StationFixture.installed(base)) {
            SocketChannel.open(StandardProtocolFamily.UNIX).close();
            try (var stale = java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                stale.bind(UnixDomainSocketAddress.of(socket));
            }
            assertThat(socket).exists();
            Station station = fixture.start(options ->
                    new StationOptions(new ListenAddress.Unix(socket), false, options.limits(), options.moments(), 1));
            station.turn();
            assertThat(station.url()).isEqualTo("unix:" + socket);
            assertThat(Files.getPosixFilePermissions(socket)).hasSize(4);
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                channel.write(ByteBuffer.wrap(
                        RawHttp.ascii("GET /v1/head HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")));
                String answer = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).startsWith("HTTP/1.1 200 ").contains("lamplighter-head/v1");
            }
        }
    }

    @Test
    void log_holdsNothingOfARequest() throws Exception {
        try (LogCapture log = LogCapture.start();
                StationFixture fixture = StationFixture.installed(base)) {
            Station station = startTurned(fixture);
            String url = station.url();
            try (RawHttp http = RawHttp.connect(url)) {
                http.send("GET", "/v1/marker-in-the-path", "User-Agent: marker-agent\r\n", new byte[0]);
            }
            RawHttp.post(url, "/v1/bundles", fixture.bundle());
            RawHttp.post(url, "/v1/bundles", new byte[16_608]);
            put(station, 1);
            raw(station, "marker nonsense\r\n\r\n");
            station.close();

            Set<String> lines = new HashSet<>(log.lines());
            assertThat(lines)
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("127.0.0.1") || line.contains("marker") || line.contains(ID))
                    .allMatch(line -> line.startsWith("org.lamplighter.station "));
        }
    }

    /** Sends all of a bundle but its last byte; the station is reading it when this returns. */
    private static void beginBundle(RawHttp http, byte[] bundle) throws IOException {
        http.write(
                RawHttp.ascii("POST /v1/bundles HTTP/1.1\r\nHost: station\r\nExpect: 100-continue\r\nContent-Length: "
                        + bundle.length + "\r\n\r\n"));
        assertThat(http.read(true).status()).isEqualTo(100);
        http.write(Arrays.copyOf(bundle, bundle.length - 1));
    }

    private static void awaitNoAccept(String url) {
        boolean accepts = true;
        while (accepts) {
            try {
                RawHttp.connect(url).close();
            } catch (IOException e) {
                accepts = false;
            }
        }
    }

    /** Sends a header, one byte at a time, for two seconds; true when the connection was cut off meanwhile. */
    private static boolean trickle(RawHttp http) throws Exception {
        try {
            for (int i = 0; i < 20; i++) {
                http.write(RawHttp.ascii(i == 0 ? "X" : "x"));
                Thread.sleep(100);
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private Station startTurned(StationFixture fixture) throws Exception {
        Station station = fixture.start();
        station.turn();
        return station;
    }

    private static void assertRefused(Station station, byte[] upload) throws IOException {
        Reply reply = RawHttp.post(station.url(), "/v1/prekeys", upload);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEmpty();
    }

    private static Reply collect(Station station, byte[] request) throws IOException {
        return RawHttp.post(station.url(), "/v1/collect", request);
    }

    /** Puts a small chunk whose id and bytes are made of {@code number}. */
    private static int put(Station station, int number) throws IOException {
        byte[] chunk = new byte[SMALL_CHUNK];
        chunk[0] = (byte) number;
        return RawHttp.once(station.url(), "PUT", "/v1/chunks/" + String.format("%032x", number), chunk)
                .status();
    }

    private static Reply raw(Station station, String request) throws IOException {
        try (RawHttp http = RawHttp.connect(station.url())) {
            http.write(RawHttp.ascii(request));
            return http.read(false);
        }
    }

    private static Reply chunked(Station station, String method, String target, byte[] body) throws IOException {
        try (RawHttp http = RawHttp.connect(station.url())) {
            http.write(RawHttp.ascii(
                    method + " " + target + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"));
            http.write(RawHttp.ascii(Integer.toHexString(body.length) + "\r\n"));
            http.write(body);
            http.write(RawHttp.ascii("\r\n0\r\n\r\n"));
            return http.read(false);
        }
    }

    private static byte[] changed(byte[] bytes, int at, byte[] replacement) {
        byte[] out = bytes.clone();
        System.arraycopy(replacement, 0, out, at, replacement.length);
        return out;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }
}
