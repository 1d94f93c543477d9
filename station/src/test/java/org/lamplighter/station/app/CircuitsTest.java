package org.lamplighter.station.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lamplighter.station.http.HttpLimits;
import org.lamplighter.station.http.ListenAddress;
import org.lamplighter.station.http.RawHttp;
import org.lamplighter.station.http.RawHttp.Reply;

/** One circuit, one bundle an epoch (docs/spec 6.13, docs/decisions/0010). */
final class CircuitsTest {
    private static final String LINE = "PROXY TCP6 fc00:dead:beef:4dad::%x:%x ::1 40000 80\r\n";

    @TempDir
    private Path base;

    @Test
    void secondBundleOfACircuit_is429_untilTheNextEpoch_andTellsNothingOfTheQueue() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = started(fixture);
            byte[] bundle = fixture.bundle();
            assertThat(post(station, 1, bundle).status()).isEqualTo(202);
            assertThat(post(station, 1, bundle).status()).isEqualTo(202);
            Reply refused = post(station, 1, fixture.bundle());
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body()).isEmpty();
            assertThat(post(station, 0x1_0001, fixture.bundle()).status()).isEqualTo(202);
            assertThat(post(station, 0xffff_ffff, fixture.bundle()).status()).isEqualTo(202);

            fixture.clock().advance(fixture.parameters().epochSeconds());
            assertThat(post(station, 1, fixture.bundle()).status()).isEqualTo(202);
        }
    }

    /** The planted fault: a station that is not told of circuits takes as many as anybody sends. */
    @Test
    void secondBundle_withoutCircuits_isTaken_soTheCheckCanFail() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            station.turn();
            try (RawHttp http = RawHttp.connect(station.url())) {
                assertThat(http.send("POST", "/v1/bundles", "", fixture.bundle())
                                .status())
                        .isEqualTo(202);
                assertThat(http.send("POST", "/v1/bundles", "", fixture.bundle())
                                .status())
                        .isEqualTo(202);
            }
        }
    }

    @Test
    void refusedBundle_neverWaits() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = started(fixture);
            for (int i = 0; i < 5; i++) {
                post(station, 1, fixture.bundle());
            }
            assertThat(fixture.command("status", fixture.folder().toString()).out())
                    .contains("waiting: 1 bundle of");
        }
    }

    @Test
    void everythingElse_isAnsweredAsEver_onOneConnectionAndInPieces() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = started(fixture);
            try (RawHttp http = RawHttp.connect(station.url())) {
                String line = String.format(LINE, 3, 4);
                http.write(RawHttp.ascii(line.substring(0, 20)));
                Thread.sleep(100);
                http.write(RawHttp.ascii(line.substring(20) + "GET /v1/he"));
                Thread.sleep(100);
                http.write(RawHttp.ascii("ad HTTP/1.1\r\nHost: h\r\n\r\n"));
                assertThat(http.read(false).status()).isEqualTo(200);
                for (int i = 0; i < 3; i++) {
                    assertThat(http.send("GET", "/v1/epochs/1/hints", "", new byte[0])
                                    .status())
                            .isEqualTo(200);
                }
            }
        }
    }

    @Test
    void circuits_onAUnixSocket() throws Exception {
        Path socket = Files.createTempDirectory("s").resolve("s");
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start(options ->
                    new StationOptions(new ListenAddress.Unix(socket), true, options.limits(), options.moments(), 1));
            station.turn();
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                channel.write(ByteBuffer.wrap(RawHttp.ascii(
                        String.format(LINE, 0, 5) + "GET /v1/head HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")));
                assertThat(new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/head HTTP/1.1\r\nHost: h\r\n\r\n",
                "PROXY TCP6 fc00:dead:beef:4dad::1:2 ::1 1 80\nGET /v1/head HTTP/1.1\r\nHost: h\r\n\r\n",
                "PROXY TCP6 fc00:dead:beef:4dae::1:2 ::1 1 80\r\nGET /v1/head HTTP/1.1\r\nHost: h\r\n\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 1 80\r\nGET /v1/head HTTP/1.1\r\nHost: h\r\n\r\n",
                "PROXY TCP6 example.invalid ::1 1 80\r\nGET /v1/head HTTP/1.1\r\nHost: h\r\n\r\n",
                "PROXY UNKNOWN\r\nGET /v1/head HTTP/1.1\r\nHost: h\r\n\r\n",
                "PROXY TCP6 fc00:dead:beef:4dad::1:2:3 ::1 1 80\r\nGET /v1/head HTTP/1.1\r\nHost: h\r\n\r\n",
                "PROXY TCP6 fc00:dead:beef:4dad::12345:2 ::1 1 80\r\nGET /v1/head HTTP/1.1\r\nHost: h\r\n\r\n",
                "proxy TCP6 fc00:dead:beef:4dad::1:2 ::1 1 80\r\nGET /v1/head HTTP/1.1\r\nHost: h\r\n\r\n",
            })
    void connectionThatBeginsOtherwise_isClosedWithoutAnAnswer(String bytes) throws Exception {
        try (StationFixture fixture = StationFixture.installed(base);
                RawHttp http = RawHttp.connect(started(fixture).url())) {
            http.write(RawHttp.ascii(bytes));
            assertThat(http.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void lineWithoutEnd_isCutOff() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base);
                RawHttp http = RawHttp.connect(started(fixture).url())) {
            http.write(RawHttp.ascii("PROXY TCP6 " + "0".repeat(200)));
            assertThat(http.isClosedByPeer()).isTrue();
        }
    }

    /** A connection that was forgotten to be forgotten would count for ever. */
    @Test
    void connectionsThatAreOver_areNotCounted() throws Exception {
        HttpLimits two =
                new HttpLimits(4096, 2, Duration.ofMinutes(5), Duration.ofMinutes(5), 4096, 8, Duration.ofMinutes(5));
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start(options -> options.withCircuits().withLimits(two));
            station.turn();
            for (int i = 0; i < 40; i++) {
                try (RawHttp http = onCircuit(station, i)) {
                    assertThat(http.send("GET", "/v1/head", "", new byte[0]).status())
                            .isEqualTo(200);
                }
            }
            try (RawHttp http = onCircuit(station, 1)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(http.send("GET", "/v1/head", "", new byte[0]).status())
                            .isEqualTo(200);
                    Thread.sleep(300); // others have ended by now
                }
            }
        }
    }

    @Test
    void circuits_onAnAddressThatOthersReach_areRefused() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            StationFixture.Transcript transcript = fixture.command(
                    "run", fixture.folder().toString(), "--listen", "0.0.0.0:0", "--circuits", "haproxy");
            assertThat(transcript.exit()).isEqualTo(1);
            assertThat(transcript.err())
                    .contains("error: --circuits trusts whoever connects")
                    .contains("hint: ");
            assertThat(fixture.command("run", fixture.folder().toString(), "--circuits", "other")
                            .exit())
                    .isEqualTo(2);
        }
    }

    private static Station started(StationFixture fixture) throws Exception {
        Station station = fixture.start(StationOptions::withCircuits);
        station.turn();
        return station;
    }

    private static RawHttp onCircuit(Station station, int circuit) throws IOException {
        RawHttp http = RawHttp.connect(station.url());
        http.write(RawHttp.ascii(String.format(LINE, circuit >>> 16, circuit & 0xffff)));
        return http;
    }

    private static Reply post(Station station, int circuit, byte[] bundle) throws IOException {
        try (RawHttp http = onCircuit(station, circuit)) {
            return http.send("POST", "/v1/bundles", "", bundle);
        }
    }
}
