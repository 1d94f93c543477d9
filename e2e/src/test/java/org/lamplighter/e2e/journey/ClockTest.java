package org.lamplighter.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.cli.source.Findings;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationFailure;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.core.epoch.EpochClock;
import org.lamplighter.core.epoch.EpochClock.Freshness;
import org.lamplighter.core.mailbox.Expiry;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.desk.app.JournalistDesk;
import org.lamplighter.desk.app.MessageView;
import org.lamplighter.testkit.MemoryFolder;

/**
 * Anonymity T11: machines whose clocks are ten minutes off, summer time, the turn of an epoch within a session, leap days and the year
 * 2038 change nothing, and a clock that is too wrong stops sending.
 */
@Tag("statistics")
final class ClockTest {
    private static final String ADA = "Ada Example";
    private static final long TEN_MINUTES = 600;
    private static final int DAY = 86_400;
    private static final int HOUR = 3_600;

    /** The times of the production profiles in a small mailbox. */
    private static final StationParameters HOURLY =
            new StationParameters("hourly", 64, 2, HOUR, 14 * DAY, DAY, 3 * DAY, 3 * DAY, DAY / 2, 10, 90, 0);

    /** Stale after a minute. */
    private static final StationParameters QUICK =
            new StationParameters("quick", 64, 2, 5, 600, 60, 180, 120, 600, 10, 1, 0);

    private static final StationParameters DAILY =
            new StationParameters("daily", 64, 2, DAY, 14 * DAY, DAY, 3 * DAY, 3 * DAY, DAY / 2, 10, 90, 0);

    /** Half an hour, an hour, two hours; north and south; and one that went from one day to the next. */
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("America/New_York"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Antarctica/Troll"),
            ZoneId.of("Pacific/Apia"));

    @TempDir(factory = MemoryFolder.class)
    private Path base;

    private final TimeZone zone = TimeZone.getDefault();
    private Optional<World> open = Optional.empty();

    /** The day grid on which a row leaves, as a second. */
    private interface DayGrid {
        long dueAt(long admitted);
    }

    @AfterEach
    void close() throws Exception {
        TimeZone.setDefault(zone);
        if (open.isPresent()) {
            open.get().close();
        }
    }

    @Test
    void clocksTenMinutesOff_changeNothing_whereAnEpochIsAnHour() throws Exception {
        for (long ahead : new long[] {-TEN_MINUTES, TEN_MINUTES}) {
            World world = world(HOURLY, World.START);
            Source source = new Source(world, ahead);
            source.send("the tender was altered", List.of());
            world.nextEpoch();
            world.nextEpoch();
            try (JournalistDesk desk = world.desk(ADA, -ahead)) {
                assertThat(desk.session(Progress.none()).received()).isEqualTo(1);
                desk.reply(desk.conversations().getFirst().designation(), "which office?");
                assertThat(desk.session(Progress.none()).posted()).isTrue();
            }
            world.nextEpoch();
            world.nextEpoch();
            Findings found = source.read();
            assertThat(found.freshness()).isEqualTo(Freshness.CURRENT);
            assertThat(found.replies()).hasSize(1);
            assertThat(found.sent()).hasSize(1);
        }
    }

    @Test
    void clocksTenMinutesOff_areSaid_andNothingIsSent_whereAMinuteIsTooMuch() throws Exception {
        World world = world(QUICK, World.START);
        for (long ahead : new long[] {-TEN_MINUTES, TEN_MINUTES}) {
            Source source = new Source(world, ahead);
            assertThat(source.read().freshness()).isNotEqualTo(Freshness.CURRENT);
            assertThatThrownBy(() -> source.send("the tender was altered", List.of()))
                    .isInstanceOf(StationFailure.class);
        }
        for (long ahead : new long[] {-55, 55}) {
            new Source(world, ahead).send("the tender was altered", List.of());
        }
        for (int epoch = 0; epoch < 12; epoch++) {
            world.nextEpoch();
        }
        assertThat(world.session(ADA).received())
                .as("of the two that were sent")
                .isEqualTo(2);
    }

    @Test
    void summerTime_changesNoBoundaryNoDayAndNoEpoch() throws Exception {
        Expiry expiry = Expiry.of(HOURLY);
        assertThat(deviations(expiry::dueAt)).isZero();

        List<String> inUtc = headsAround(ZoneId.of("UTC"));
        assertThat(inUtc).hasSize(6).doesNotHaveDuplicates();
        for (ZoneId each : ZONES) {
            assertThat(headsAround(each)).as(each.getId()).isEqualTo(inUtc);
        }
    }

    /** The fault: days as the machine's zone has them. */
    @Test
    void plantedFault_daysOfTheLocalZone_areSeen() {
        assertThat(deviations(admitted -> {
                    LocalDate day = LocalDate.ofInstant(
                            Instant.ofEpochSecond(admitted + HOURLY.ttlSeconds() - 1), ZoneId.systemDefault());
                    return day.plusDays(1).atStartOfDay(ZoneId.systemDefault()).toEpochSecond();
                }))
                .isPositive();
    }

    @Test
    void epochThatTurnsWithinASession_isServedToItsEnd_andTheBundleIsTaken() throws Exception {
        World world = world(HOURLY, World.START);
        for (String at : List.of("/parameters ", "/hints ", "/bodies/00 ", "/bodies/63 ")) {
            long before = world.epoch();
            boolean[] turned = {false};
            world.tap().beforeRequests(request -> {
                if (!turned[0] && request.contains(at)) {
                    turned[0] = true;
                    world.await(Instant.ofEpochSecond(world.clock().second() / HOUR * HOUR + HOUR));
                }
            });
            try (StationSession session = world.client().session()) {
                VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
                assertThat(epoch.head().epoch()).isEqualTo(before);
            }
            assertThat(world.epoch()).isEqualTo(before + 1);
            world.tap().beforeRequests(request -> {});
        }
        Source source = new Source(world);
        boolean[] turned = {false};
        world.tap().beforeRequests(request -> {
            if (!turned[0] && request.startsWith("POST /v1/bundles ")) {
                turned[0] = true;
                world.await(Instant.ofEpochSecond(world.clock().second() / HOUR * HOUR + HOUR));
            }
        });
        source.send("the tender was altered", List.of());
        assertThat(turned[0]).isTrue();
        world.nextEpoch();
        world.nextEpoch();
        assertThat(world.session(ADA).received()).isEqualTo(1);
    }

    @Test
    void letterWrittenBeforeALeapDay_staysItsFourteenDays_andNoLonger() throws Exception {
        staysItsTime(LocalDate.of(2028, 2, 22));
    }

    @Test
    void letterWrittenBeforeTheYear2038sSecond_staysItsFourteenDays() throws Exception {
        staysItsTime(LocalDate.of(2038, 1, 13));
    }

    @Test
    void letterWrittenBeforeTheLastFebruaryOfACentury_staysItsFourteenDays() throws Exception {
        staysItsTime(LocalDate.of(2100, 2, 22));
    }

    /** From two days before the leap day on, rows are there from the day after they came for fourteen days. */
    private void staysItsTime(LocalDate start) throws Exception {
        World world = world(DAILY, start.toEpochDay() * DAY);
        Source source = new Source(world);
        while (world.today() < 4) {
            world.nextEpoch();
        }
        source.send("the tender was altered", List.of());
        List<Long> there = new ArrayList<>();
        for (int day = 0; day < 20; day++) {
            world.nextEpoch();
            if (!source.read().sent().isEmpty()) {
                there.add(world.today());
            }
        }
        assertThat(there).hasSize(14);
        assertThat(there.getLast() - there.getFirst()).isEqualTo(13);
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
            assertThat(desk.conversations()).as("she did not come in time").isEmpty();
        }
        source.send("once more", List.of());
        world.nextEpoch();
        world.nextEpoch();
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
            MessageView letter =
                    desk.messages(desk.conversations().getFirst().designation()).getFirst();
            assertThat(letter.text()).contains("once more");
        }
    }

    private World world(StationParameters parameters, long start) throws Exception {
        if (open.isPresent()) {
            open.get().close();
        }
        World world = World.open(Files.createTempDirectory(base, "world"), parameters, start);
        open = Optional.of(world);
        world.beginCounting();
        world.enrol(ADA);
        return world;
    }

    /** The heads of six hours about a change of time in Berlin, of a station on a machine in this zone. */
    private List<String> headsAround(ZoneId machine) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone(machine));
        long change = Instant.parse("2027-10-31T01:00:00Z").getEpochSecond();
        if (open.isPresent()) {
            open.get().close();
        }
        World world = World.open(Files.createTempDirectory(base, "world"), HOURLY, change - 3 * HOUR);
        open = Optional.of(world);
        List<String> heads = new ArrayList<>();
        for (int hour = 0; hour < 6; hour++) {
            world.nextEpoch();
            heads.add(world.headText());
        }
        return heads;
    }

    /** How often, in some hours about each change of time of each zone, day, boundary, prekey slot or expiry is not that of UTC. */
    private static int deviations(DayGrid grid) {
        int deviations = 0;
        EpochClock clock = EpochClock.of(HOURLY);
        for (ZoneId each : ZONES) {
            TimeZone.setDefault(TimeZone.getTimeZone(each));
            for (Instant change : changes(each)) {
                for (int minutes = -36 * 60; minutes <= 36 * 60; minutes += 5) {
                    Instant now = change.plus(Duration.ofMinutes(minutes));
                    long second = now.getEpochSecond();
                    long due = Math.ceilDiv(second + HOURLY.ttlSeconds(), (long) DAY) * DAY;
                    boolean sound = Validity.day(now) == second / DAY
                            && clock.boundaryAfter(second) == second / HOUR * HOUR + HOUR
                            && HOURLY.prekeySlot(second) == second / (DAY / 2)
                            && grid.dueAt(second) == due;
                    deviations += sound ? 0 : 1;
                }
            }
        }
        return deviations;
    }

    /** The next changes of time in a zone; where there are none any more, the last. */
    private static List<Instant> changes(ZoneId each) {
        Instant from = Instant.parse("2027-01-01T00:00:00Z");
        List<Instant> changes = new ArrayList<>();
        ZoneOffsetTransition next = each.getRules().nextTransition(from);
        if (next == null) {
            changes.add(each.getRules().previousTransition(from).getInstant());
        }
        for (int i = 0; i < 2 && next != null; i++) {
            changes.add(next.getInstant());
            next = each.getRules().nextTransition(next.getInstant());
        }
        return changes;
    }
}
