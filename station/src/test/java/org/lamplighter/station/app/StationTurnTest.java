package org.lamplighter.station.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.core.epoch.Head;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.prekey.KeysFile;
import org.lamplighter.core.prekey.VerifiedKeys;
import org.lamplighter.station.http.RawHttp;
import org.lamplighter.station.http.RawHttp.Reply;
import org.lamplighter.station.store.StationStore;

/** Whole station, real files, real HTTP, pinned clock: what happens at boundaries. */
final class StationTurnTest {
    private static final int T = StationFixture.SMALLEST.epochSeconds();

    @TempDir
    private Path base;

    @Test
    void firstTurn_publishesTheEpochOfTheLastBoundary() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            fixture.clock().advance(3);
            Station station = fixture.start();
            assertThat(RawHttp.get(station.url(), "/v1/head").status()).isEqualTo(503);

            assertThat(station.turn()).contains(1L);

            Head head = head(fixture, station);
            assertThat(head.epoch()).isEqualTo(1);
            assertThat(head.time()).isEqualTo(StationFixture.START);
            fixture.assertSound();
        }
    }

    @Test
    void turn_betweenBoundaries_doesNothing_atTheCutOff_builds_atTheBoundary_publishes() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            station.turn();

            fixture.clock().advance(3);
            assertThat(station.turn()).isEmpty();
            assertThat(fixture.folder().resolve("epochs/building-2")).doesNotExist();
            fixture.clock().advance(1); // cut-off: a fifth of an epoch before
            assertThat(station.turn()).isEmpty();
            assertThat(fixture.folder().resolve("epochs/building-2")).exists();
            assertThat(head(fixture, station).epoch()).isEqualTo(1);
            fixture.assertSound();
            fixture.clock().advance(1);
            assertThat(station.turn()).contains(2L);
            assertThat(head(fixture, station).time()).isEqualTo(StationFixture.START + T);
            fixture.assertSound();
        }
    }

    @Test
    void turn_thatComesTooLate_publishesWhatWasEntered_beforeItBuildsTheNext() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            station.turn();
            fixture.clock().advance(T - 1);
            station.turn();
            assertThat(fixture.folder().resolve("epochs/building-2")).exists();

            fixture.clock().advance(T); // past the boundary, and past the next cut-off
            assertThat(station.turn()).contains(2L);
            assertThat(head(fixture, station).epoch()).isEqualTo(2);
            fixture.assertSound();
            fixture.clock().advance(5 * T + 1); // and past the boundary of the one that is built, and others
            assertThat(station.turn()).contains(4L);
            fixture.assertSound();
        }
    }

    @Test
    void turn_afterLostTime_publishesOneEpochForTheLastBoundary() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            station.turn();
            fixture.clock().advance(1000 * T + 2);

            assertThat(station.turn()).contains(2L);
            assertThat(head(fixture, station).time()).isEqualTo(StationFixture.START + 1000L * T);
            assertThat(station.turn()).isEmpty();
        }
    }

    @Test
    void turn_whenTheClockWentBack_waitsUntilItHasCaughtUp() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base);
                LogCapture log = LogCapture.start()) {
            Station station = fixture.start();
            station.turn();
            fixture.clock().advance(-100);

            for (int i = 0; i < 5; i++) {
                assertThat(station.turn()).isEmpty();
            }
            assertThat(log.lines()).filteredOn(line -> line.contains("clock")).hasSize(1);
            assertThat(head(fixture, station).epoch()).isEqualTo(1);
            fixture.clock().advance(100 + T);
            assertThat(station.turn()).contains(2L);
        }
    }

    @Test
    void bundle_isInTheMailboxFromTheNextEpochUntilItsTimeIsOver() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            station.turn();
            assertThat(RawHttp.post(station.url(), "/v1/bundles", fixture.bundle())
                            .status())
                    .isEqualTo(202);
            assertThat(live(fixture)).isZero();

            next(fixture, station);
            assertThat(live(fixture)).isEqualTo(2);
            StationParameters p = fixture.parameters();
            long admitted = fixture.clock().second();
            // The first boundary at or after the multiple of 60 s that follows admission + ttl.
            long leaves = Math.ceilDiv(admitted + p.ttlSeconds(), p.expirySeconds()) * p.expirySeconds();
            fixture.clock().set(leaves - T);
            assertThat(station.turn()).isPresent();
            assertThat(live(fixture)).isEqualTo(2);
            fixture.clock().set(leaves);
            assertThat(station.turn()).isPresent();
            assertThat(live(fixture)).isZero();
            fixture.assertSound();
        }
    }

    @Test
    void bundles_beyondTheBurst_waitForTheirTurnAndAreAllAdmittedInTheEnd() throws Exception {
        StationParameters p = new StationParameters("demo", 64, 2, 5, 600, 60, 60, 7 * 86_400, 600, 10, 1, 0);
        try (StationFixture fixture = StationFixture.installed(base, p)) {
            Station station = fixture.start();
            station.turn();
            for (int i = 0; i < 8; i++) {
                RawHttp.post(station.url(), "/v1/bundles", fixture.bundle());
            }
            next(fixture, station);
            int admitted = live(fixture) / 2;
            assertThat(admitted).isBetween(1, 3); // the bucket holds 32 x 60 / 720 = 2.7 bundles
            assertThat(waiting(fixture)).isEqualTo(8 - admitted);

            for (int i = 0; i < 1000 && waiting(fixture) > 0; i++) {
                next(fixture, station);
                assertThat(live(fixture)).isLessThanOrEqualTo(64);
            }
            assertThat(waiting(fixture)).isZero();
            fixture.assertSound();
        }
    }

    @Test
    void bundle_thatWaitedTooLong_isDropped() throws Exception {
        StationParameters p = new StationParameters("demo", 64, 2, 5, 600, 60, 60, 10, 600, 10, 1, 0);
        try (StationFixture fixture = StationFixture.installed(base, p)) {
            Station station = fixture.start();
            station.turn();
            for (int i = 0; i < 8; i++) {
                RawHttp.post(station.url(), "/v1/bundles", fixture.bundle());
            }
            next(fixture, station);
            next(fixture, station);
            assertThat(waiting(fixture)).isGreaterThanOrEqualTo(3);
            next(fixture, station); // older than waiting-seconds now

            assertThat(waiting(fixture)).isZero();
            fixture.assertSound();
        }
    }

    @Test
    void repeatedBundle_isAnsweredAlikeAndAdmittedOnce() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            station.turn();
            byte[] bundle = fixture.bundle();
            Reply first = RawHttp.post(station.url(), "/v1/bundles", bundle);
            Reply second = RawHttp.post(station.url(), "/v1/bundles", bundle);
            next(fixture, station);
            Reply third = RawHttp.post(station.url(), "/v1/bundles", bundle);
            next(fixture, station);

            for (Reply reply : List.of(second, third)) {
                assertThat(reply.status()).isEqualTo(first.status());
                assertThat(reply.headers()).isEqualTo(first.headers());
                assertThat(reply.body()).isEqualTo(first.body());
            }
            assertThat(live(fixture)).isEqualTo(2);
        }
    }

    @Test
    void queueAndEpochs_surviveARestart() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            station.turn();
            RawHttp.post(station.url(), "/v1/bundles", fixture.bundle());
            byte[] before = RawHttp.get(station.url(), "/v1/head").body();
            station.close();

            Station again = fixture.start();
            assertThat(RawHttp.get(again.url(), "/v1/head").body()).isEqualTo(before);
            assertThat(waiting(fixture)).isEqualTo(1);
            next(fixture, again);
            assertThat(live(fixture)).isEqualTo(2);
            fixture.assertSound();
        }
    }

    @Test
    void prekeys_areInTheKeysFileFromTheNextEpoch() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            station.turn();
            long slot = fixture.parameters().prekeySlot(fixture.clock().second());
            assertThat(keys(fixture, station).addressees().getFirst().prekey()).isEmpty();

            Reply reply = RawHttp.post(station.url(), "/v1/prekeys", fixture.prekeys(slot - 3));
            assertThat(reply.status()).isEqualTo(200);
            next(fixture, station);

            VerifiedKeys keys = keys(fixture, station);
            assertThat(keys.slot()).isEqualTo(slot);
            assertThat(keys.addressees().getFirst().prekey()).isPresent();
            fixture.assertSound();
        }
    }

    @Test
    void adjacentEpochs_shareNoWordOfTheirHints() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            station.turn();
            Set<String> before =
                    words(RawHttp.get(station.url(), "/v1/epochs/1/hints").body());
            next(fixture, station);
            Set<String> after =
                    words(RawHttp.get(station.url(), "/v1/epochs/2/hints").body());

            assertThat(before).hasSize(64).doesNotContainAnyElementsOf(after);
        }
    }

    @Test
    void roster_installedWhileRunning_isTakenUp() throws Exception {
        try (StationFixture fixture = StationFixture.bare(base, StationFixture.SMALLEST)) {
            fixture.installCertificate(1, p -> p);
            Station station = fixture.start();
            assertThat(station.turn()).isEmpty();
            assertThat(RawHttp.get(station.url(), "/v1/head").status()).isEqualTo(503);

            fixture.installRoster();

            assertThat(station.turn()).contains(1L);
        }
    }

    @Test
    void certificate_thatExpiresWhileRunning_stopsTheEpochsUntilANewOne() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            station.turn();
            fixture.clock().advance(365L * 86_400);

            assertThat(station.turn()).isEmpty();
            fixture.installCertificate(2, p -> p);
            assertThat(station.turn()).contains(2L);
        }
    }

    private static void next(StationFixture fixture, Station station) throws Exception {
        fixture.clock().advance(T);
        assertThat(station.turn()).isPresent();
    }

    private static Head head(StationFixture fixture, Station station) throws Exception {
        return Head.verify(
                RawHttp.get(station.url(), "/v1/head").body(),
                fixture.certificate(1, p -> p).stationNoteKey());
    }

    private static VerifiedKeys keys(StationFixture fixture, Station station) throws Exception {
        long epoch = station.currentEpoch().orElseThrow();
        return KeysFile.verify(
                RawHttp.get(station.url(), "/v1/epochs/" + epoch + "/keys").body(), fixture.newsroom());
    }

    private static int live(StationFixture fixture) throws Exception {
        try (StationStore store = new StationFolder(fixture.folder()).openStoreReadOnly()) {
            return (int) store.mailbox().leaving().stream().filter(t -> t != 0).count();
        }
    }

    private static int waiting(StationFixture fixture) throws Exception {
        try (StationStore store = new StationFolder(fixture.folder()).openStoreReadOnly()) {
            return store.mailbox().queue().size();
        }
    }

    private static Set<String> words(byte[] hints) {
        Set<String> words = new HashSet<>();
        for (int at = 0; at < hints.length; at += 48) {
            words.add(new String(hints, at, 32, StandardCharsets.ISO_8859_1));
        }
        return words;
    }
}
