package org.lamplighter.station.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.console.Finding;
import org.lamplighter.station.durable.Moments;
import org.lamplighter.station.durable.Moments.Step;
import org.lamplighter.station.http.RawHttp;
import org.lamplighter.station.http.RawHttp.Reply;
import org.lamplighter.station.store.StationStore;

/**
 * The process ends before every single step that a turn, a bundle or a chunk makes on disk; then the station starts again,
 * and everything is sound and everything that was acknowledged is there.
 */
final class CrashTest {
    private static final int SMALL_CHUNK = 65_552;

    @TempDir
    private Path base;

    /** Notes steps, and from the chosen one on lets none happen: a process that has ended does nothing more. */
    private static final class Death implements Moments {
        private final List<String> steps = new ArrayList<>();
        private Predicate<String> last = step -> false;
        private boolean dead;

        /** Lets the process end when it comes to a step that {@code chosen} accepts. */
        synchronized void at(Predicate<String> chosen) {
            steps.clear();
            last = chosen;
        }

        /** Lets the process end at its {@code number}-th step from now on. */
        void atStep(int number) {
            int[] left = {number};
            at(step -> --left[0] == 0);
        }

        synchronized boolean happened() {
            return dead;
        }

        synchronized List<String> steps() {
            return List.copyOf(steps);
        }

        @Override
        public synchronized void before(Step step, Object subject) {
            String name = step + " " + name(subject);
            dead = dead || last.test(name);
            if (dead) {
                throw new Died();
            }
            steps.add(name);
        }

        /** The subject without what differs from turn to turn: the folder of the station, the numbers of epochs. */
        private static String name(Object subject) {
            return subject instanceof Path path && path.toString().contains("/epochs")
                    ? path.toString()
                                    .replaceAll("^.*/epochs", "epochs")
                                    .replaceAll("/(building-|retired-)?[0-9]+", "/$1E")
                            + path.toString().replaceAll("^.*/bodies/|^.*", "")
                    : subject.toString();
        }
    }

    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        Died() {
            super("planted: the process ends here", null, false, false); // no stack: it is thrown by the hundred
        }
    }

    @Test
    void turn_interruptedBeforeEachStep_isCompletedOrDone() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Map<Long, String> headsSeen = new HashMap<>();
            List<String> steps = turnDyingAt(fixture, step -> false, headsSeen);
            assertThat(steps.size()).isGreaterThan(140);
            assertThat(steps).contains("COMMIT turn");
            // The 64 body files are alike: the first, one in the middle and the last stand for all.
            List<String> different = steps.stream()
                    .filter(step -> !step.matches(".*bodies/E[0-9]+") || step.matches(".*bodies/E(00|31|63)"))
                    .distinct()
                    .toList();
            assertThat(different).hasSizeGreaterThan(20);

            for (String step : different) {
                List<String> done = turnDyingAt(fixture, step::equals, headsSeen);
                assertThat(done.size()).describedAs(step).isLessThan(steps.size());
            }
        }
    }

    /**
     * Starts the station, posts a bundle, lets the process end at a step of the next turn, and starts again.
     *
     * @return the steps that were made in this turn
     */
    private static List<String> turnDyingAt(StationFixture fixture, Predicate<String> step, Map<Long, String> headsSeen)
            throws Exception {
        Death death = new Death();
        Station station = fixture.start(options -> options.withMoments(death));
        station.turn();
        noteHead(station, headsSeen);
        int before = rows(fixture);
        assertThat(RawHttp.post(station.url(), "/v1/bundles", fixture.bundle()).status())
                .isEqualTo(202);
        int kept = before + fixture.parameters().envelopes();
        assertThat(rows(fixture)).isEqualTo(kept);
        fixture.clock().advance(fixture.parameters().epochSeconds());
        death.at(step);
        try {
            station.turn();
        } catch (Died | IOException e) {
            assertThat(death.happened()).isTrue();
        }
        List<String> done = death.steps();
        death.at(never -> false); // closing is not part of the turn
        noteHead(station, headsSeen); // what clients saw in the last moment
        station.close();

        Station again = fixture.start();
        assertThat(rows(fixture)).isEqualTo(kept);
        fixture.assertSound();
        again.turn();
        noteHead(again, headsSeen);
        assertThat(rows(fixture)).isEqualTo(kept);
        fixture.assertSound();
        again.close();
        return done;
    }

    /** Envelopes that are live or wait: none may get lost, whatever happens to a turn. Nothing expires in this test's time. */
    private static int rows(StationFixture fixture) throws Exception {
        try (StationStore store = new StationFolder(fixture.folder()).openStoreReadOnly()) {
            long live = store.mailbox().leaving().stream().filter(t -> t != 0).count();
            return (int) live
                    + store.mailbox().queue().size() * fixture.parameters().envelopes();
        }
    }

    /** No epoch number may ever be seen with two heads. */
    private static void noteHead(Station station, Map<Long, String> seen) throws IOException {
        Reply reply = RawHttp.get(station.url(), "/v1/head");
        String head = new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8);
        long epoch = Long.parseLong(head.lines()
                .filter(line -> line.startsWith("epoch "))
                .findFirst()
                .orElseThrow()
                .substring("epoch ".length()));
        assertThat(seen.computeIfAbsent(epoch, e -> head))
                .describedAs("head of epoch %d", epoch)
                .isEqualTo(head);
    }

    @Test
    void deletionOfAnOldEpoch_interruptedHalfWay_leavesNoHalfOfOne() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Death death = new Death();
            Station station = fixture.start(options -> options.withMoments(death));
            station.turn();
            fixture.clock().advance(fixture.parameters().epochSeconds());
            station.turn();
            fixture.clock().advance(100L * fixture.parameters().epochSeconds());
            death.at("DELETE epochs/retired-E/bodies/E31"::equals);
            assertThatThrownBy(station::turn).isInstanceOfAny(Died.class, IOException.class);
            assertThat(death.happened()).isTrue();
            station.close();
            assertThat(fixture.folder().resolve("epochs/retired-1/bodies/40")).exists();
            fixture.assertSound();

            fixture.start().close();
            assertThat(fixture.folder().resolve("epochs/retired-1")).doesNotExist();
            fixture.assertSound();
            // The planted fault: half of it under its own name.
            Files.delete(fixture.folder().resolve("epochs/2/bodies/31"));
            assertThatThrownBy(fixture::assertSound).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void epochServedBeforeItWasEntered_isSeenAsTwoHeads() throws Exception {
        // The planted fault: rename before entry. The folder gets its final name and is served, then the process ends.
        try (StationFixture fixture = StationFixture.installed(base)) {
            Map<Long, String> seen = new HashMap<>();
            Path stolen = base.resolve("stolen");
            Station station = fixture.start(options -> options.withMoments((step, subject) -> {
                if (step == Step.COMMIT && subject.equals("turn") && Files.exists(building(fixture, 2))) {
                    copy(building(fixture, 2).resolve("head"), stolen);
                    throw new Died();
                }
            }));
            station.turn();
            noteHead(station, seen);
            fixture.clock().advance(fixture.parameters().epochSeconds());
            assertThatThrownBy(station::turn).isInstanceOfAny(Died.class, IOException.class);
            station.close();
            seen.put(2L, Files.readString(stolen)); // what the faulty order would have served

            Station again = fixture.start();
            again.turn();
            assertThatThrownBy(() -> noteHead(again, seen)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void bundle_whoseCommitDoesNotHappen_isNotAcknowledged() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Death death = new Death();
            Station station = fixture.start(options -> options.withMoments(death));
            station.turn();
            death.atStep(1);
            assertThat(RawHttp.post(station.url(), "/v1/bundles", fixture.bundle())
                            .status())
                    .isEqualTo(503);
            station.close();

            fixture.start().close();
            assertThat(rows(fixture)).isZero();
            fixture.assertSound();
        }
    }

    @Test
    void chunk_interruptedBeforeEachStep_isKeptIfItWasAcknowledged() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            List<String> acknowledged = new ArrayList<>();
            int step = 1;
            for (boolean finished = false; !finished; step++) {
                String id = String.format("%032x", step);
                byte[] chunk = chunk(step);
                Death death = new Death();
                Station station = fixture.start(options -> options.withMoments(death));
                station.turn();
                death.atStep(step);
                Optional<Reply> reply = put(station, id, chunk);
                finished = !death.happened();
                boolean kept = reply.filter(r -> r.status() == 200).isPresent();
                assertThat(kept).isEqualTo(finished);
                station.close();
                if (kept) {
                    acknowledged.add(id);
                }

                Station again = fixture.start();
                fixture.assertSound();
                for (String known : acknowledged) {
                    assertThat(RawHttp.get(again.url(), "/v1/chunks/" + known).status())
                            .isEqualTo(200);
                }
                // Whatever the crash has left, the same chunk can be sent again.
                assertThat(put(again, id, chunk).map(Reply::status)).contains(200);
                assertThat(RawHttp.get(again.url(), "/v1/chunks/" + id).body()).isEqualTo(chunk);
                acknowledged.add(id);
                assertThat(arriving(fixture)).isEmpty();
                fixture.assertSound();
                again.close();
            }
            // Create, force file, force folder, commit, rename, force shelf.
            assertThat(step).isEqualTo(8);
        }
    }

    @Test
    void chunkWhoseRenamingFails_isNotLost() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            boolean[] failing = {true};
            Station station = fixture.start(options -> options.withMoments((step, subject) -> {
                if (failing[0] && step == Step.RENAME && subject.toString().contains("chunks")) {
                    throw new IOException("planted: the folder cannot be written");
                }
            }));
            station.turn();
            String id = String.format("%032x", 1);
            assertThat(put(station, id, chunk(1)).map(Reply::status)).contains(503);
            fixture.assertSound();
            failing[0] = false;

            assertThat(RawHttp.get(station.url(), "/v1/chunks/" + id).body()).isEqualTo(chunk(1));
            assertThat(put(station, id, chunk(1)).map(Reply::status)).contains(200);
            assertThat(arriving(fixture)).isEmpty();
            fixture.assertSound();
        }
    }

    @Test
    void acknowledgedChunkThatIsLost_isSeenByTheCheck() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start();
            station.turn();
            String id = String.format("%032x", 1);
            put(station, id, chunk(1));
            station.close();
            Files.delete(fixture.folder().resolve("chunks/00").resolve(id));

            assertThat(fixture.check())
                    .filteredOn(finding -> !finding.isOk())
                    .extracting(Finding::check)
                    .containsExactly("every chunk is there with its length and hash");
        }
    }

    @Test
    void filesAreForced_beforeTheyCount() throws Exception {
        List<String> steps = new ArrayList<>();
        try (StationFixture fixture = StationFixture.installed(base)) {
            Station station = fixture.start(options -> options.withMoments((step, subject) -> {
                synchronized (steps) {
                    steps.add(step + " " + subject);
                }
            }));
            station.turn();
            put(station, String.format("%032x", 1), chunk(1));
        }
        assertThat(unforced(steps)).isEmpty();
        // The planted fault: the same order without the forcing of one file.
        List<String> forgetful = new ArrayList<>(steps);
        forgetful.removeIf(step -> step.startsWith("FORCE_FILE") && step.endsWith("hints"));
        assertThat(unforced(forgetful)).isNotEmpty();
    }

    /** Files that were written and not forced when a transaction that speaks for them was committed. */
    private static List<String> unforced(List<String> steps) {
        List<String> dirty = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (String step : steps) {
            String subject = step.substring(step.indexOf(' ') + 1);
            switch (Step.valueOf(step.substring(0, step.indexOf(' ')))) {
                case WRITE -> dirty.add(subject);
                case FORCE_FILE -> dirty.remove(subject);
                case COMMIT -> {
                    if (subject.equals("turn") || subject.equals("chunk")) {
                        faults.addAll(dirty);
                    }
                }
                case CREATE_FOLDER, FORCE_FOLDER, RENAME, DELETE -> {}
            }
        }
        return faults;
    }

    private static Optional<Reply> put(Station station, String id, byte[] chunk) {
        try {
            return Optional.of(RawHttp.once(station.url(), "PUT", "/v1/chunks/" + id, chunk));
        } catch (IOException e) {
            return Optional.empty(); // the process "ended" before it answered
        }
    }

    private static byte[] chunk(int number) {
        byte[] chunk = new byte[SMALL_CHUNK];
        chunk[7] = (byte) number;
        return chunk;
    }

    private static Path building(StationFixture fixture, long epoch) {
        return fixture.folder().resolve("epochs/building-" + epoch);
    }

    private static List<Path> arriving(StationFixture fixture) throws IOException {
        try (var entries = Files.list(fixture.folder().resolve("chunks/arriving"))) {
            return entries.toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to);
    }
}
