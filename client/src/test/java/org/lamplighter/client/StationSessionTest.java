package org.lamplighter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.core.epoch.Chain;
import org.lamplighter.core.epoch.EpochClock.Freshness;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.epoch.HeadContents;
import org.lamplighter.core.epoch.HeadMemory;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.LoopbackServer;
import org.lamplighter.testkit.LoopbackServer.Handler;
import org.lamplighter.testkit.LoopbackServer.Reply;

final class StationSessionTest {
    private static final Instant NOW = Newsrooms.NOW;
    private static final Optional<HeadMemory> NO_MEMORY = Optional.empty();

    private TestStation station;

    @BeforeEach
    void turnOneEpoch() throws Exception {
        station = new TestStation().turn(NOW);
    }

    /** What has passed since the clock of the test. */
    private Duration waited = Duration.ZERO;

    @Test
    void fetch_asksForEveryFileInTheOneOrder_andYieldsThem() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(station::answer);
                StationSession session = session(server, NOW)) {
            VerifiedEpoch epoch = session.fetch(NO_MEMORY, Progress.none());

            assertThat(server.lines()).isEqualTo(station.wholeSession());
            assertThat(epoch.freshness()).isEqualTo(Freshness.CURRENT);
            assertThat(epoch.hints()).isEqualTo(station.file(EpochLayout.HINTS));
            assertThat(epoch.bodyFile(0)).isEqualTo(station.file(EpochLayout.bodyFile(0)));
            assertThat(epoch.bodyFile(63)).isEqualTo(station.file(EpochLayout.bodyFile(63)));
            assertThat(epoch.keys().addressees()).singleElement().satisfies(addressee -> {
                assertThat(addressee.name()).isEqualTo("Ada Example");
                assertThat(addressee.prekey()).isPresent();
            });
            assertThat(epoch.isHistoryChecked()).isFalse();
        }
    }

    @Test
    void requests_areTheSameWhoeverRemembersWhat_andWhateverTheClockSays() throws Exception {
        HeadMemory fork = new HeadMemory(1, Sha256Hash.of(new byte[1]));
        HeadMemory same = new HeadMemory(1, station.chain.value());
        for (Optional<HeadMemory> memory : List.of(NO_MEMORY, Optional.of(fork), Optional.of(same))) {
            for (Instant clock : List.of(NOW, NOW.plusSeconds(86_400 * 90), NOW.minusSeconds(7200))) {
                try (LoopbackServer server = LoopbackServer.start(station::answer);
                        StationSession session = session(server, clock)) {
                    attempt(session, memory);
                    assertThat(server.lines()).isEqualTo(station.wholeSession());
                }
            }
        }
    }

    /** Shows that the check above notices a session that stops early. */
    @Test
    void requests_plantedFault_stoppingEarly_isNoticed() throws Exception {
        Handler stopsClients =
                request -> request.line().endsWith("/bodies/07") ? Reply.of(404, new byte[0]) : station.answer(request);
        try (LoopbackServer server = LoopbackServer.start(stopsClients);
                StationSession session = session(server, NOW)) {
            attempt(session, NO_MEMORY);
            assertThatThrownBy(() -> assertThat(server.lines()).isEqualTo(station.wholeSession()))
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void everyFile_spoiledInAnyWay_isRefused() throws Exception {
        Map<String, byte[]> before = new HashMap<>(station.files);
        station.turn(NOW.plusSeconds(TestStation.EPOCH_SECONDS));
        Map<String, byte[]> good = new HashMap<>(station.files);
        for (String name : List.of("head", "parameters", "keys", "chain", "hints", "bodies/00", "bodies/63")) {
            byte[] honest = station.file(name);
            for (byte[] spoiled : spoiled(honest, before.getOrDefault(name, new byte[0]))) {
                if (Arrays.equals(spoiled, honest)) {
                    continue; // the parameters are the same in both epochs
                }
                station.files.put(name, spoiled);
                assertThat(failure(NO_MEMORY, NOW.plusSeconds(TestStation.EPOCH_SECONDS)))
                        .as(name)
                        .isIn(Kind.CORRUPT, Kind.EPOCH_GONE, Kind.FOREIGN_NEWSROOM);
            }
            station.files.putAll(good);
        }
    }

    @Test
    void everyBodyFile_withOneWrongBit_isAskedForFourTimesAndRefused() throws Exception {
        for (int i = 0; i < EpochLayout.BODY_FILES; i++) {
            String name = EpochLayout.bodyFile(i);
            byte[] honest = station.file(name);
            byte[] spoiled = honest.clone();
            spoiled[i * 100] ^= 4;
            station.files.put(name, spoiled);
            try (LoopbackServer server = LoopbackServer.start(station::answer);
                    StationSession session = session(server, NOW)) {
                StationFailure failure =
                        catchThrowableOfType(StationFailure.class, () -> session.fetch(NO_MEMORY, Progress.none()));
                assertThat(failure.kind()).isEqualTo(Kind.CORRUPT);
                assertThat(server.lines()).hasSize(5 + i + 4);
                assertThat(server.lines().subList(5 + i, 9 + i)).allMatch(line -> line.endsWith(name));
            }
            station.files.put(name, honest);
        }
    }

    @Test
    void aFileThatFailsThreeTimes_isFetchedAgainAlone() throws Exception {
        byte[] hints = station.file(EpochLayout.HINTS);
        AtomicInteger left = new AtomicInteger(3);
        List<Reply> failures = List.of(Reply.of(200, new byte[hints.length]), Reply.cut(hints, 9), Reply.close());
        Handler stumbling = request -> request.line().endsWith("/hints") && left.get() > 0
                ? failures.get(left.decrementAndGet())
                : station.answer(request);
        try (LoopbackServer server = LoopbackServer.start(stumbling);
                StationSession session = session(server, NOW)) {
            assertThat(session.fetch(NO_MEMORY, Progress.none()).hints()).isEqualTo(hints);
            assertThat(server.lines())
                    .filteredOn(line -> line.endsWith("/hints"))
                    .hasSizeGreaterThanOrEqualTo(4);
            assertThat(server.lines().stream().distinct()).isEqualTo(station.wholeSession());
        }
    }

    @Test
    void answer_longerThanItsFileCanBe_isRefused() throws Exception {
        Handler flooding = request -> request.line().endsWith("/hints")
                ? Reply.headed(200, "Content-Length: 2147483648", new byte[1024])
                : station.answer(request);
        assertThat(failure(flooding, station.newsroom.root.newsroomKey(), NO_MEMORY, NOW))
                .isEqualTo(Kind.CORRUPT);
    }

    @Test
    void head_thatIsTooOldOrFromTheFuture_isToldAndNothingIsSent() throws Exception {
        assertPostRefused(NOW.plusSeconds(61), Freshness.STALE, Kind.STALE_HEAD);
        assertPostRefused(NOW.minusSeconds(61), Freshness.CLOCKS_DISAGREE, Kind.CLOCK_WRONG);
    }

    @Test
    void head_atTheLimit_isCurrent() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(station::answer);
                StationSession session = session(server, NOW.plusSeconds(60))) {
            assertThat(session.fetch(NO_MEMORY, Progress.none()).freshness()).isEqualTo(Freshness.CURRENT);
        }
    }

    @Test
    void head_thatContinuesWhatIsRemembered_isAccepted() throws Exception {
        HeadMemory first = new HeadMemory(1, station.chain.value());
        Instant later = NOW;
        for (int i = 0; i < 3; i++) {
            later = later.plusSeconds(TestStation.EPOCH_SECONDS);
            station.turn(later);
        }
        try (LoopbackServer server = LoopbackServer.start(station::answer);
                StationSession session = session(server, later)) {
            VerifiedEpoch epoch = session.fetch(Optional.of(first), Progress.none());
            assertThat(epoch.isHistoryChecked()).isTrue();
            assertThat(epoch.memory()).isEqualTo(new HeadMemory(4, station.chain.value()));
        }
    }

    @Test
    void head_thatContradictsWhatIsRemembered_isAFork() throws Exception {
        Chain first = station.chain;
        TestStation other = new TestStation().turn(NOW);
        HeadMemory elsewhere = new HeadMemory(1, other.chain.value());
        assertThat(failure(Optional.of(elsewhere), NOW)).isEqualTo(Kind.FORK);
        assertThat(failure(Optional.of(new HeadMemory(2, first.value())), NOW)).isEqualTo(Kind.FORK);
        Instant later = NOW.plusSeconds(TestStation.EPOCH_SECONDS);
        station.turn(later);
        assertThat(failure(Optional.of(elsewhere), later)).isEqualTo(Kind.FORK);
    }

    @Test
    void station_ofAnotherNewsroom_isRefused() throws Exception {
        NewsroomKey pinned = new Newsrooms().root.newsroomKey();
        assertThat(failure(station::answer, pinned, NO_MEMORY, NOW)).isEqualTo(Kind.FOREIGN_NEWSROOM);
    }

    @Test
    void certificate_thatIsNotInForce_isRefused() throws Exception {
        TestStation over = new TestStation(new Validity(Validity.day(NOW) - 20, Validity.day(NOW))).turn(NOW);
        TestStation early = new TestStation(new Validity(Validity.day(NOW) + 2, Validity.day(NOW) + 20)).turn(NOW);
        for (TestStation each : List.of(over, early)) {
            assertThat(failure(each::answer, each.newsroom.root.newsroomKey(), NO_MEMORY, NOW))
                    .isEqualTo(Kind.EXPIRED);
        }
    }

    @Test
    void head_withATimeOrPrekeySlotOfItsOwnChoice_isRefused() throws Exception {
        Instant later = NOW.plusSeconds(TestStation.EPOCH_SECONDS);
        station.turn(later, head -> changed(head, head.time(), head.prekeySlot() - 1));
        assertThat(failure(NO_MEMORY, later)).isEqualTo(Kind.CORRUPT);
        station.turn(later, head -> changed(head, head.time() + 1, head.prekeySlot()));
        assertThat(failure(NO_MEMORY, later)).isEqualTo(Kind.CORRUPT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "lamplighter-head/v1\n", "x\nepoch 0\n", "x\nepoch 99999999999999999999\n", "x\nepoch -1\n"})
    void head_withoutAnEpoch_isRefused(String text) throws Exception {
        station.files.put(EpochLayout.HEAD, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(failure(NO_MEMORY, NOW)).isEqualTo(Kind.CORRUPT);
    }

    @Test
    void station_thatIsNotReady_orHasForgottenTheEpoch_isTold() throws Exception {
        NewsroomKey key = station.newsroom.root.newsroomKey();
        assertThat(failure(request -> Reply.of(503, new byte[0]), key, NO_MEMORY, NOW))
                .isEqualTo(Kind.NOT_READY);
        Handler forgetful =
                request -> request.line().endsWith("/bodies/40") ? Reply.of(404, new byte[0]) : station.answer(request);
        assertThat(failure(forgetful, key, NO_MEMORY, NOW)).isEqualTo(Kind.EPOCH_GONE);
        assertThat(failure(request -> Reply.of(404, new byte[0]), key, NO_MEMORY, NOW))
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void post_sendsTheBundleOnce_afterEverything() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(station::answer);
                StationSession session = session(server, NOW)) {
            byte[] bundle = {1, 2, 3};
            assertThatThrownBy(() -> session.post(bundle)).isInstanceOf(IllegalStateException.class);
            session.fetch(NO_MEMORY, Progress.none());
            assertThatThrownBy(() -> session.post(bundle)).hasMessageContaining("wait");
            waited = Duration.ofSeconds(2);
            session.post(bundle);
            assertThatThrownBy(() -> session.post(bundle)).isInstanceOf(IllegalStateException.class);
            assertThat(server.lines()).hasSize(70).endsWith("POST /v1/bundles");
            assertThat(server.received().getLast().body()).isEqualTo(bundle);
        }
    }

    @Test
    void post_whoseAnswerIsLost_isRepeatedWithTheSameBytes() throws Exception {
        AtomicInteger posts = new AtomicInteger();
        Handler losing = request -> request.line().startsWith("POST") && posts.incrementAndGet() < 3
                ? Reply.cut(new byte[32], 3)
                : station.answer(request);
        try (LoopbackServer server = LoopbackServer.start(losing);
                StationSession session = session(server, NOW)) {
            session.fetch(NO_MEMORY, Progress.none());
            waited = Duration.ofSeconds(2);
            session.post(new byte[] {1, 2, 3});
            assertThat(server.received().subList(69, server.received().size()))
                    .hasSize(3)
                    .allSatisfy(request -> assertThat(request.body()).containsExactly(1, 2, 3));
        }
    }

    @Test
    void post_thatIsRefused_isTold() throws Exception {
        Handler refusing =
                request -> request.line().startsWith("POST") ? Reply.of(400, new byte[0]) : station.answer(request);
        try (LoopbackServer server = LoopbackServer.start(refusing);
                StationSession session = session(server, NOW)) {
            session.fetch(NO_MEMORY, Progress.none());
            waited = Duration.ofSeconds(2);
            StationFailure failure = catchThrowableOfType(StationFailure.class, () -> session.post(new byte[1]));
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        }
    }

    @Test
    void post_onACircuitThatHasPosted_isNotRepeated_andSaysWhatToDo() throws Exception {
        Handler refusing =
                request -> request.line().startsWith("POST") ? Reply.of(429, new byte[0]) : station.answer(request);
        try (LoopbackServer server = LoopbackServer.start(refusing);
                StationSession session = session(server, NOW)) {
            session.fetch(NO_MEMORY, Progress.none());
            waited = Duration.ofSeconds(2);
            StationFailure failure = catchThrowableOfType(StationFailure.class, () -> session.post(new byte[1]));
            assertThat(failure).hasMessageContaining("circuit");
            assertThat(failure.hint()).contains("send it again");
            assertThat(server.received().subList(69, server.received().size())).hasSize(1);
        }
    }

    @Test
    void nextMoment_isTheSame_howeverLongReadingTook() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(station::answer);
                StationSession session = session(server, NOW)) {
            session.fetch(NO_MEMORY, Progress.none());
            Set<Instant> moments = new TreeSet<>();
            for (int millis : new int[] {0, 1, 650, 1_900, 2_000}) {
                waited = Duration.ofMillis(millis);
                moments.add(session.nextMoment());
            }
            assertThat(moments).containsExactly(NOW.plusSeconds(2));
            waited = Duration.ofMillis(2_001);
            assertThat(session.nextMoment()).isEqualTo(NOW.plusSeconds(4));
        }
    }

    /** Fetches, whether that succeeds or not. */
    private static void attempt(StationSession session, Optional<HeadMemory> memory) {
        try {
            session.fetch(memory, Progress.none());
        } catch (StationFailure e) {
            assertThat(e.hint()).isNotBlank();
        }
    }

    private void assertPostRefused(Instant clock, Freshness freshness, Kind kind) throws Exception {
        try (LoopbackServer server = LoopbackServer.start(station::answer);
                StationSession session = session(server, clock)) {
            VerifiedEpoch epoch = session.fetch(NO_MEMORY, Progress.none());
            assertThat(epoch.freshness()).isEqualTo(freshness);
            StationFailure failure = catchThrowableOfType(StationFailure.class, () -> session.post(new byte[1]));
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(server.lines()).isEqualTo(station.wholeSession());
        }
    }

    private Kind failure(Optional<HeadMemory> memory, Instant clock) throws Exception {
        return failure(station::answer, station.newsroom.root.newsroomKey(), memory, clock);
    }

    private Kind failure(Handler handler, NewsroomKey pinned, Optional<HeadMemory> memory, Instant clock)
            throws Exception {
        try (LoopbackServer server = LoopbackServer.start(handler);
                StationSession session = session(server, pinned, clock)) {
            return catchThrowableOfType(StationFailure.class, () -> session.fetch(memory, Progress.none()))
                    .kind();
        }
    }

    private StationSession session(LoopbackServer server, Instant clock) throws MalformedException {
        return session(server, station.newsroom.root.newsroomKey(), clock);
    }

    private StationSession session(LoopbackServer server, NewsroomKey pinned, Instant clock) throws MalformedException {
        Route route = Route.of(StationAddress.parse(server.url()), Optional.empty());
        return StationClient.of(route, pinned, station.newsroom.random, () -> clock.plus(waited), Backoff.none())
                .session();
    }

    /** Ways in which a file can be wrong, the file of another epoch among them. */
    private static List<byte[]> spoiled(byte[] honest, byte[] ofAnotherEpoch) {
        byte[] first = honest.clone();
        first[0] ^= 1;
        byte[] middle = honest.clone();
        middle[honest.length / 2] ^= 1;
        byte[] last = honest.clone();
        last[honest.length - 1] ^= 1;
        return List.of(
                first,
                middle,
                last,
                Arrays.copyOf(honest, honest.length - 1),
                Arrays.copyOf(honest, honest.length + 1),
                new byte[0],
                new byte[honest.length],
                ofAnotherEpoch);
    }

    private static HeadContents changed(HeadContents head, long time, long slot) {
        return new HeadContents(
                head.origin(), head.epoch(), time, slot, head.parameters(), head.keys(), head.hints(), head.bodies());
    }
}
