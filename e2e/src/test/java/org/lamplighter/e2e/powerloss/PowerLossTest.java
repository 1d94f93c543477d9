package org.lamplighter.e2e.powerloss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.core.source.Passphrase;
import org.lamplighter.e2e.crash.Program;
import org.lamplighter.e2e.crash.Scene;
import org.lamplighter.e2e.crash.Town;
import org.lamplighter.e2e.powerloss.Recording.Result;

/**
 * The power fails anywhere in a recorded run of a station and of a journalist's programs. In every state in which a disk may be
 * left the checks are green and everything that was acknowledged is there. The planted faults are programs that do not force
 * one kind of file: the same check finds each of them.
 *
 * <p>Needs {@code strace}. Again with the same draws, on another recording: {@code -Dlamplighter.crash.seed=…}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PowerLossTest {
    private static final int SLOTS = 64;

    private final long seed = Long.getLong("lamplighter.crash.seed", new Random().nextLong(1_000_000));

    @TempDir
    private static Path base;

    private Town town;
    private StationRun station;
    private DeskRun desk;

    @BeforeAll
    void record() throws Exception {
        town = Town.build(Files.createDirectory(base.resolve("town")), SLOTS);
        desk = DeskRun.record(town, Files.createDirectory(base.resolve("desk")));
        station = StationRun.record(town, Files.createDirectory(base.resolve("station")));
    }

    @Test
    void record_overlooksNothing() throws IOException {
        assertThat(station.recording().differences(base)).isEmpty();
        assertThat(desk.recording().differences(base)).isEmpty();
        // The planted fault: one call less, and the folder is not what the record says.
        Recording recording = station.recording();
        Recording shorter = new Recording(
                recording.before(),
                recording.folder(),
                recording.calls().stream()
                        .filter(call -> !(call.action() instanceof Syscall.Action.Write write
                                && write.file().endsWith("hints")))
                        .toList());
        assertThat(shorter.differences(base)).isNotEmpty();
    }

    @Test
    void station_losesNothingAcknowledged() throws Exception {
        sound("station", station.recording().judge(8, new Random(seed), base, station::faults));
    }

    @Test
    void desk_losesNothingShownOrSaved() throws Exception {
        sound("desk", desk.recording().judge(16, new Random(seed), base, desk::faults));
    }

    @Test
    @Tag("crash")
    void manyMoments_nothingIsLost() throws Exception {
        int cuts = Integer.getInteger("lamplighter.crash.cuts", 400);
        Path report = Path.of("target", "crash-report.txt");
        for (Result result : List.of(
                sound("station", station.recording().judge(cuts, new Random(seed), base, station::faults)),
                sound("desk", desk.recording().judge(cuts, new Random(seed), base, desk::faults)))) {
            Files.writeString(
                    report,
                    "power loss, seed " + seed + ": " + result.states() + " states, at most " + result.mostPending()
                            + " changes not forced; nothing lost, all checks green\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    @Test
    void stationThatDoesNotForceItsDatabase_losesBundles() throws Exception {
        caught(
                station.recording().without(file -> file.equals("station.sqlite-wal")),
                station::faults,
                "bundle|chunk|a fork|failed  ");
    }

    @Test
    void stationThatDoesNotForceChunks_losesThem() throws Exception {
        caught(
                station.recording().without(file -> file.startsWith("chunks/arriving/")),
                station::faults,
                "chunk|failed  ");
    }

    @Test
    void stationThatDoesNotForceHints_publishesOthers() throws Exception {
        caught(station.recording().without(file -> file.endsWith("/hints")), station::faults, "failed  ");
    }

    @Test
    void deskThatDoesNotForceEntries_damagesThem() throws Exception {
        caught(desk.recording().without(file -> file.endsWith(".tmp")), desk::faults, "failed  every");
    }

    @Test
    void deskThatDoesNotForceNames_losesReplies() throws Exception {
        caught(
                desk.recording().without(file -> file.equals("entries")),
                desk::faults,
                "was shown|was saved|failed  every");
    }

    /** What is never written needs no care: a source's program leaves nothing on the machine it runs on. */
    @Test
    void source_writesNoFile() throws Exception {
        Path folder = Files.createDirectory(base.resolve("source"));
        Path trace = folder.resolve("trace");
        try (Scene scene = town.scene(folder)) {
            scene.startStation();
            scene.openForLetters();
            String words;
            try (Passphrase passphrase = Passphrase.generate(new SecureRandom())) {
                words = String.join(" ", passphrase.words());
            }
            Path text = Files.writeString(folder.resolve("text"), "the scales in the yard");
            List<Object> command = List.of(
                    "source",
                    "send",
                    "--yes",
                    "--newsroom",
                    town.newsroomFile(),
                    "--station",
                    town.url(),
                    "--text",
                    text,
                    "--file",
                    text);
            try (Program send = Program.startTraced(trace, TraceReader.CALLS, List.of(words), command.toArray())) {
                assertThat(send.end())
                        .describedAs(String.join("\n", send.lines()))
                        .isZero();
            }
        }
        assertThat(written(TraceReader.read(trace, Path.of("/")))).isEmpty();
        // The planted fault: a program that does write.
        assertThat(written(desk.recording().calls())).isNotEmpty();
    }

    /** Files that were made, changed or removed, but for the counters of the virtual machine, which hold no data. */
    private static List<String> written(List<Syscall> calls) {
        return calls.stream()
                .map(Syscall::action)
                .filter(action -> !(action instanceof Syscall.Action.Seek || action instanceof Syscall.Action.Force))
                .map(Object::toString)
                .filter(action -> !action.contains("=/tmp/hsperfdata_")
                        && !action.contains("=/dev/")
                        && !action.contains("=/proc/"))
                .toList();
    }

    /** Whatever is found first: the ledger's complaint that something is gone, or the check's that something is not whole. */
    private void caught(Recording faulty, Recording.Judge judge, String how) throws Exception {
        assertThat(faulty.untilCaught(6, new Random(seed), base, judge).faults())
                .describedAs("seed %d", seed)
                .anyMatch(Pattern.compile(how).asPredicate());
    }

    private Result sound(String what, Result result) {
        System.out.printf(
                "%s, seed %d: %d states, %d changes not forced%n", what, seed, result.states(), result.mostPending());
        assertThat(result.faults()).describedAs("seed %d", seed).isEmpty();
        assertThat(result.mostPending()).isPositive();
        return result;
    }
}
