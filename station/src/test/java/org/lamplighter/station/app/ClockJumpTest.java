package org.lamplighter.station.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.station.http.RawHttp;
import org.lamplighter.station.http.RawHttp.Reply;

/** The clock of the machine is set: no head goes back or is signed twice, and nothing is removed because of a wrong clock. */
final class ClockJumpTest {
    private static final long HOUR = 3600;
    private static final long DAY = 24 * HOUR;
    private static final String CHUNK = "00".repeat(15) + "01";
    /** What waits may wait for two days. */
    private static final StationParameters PATIENT =
            new StationParameters("demo", 64, 2, 5, 600, 60, 180, (int) (2 * DAY), 600, 10, 1, 1L << 30);

    @TempDir
    private Path base;

    /** Heads that clients have seen, by epoch, in the order of their times. */
    private static final class Seen {
        private final Map<Long, String> heads = new HashMap<>();
        private final List<Long> times = new ArrayList<>();

        void look(Station station) throws Exception {
            Reply reply = RawHttp.get(station.url(), "/v1/head");
            String head = new String(reply.body(), StandardCharsets.UTF_8);
            assertThat(heads.computeIfAbsent(number(head, "epoch "), epoch -> head))
                    .isEqualTo(head);
            times.add(number(head, "time "));
            assertThat(times).isSorted();
        }

        private static long number(String head, String field) {
            return head.lines()
                    .filter(line -> line.startsWith(field))
                    .map(line -> Long.parseLong(line.substring(field.length())))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void backByAnHour_andPastTheLastHead_keepsEverything_andSignsNothingTwice() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base, PATIENT)) {
            Seen seen = new Seen();
            Station station = fixture.start();
            station.turn();
            seen.look(station);
            RawHttp.once(station.url(), "PUT", "/v1/chunks/" + CHUNK, new byte[65_552]);
            RawHttp.post(station.url(), "/v1/bundles", fixture.bundle());
            for (long back : new long[] {HOUR, 20 * HOUR}) {
                fixture.clock().advance(-back);
                assertThat(station.turn()).isEmpty();
                seen.look(station);
                // It goes on taking in, and a restart changes nothing.
                assertThat(RawHttp.post(station.url(), "/v1/bundles", fixture.bundle())
                                .status())
                        .isEqualTo(202);
                station.close();
                station = fixture.start();
                assertThat(station.turn()).isEmpty();
                seen.look(station);
                assertThat(RawHttp.get(station.url(), "/v1/chunks/" + CHUNK).status())
                        .isEqualTo(200);
                fixture.assertSound();
                fixture.clock().advance(back + fixture.parameters().epochSeconds());
                assertThat(station.turn()).isPresent();
                seen.look(station);
                fixture.assertSound();
            }
        }
    }

    @Test
    void beforeTheCertificate_theStartSaysWhy() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            fixture.clock().advance(-3 * DAY);
            assertThatThrownBy(fixture::start)
                    .isInstanceOfSatisfying(
                            CommandFailure.class,
                            failure -> assertThat(failure.error() + failure.hint())
                                    .contains("not valid yet")
                                    .contains("check the clock"));
        }
    }

    /** A day of the machine's own time did not go by: the schedule waits, and when the clock is right again it goes on. */
    @Test
    void aheadByFortyDays_whileItRuns_publishesNothing_andRemovesNothing() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base, PATIENT);
                LogCapture log = LogCapture.start()) {
            Station station = fixture.start();
            station.turn();
            RawHttp.once(station.url(), "PUT", "/v1/chunks/" + CHUNK, new byte[65_552]);
            TurnSchedule schedule = TurnSchedule.start(station, fixture.clock());
            try (schedule) {
                fixture.clock().advance(40 * DAY);
                await(log, "went ahead");
                assertThat(station.currentEpoch()).contains(1L);

                fixture.clock().advance(-40 * DAY);
                assertThat(RawHttp.get(station.url(), "/v1/chunks/" + CHUNK).status())
                        .isEqualTo(200);
                fixture.clock().advance(fixture.parameters().epochSeconds());
                while (station.currentEpoch().orElseThrow() == 1L) {
                    Thread.sleep(20);
                }
                fixture.assertSound();
            }
        }
    }

    /** As after an empty battery: until the clock has been set, nothing is published and nothing removed. */
    @Test
    void aheadByTwentyDays_whenItStarts_isGivenTimeToBeSet_andThenItGoesOn() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base, PATIENT);
                LogCapture log = LogCapture.start()) {
            Station station = fixture.start();
            station.turn();
            RawHttp.once(station.url(), "PUT", "/v1/chunks/" + CHUNK, new byte[65_552]);
            station.close();
            fixture.clock().advance(20 * DAY);
            station = fixture.start();
            assertThat(station.clockDoubt()).isEqualTo(ClockDoubt.LAST_HEAD_OLD);
            TurnSchedule schedule = TurnSchedule.start(station, fixture.clock(), Duration.ofHours(1));
            try (schedule) {
                await(log, "the last head is more than a day old");
                assertThat(station.currentEpoch()).contains(1L);

                fixture.clock().advance(-20 * DAY + fixture.parameters().epochSeconds());
                while (station.currentEpoch().orElseThrow() == 1L) {
                    Thread.sleep(20);
                }
                assertThat(RawHttp.get(station.url(), "/v1/chunks/" + CHUNK).status())
                        .isEqualTo(200);
                fixture.assertSound();
            }
        }
    }

    /** The planted fault, and what a station that stood still for so long does when the time for setting the clock is over. */
    @Test
    void aheadByTwentyDays_whenItStarts_isBelievedWithoutThatTime() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base, PATIENT)) {
            Station station = fixture.start();
            station.turn();
            RawHttp.once(station.url(), "PUT", "/v1/chunks/" + CHUNK, new byte[65_552]);
            station.close();
            fixture.clock().advance(20 * DAY);
            station = fixture.start();
            TurnSchedule schedule = TurnSchedule.start(station, fixture.clock(), Duration.ZERO);
            try (schedule) {
                while (station.currentEpoch().orElseThrow() == 1L) {
                    Thread.sleep(20);
                }
            }
            assertThat(RawHttp.get(station.url(), "/v1/chunks/" + CHUNK).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void doubt_isOfAClockThatIsBeforeTheLastHead_orADayAfterIt() {
        Instant head = Instant.ofEpochSecond(1_795_000_000);
        Duration epoch = Duration.ofHours(1);
        assertThat(ClockDoubt.of(Optional.empty(), head, epoch)).isEqualTo(ClockDoubt.NONE);
        assertThat(ClockDoubt.of(Optional.of(head), head.minusSeconds(HOUR), epoch))
                .isEqualTo(ClockDoubt.NONE);
        assertThat(ClockDoubt.of(Optional.of(head), head.minusSeconds(HOUR + 1), epoch))
                .isEqualTo(ClockDoubt.BEFORE_LAST_HEAD);
        assertThat(ClockDoubt.of(Optional.of(head), head.plusSeconds(DAY + HOUR), epoch))
                .isEqualTo(ClockDoubt.NONE);
        assertThat(ClockDoubt.of(Optional.of(head), head.plusSeconds(DAY + HOUR + 1), epoch))
                .isEqualTo(ClockDoubt.LAST_HEAD_OLD);
        assertThat(ClockDoubt.BEFORE_LAST_HEAD.text()).contains("date -u");
    }

    /** The planted fault: without the schedule's doubt the same jump removes the chunk, and silences the station. */
    @Test
    void aheadByFortyDays_believed_isNotMadeGoodAgain() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base, PATIENT)) {
            Station station = fixture.start();
            station.turn();
            RawHttp.once(station.url(), "PUT", "/v1/chunks/" + CHUNK, new byte[65_552]);
            fixture.clock().advance(40 * DAY);
            assertThat(station.turn()).isPresent();

            fixture.clock().advance(-40 * DAY + fixture.parameters().epochSeconds());
            assertThat(station.turn()).isEmpty();
            assertThat(RawHttp.get(station.url(), "/v1/chunks/" + CHUNK).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void aheadByHalfADay_isBelieved_andNothingIsLost() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base, PATIENT);
                LogCapture log = LogCapture.start()) {
            Station station = fixture.start();
            station.turn();
            RawHttp.once(station.url(), "PUT", "/v1/chunks/" + CHUNK, new byte[65_552]);
            RawHttp.post(station.url(), "/v1/bundles", fixture.bundle());
            TurnSchedule schedule = TurnSchedule.start(station, fixture.clock());
            try (schedule) {
                fixture.clock().advance(DAY / 2);
                while (station.currentEpoch().orElseThrow() == 1L) {
                    Thread.sleep(20);
                }
            }
            assertThat(log.lines()).noneMatch(line -> line.contains("went ahead"));
            assertThat(RawHttp.get(station.url(), "/v1/chunks/" + CHUNK).status())
                    .isEqualTo(200);
            fixture.assertSound();
        }
    }

    private static void await(LogCapture log, String text) throws InterruptedException {
        while (log.lines().stream().noneMatch(line -> line.contains(text))) {
            Thread.sleep(20);
        }
    }
}
