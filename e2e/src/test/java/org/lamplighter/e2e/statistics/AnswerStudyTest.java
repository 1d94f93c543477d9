package org.lamplighter.e2e.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.testkit.LoopbackServer;
import org.lamplighter.testkit.LoopbackServer.Reply;
import org.lamplighter.testkit.MemoryFolder;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.statistics.Welch;

/**
 * Anonymity T5: answers are the same, byte for byte of their heads and in length, whether the mailbox is empty or full, and whether a
 * bundle is new, known or loses the draw; so are the steps on disk. How long they take is measured at full size alone.
 */
@Tag("statistics")
final class AnswerStudyTest {
    private static final StationParameters PARAMETERS =
            new StationParameters("even", 256, 2, 60, 600, 60, 180, 86_400, 600, 100, 1, 0);

    private static final List<Integer> FILLS = List.of(0, 25, 50, 75, 100);
    private static final int SAMPLES = 100_000;
    private static final int SENDERS = 64;

    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    /** An answer as somebody sees it who cannot read it, and what the station did on its disk for it. */
    private record Seen(String request, String head, int length, List<String> steps) {}

    @Test
    void gets_areAlike_whateverTheFill() throws Exception {
        try (FilledStation station = new FilledStation(folder, PARAMETERS);
                Wire wire = Wire.connect(station.port())) {
            List<List<String>> stepsOfTurns = new ArrayList<>();
            List<List<Seen>> seen = new ArrayList<>();
            for (int fill : FILLS) {
                station.takeSteps();
                long epoch = station.epochAt(fill);
                stepsOfTurns.add(station.takeSteps());
                seen.add(session(wire, station, epoch));
            }
            assertThat(stepsOfTurns).allMatch(steps -> steps.equals(stepsOfTurns.getLast()));
            assertAlike(seen);
            assertThat(seen.getFirst())
                    .hasSize(70)
                    .allMatch(answer -> answer.steps().isEmpty());
            Report.line(
                    "T5 answers to GET",
                    FILLS.size() + " fills",
                    "%d files alike",
                    seen.getFirst().size() - 1);
        }
    }

    @Test
    void posts_areAlike_whateverTheFill_andWhateverBecomesOfThem() throws Exception {
        try (FilledStation station = new FilledStation(folder, PARAMETERS);
                Wire wire = Wire.connect(station.port())) {
            List<List<Seen>> seen = new ArrayList<>();
            for (int fill : FILLS) {
                station.epochAt(fill);
                seen.add(posts(wire, station));
            }
            station.fillTheQueue();
            seen.add(posts(wire, station));
            int others = 12;
            for (int i = 0; i < others; i++) {
                seen.add(posts(wire, station));
            }
            assertAlike(seen);
            Seen fresh = seen.getFirst().get(0);
            assertThat(fresh.head()).startsWith("HTTP/1.1 202 ");
            assertThat(new Seen("known", fresh.head(), fresh.length(), fresh.steps()))
                    .isEqualTo(seen.getFirst().get(1));
            assertThat(station.postedInQueue()).as("kept, of 14").isBetween(2L, 13L);
            Report.line(
                    "T5 answers to POST",
                    FILLS.size() + " fills and a full queue",
                    "%d posts alike: new, known, not drawn; refused",
                    seen.size() * 3);
        }
    }

    @Test
    void plantedFault_hintsOfLiveRowsAlone_areSeen() throws Exception {
        byte[] hints = new byte[PARAMETERS.slots() * EpochLayout.HINT_LENGTH];
        List<List<Seen>> seen = new ArrayList<>();
        for (int fill : FILLS) {
            byte[] live = Arrays.copyOf(hints, hints.length * fill / 100);
            try (LoopbackServer faulty = LoopbackServer.start(request -> Reply.of(200, live));
                    Wire wire = Wire.connect(faulty.port())) {
                seen.add(List.of(seen("hints", wire.get("/v1/epochs/1/hints"), List.of())));
            }
        }
        assertThatThrownBy(() -> assertAlike(seen)).isInstanceOf(AssertionError.class);
    }

    @Test
    void plantedFault_knownBundleThatIsToldSo_isSeen() throws Exception {
        List<byte[]> known = new ArrayList<>();
        try (LoopbackServer faulty = LoopbackServer.start(request -> {
                    boolean isKnown = known.stream().anyMatch(body -> Arrays.equals(body, request.body()));
                    known.add(request.body());
                    return Reply.of(isKnown ? 409 : 202, new byte[32]);
                });
                Wire wire = Wire.connect(faulty.port())) {
            List<List<Seen>> seen = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                seen.add(List.of(seen("bundle", wire.post("/v1/bundles", new byte[100]), List.of())));
            }
            assertThatThrownBy(() -> assertAlike(seen)).isInstanceOf(AssertionError.class);
        }
    }

    /** One station and one connection: two epochs of an empty mailbox, two of a full one, in an order that favours neither. */
    @Test
    @EnabledIfSystemProperty(named = "lamplighter.statistics", matches = "full")
    void timeOfGets_doesNotTellTheFill() throws Exception {
        try (FilledStation station = new FilledStation(folder, PARAMETERS)) {
            List<Long> epochs = new ArrayList<>();
            for (int fill : List.of(0, 100, 100, 0, 50)) {
                epochs.add(station.epochAt(fill));
            }
            for (String file : List.of(EpochLayout.HINTS, EpochLayout.bodyFile(7))) {
                Welch welch = timeOfGets(station.port(), epochs, file);
                Report.line(
                        "T5 time of GET " + file,
                        welch.samples() + " of each class",
                        "Welch t = %.2f; means %.1f and %.1f us",
                        welch.t(),
                        welch.mean(true) / 1e3,
                        welch.mean(false) / 1e3);
                assertThat(welch.t()).isLessThan(Welch.LIMIT);
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "lamplighter.statistics", matches = "full")
    void plantedFault_twentyMicrosecondsForAFullMailbox_areSeen() throws Exception {
        byte[] hints = new byte[PARAMETERS.slots() * EpochLayout.HINT_LENGTH];
        try (LoopbackServer faulty = LoopbackServer.start(request -> {
            if (request.line().contains("/2/") || request.line().contains("/3/")) {
                for (long end = System.nanoTime() + 20_000; System.nanoTime() < end; ) {
                    Thread.onSpinWait();
                }
            }
            return Reply.of(200, hints);
        })) {
            Welch welch = timeOfGets(faulty.port(), List.of(1L, 2L, 3L, 4L), EpochLayout.HINTS);
            Report.line(
                    "T5 time of GET, planted 20 us", welch.samples() + " of each class", "Welch t = %.2f", welch.t());
            assertThat(welch.t()).isGreaterThan(Welch.LIMIT);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "lamplighter.statistics", matches = "full")
    void timeOfPosts_doesNotTellNewFromKnown() throws Exception {
        try (FilledStation station = new FilledStation(folder, PARAMETERS);
                ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            station.epochAt(50);
            double[] times = new double[2 * SAMPLES / SENDERS * SENDERS];
            boolean[] fresh = new boolean[times.length];
            List<Future<Void>> ends = IntStream.range(0, SENDERS)
                    .mapToObj(sender -> senders.submit(() -> timePosts(station, sender, times, fresh)))
                    .toList();
            for (Future<Void> end : ends) {
                end.get();
            }
            Welch all = fasterNineTenths(times, fresh);
            Report.line(
                    "T5 time of POST, new or known",
                    all.samples() + " of each class",
                    "Welch t = %.2f; means %.3f and %.3f ms",
                    all.t(),
                    all.mean(true) / 1e6,
                    all.mean(false) / 1e6);
            assertThat(all.t()).isLessThan(Welch.LIMIT);
        }
    }

    /**
     * Compares the faster nine tenths: what a busy machine does to a request now and then is a thousand times longer than a request, and
     * would hide everything.
     */
    private static Welch timeOfGets(int port, List<Long> epochs, String file) throws IOException {
        SeededRandom order = SeededRandom.of(701);
        double[] times = new double[2 * SAMPLES];
        boolean[] first = new boolean[2 * SAMPLES];
        try (Wire wire = Wire.connect(port)) {
            int warmUp = 20_000;
            for (int i = -warmUp; i < 2 * SAMPLES; i++) {
                int which = order.nextInt(4);
                String target = "/v1/epochs/" + epochs.get(which) + "/" + file;
                long start = System.nanoTime();
                wire.get(target);
                long nanos = System.nanoTime() - start;
                if (i >= 0) {
                    times[i] = nanos;
                    first[i] = which == 0 || which == 3;
                }
            }
        }
        return fasterNineTenths(times, first);
    }

    private static Welch fasterNineTenths(double[] times, boolean[] first) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        double limit = sorted[sorted.length * 9 / 10];
        Welch welch = new Welch();
        for (int i = 0; i < times.length; i++) {
            if (times[i] < limit) {
                welch.add(first[i], times[i]);
            }
        }
        return welch;
    }

    /** Posts, each known bundle right after its first time or an earlier one, in random order. */
    private static Void timePosts(FilledStation station, int sender, double[] times, boolean[] fresh)
            throws IOException {
        SeededRandom order = SeededRandom.of(800 + sender);
        byte[] known = station.bundle();
        try (Wire wire = Wire.connect(station.port())) {
            wire.post("/v1/bundles", known);
            for (int i = sender; i < times.length; i += SENDERS) {
                fresh[i] = order.nextBoolean();
                byte[] body = fresh[i] ? station.bundle() : known;
                long start = System.nanoTime();
                wire.post("/v1/bundles", body);
                times[i] = System.nanoTime() - start;
                known = body;
            }
        }
        return null;
    }

    private static void assertAlike(List<List<Seen>> seen) {
        assertThat(seen).allSatisfy(each -> assertThat(each).isEqualTo(seen.getFirst()));
    }

    /** All files of an epoch, and one that no epoch has. */
    private static List<Seen> session(Wire wire, FilledStation station, long epoch) throws IOException {
        List<Seen> seen = new ArrayList<>();
        station.takeSteps();
        seen.add(seen(EpochLayout.HEAD, wire.get("/v1/head"), station.takeSteps()));
        for (String file : EpochLayout.filesAfterHead()) {
            seen.add(seen(file, wire.get("/v1/epochs/" + epoch + "/" + file), station.takeSteps()));
        }
        seen.add(seen("nothing", wire.get("/v1/epochs/" + epoch + "/nothing"), station.takeSteps()));
        return seen;
    }

    /** A bundle, the same once more, and one that is none. */
    private static List<Seen> posts(Wire wire, FilledStation station) throws IOException {
        byte[] fresh = station.bundle();
        byte[] wrong = fresh.clone();
        Arrays.fill(wrong, 0, 32, (byte) 0xff);
        List<Seen> seen = new ArrayList<>();
        station.takeSteps();
        seen.add(seen("new", wire.post("/v1/bundles", fresh), station.takeSteps()));
        seen.add(seen("known", wire.post("/v1/bundles", fresh), station.takeSteps()));
        seen.add(seen("not a bundle", wire.post("/v1/bundles", wrong), station.takeSteps()));
        return seen;
    }

    private static Seen seen(String request, Wire.Answer answer, List<String> steps) {
        return new Seen(request, answer.head(), answer.body().length, steps);
    }
}
