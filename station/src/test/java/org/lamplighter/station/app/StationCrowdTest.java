package org.lamplighter.station.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.station.http.HttpLimits;
import org.lamplighter.station.http.RawHttp;

/** Whoever takes all the places and does little with them must not keep others out. */
final class StationCrowdTest {
    private static final int SMALL_CHUNK = 65_552;
    private static final String ID = "00112233445566778899aabbccddeeff";
    private static final Duration FOR_EVER = Duration.ofMinutes(10);
    private static final HttpLimits NARROW =
            new HttpLimits(4096, 4, FOR_EVER, FOR_EVER, 4096, 1, Duration.ofMillis(100));
    /** For what must come; only a test that fails waits so long. */
    private static final int LONG = 20_000;
    /** For what must not come. */
    private static final int SHORT = 2000;

    @TempDir
    private Path base;

    @Test
    void connectionsThatSayNothing_makeRoom() throws Exception {
        assertThat(headBesideSilence(NARROW, LONG)).isTrue();
    }

    @Test
    void connectionsThatSayNothing_withPatience_keepOthersOut_soTheCheckCanFail() throws Exception {
        assertThat(headBesideSilence(NARROW.withPatience(FOR_EVER), SHORT)).isFalse();
    }

    @Test
    void uploadThatCrawls_losesItsPlaceToTheNext() throws Exception {
        assertThat(chunkBesideACrawl(NARROW, LONG)).isTrue();
    }

    @Test
    void uploadThatCrawls_withPatience_keepsOthersOut_soTheCheckCanFail() throws Exception {
        assertThat(chunkBesideACrawl(NARROW.withPatience(FOR_EVER), SHORT)).isFalse();
    }

    @Test
    void requestThatWaitsForTheStation_isNotClosedToMakeRoom() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = started(fixture, NARROW);
            List<RawHttp> crowd = new ArrayList<>();
            try (RawHttp poster = RawHttp.connect(station.url())) {
                poster.write(RawHttp.ascii("POST /v1/bundles HTTP/1.1\r\nHost: h\r\nContent-Length: 16608\r\n\r\n"));
                poster.write(fixture.bundle());
                for (int i = 0; i < 40; i++) {
                    crowd.add(RawHttp.connect(station.url()));
                }
                assertThat(poster.read(false).status()).isEqualTo(202);
            } finally {
                close(crowd);
            }
        }
    }

    /** Whether a head is answered while forty connections that say nothing want to be open. */
    private boolean headBesideSilence(HttpLimits limits, int millis) throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = started(fixture, limits);
            List<RawHttp> silent = new ArrayList<>();
            try {
                for (int i = 0; i < 40; i++) {
                    silent.add(RawHttp.connect(station.url()));
                }
                try (RawHttp reader = RawHttp.connect(station.url(), millis)) {
                    return reader.send("GET", "/v1/head", "", new byte[0]).status() == 200;
                } catch (SocketTimeoutException e) {
                    return false;
                }
            } finally {
                close(silent);
            }
        }
    }

    /** Whether a chunk is taken while another holds the only place and sends hardly anything. */
    private boolean chunkBesideACrawl(HttpLimits limits, int millis) throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = started(fixture, limits);
            try (RawHttp crawling = RawHttp.connect(station.url());
                    RawHttp next = RawHttp.connect(station.url(), millis)) {
                crawling.write(RawHttp.ascii("PUT /v1/chunks/" + "1".repeat(32)
                        + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + SMALL_CHUNK + "\r\n\r\nx"));
                Thread.sleep(500);
                return next.send("PUT", "/v1/chunks/" + ID, "", new byte[SMALL_CHUNK])
                                .status()
                        == 200;
            } catch (SocketTimeoutException e) {
                return false;
            }
        }
    }

    private static Station started(StationFixture fixture, HttpLimits limits) throws Exception {
        Station station = fixture.start(options -> options.withLimits(limits));
        station.turn();
        return station;
    }

    private static void close(List<RawHttp> connections) throws IOException {
        for (RawHttp connection : connections) {
            connection.close();
        }
    }
}
