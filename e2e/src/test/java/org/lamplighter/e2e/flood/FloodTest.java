package org.lamplighter.e2e.flood;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.ChunkUploader;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationFailure;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.e2e.crash.Ledger;
import org.lamplighter.e2e.crash.Letters;
import org.lamplighter.e2e.crash.Program;
import org.lamplighter.e2e.crash.Scene;
import org.lamplighter.e2e.crash.Town;
import org.lamplighter.e2e.crash.TownBuilder;

/** Everything that can be done to a station from outside at once, and people who want something of it meanwhile. */
@ExtendWith(TownBuilder.class)
final class FloodTest {
    /** What the profile measures is appended here. */
    static final Path REPORT = Path.of("target/flood-report.txt");

    private static final int ENVELOPES = 3;
    /** Heap is 256 MiB by the starter's option; the rest is the virtual machine, its code, stacks and buffers. */
    private static final int MOST_MEGABYTES = 450;

    private final Town town;

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("lamplighter.flood.seed", 4);

    FloodTest(Town town) {
        this.town = town;
    }

    @Test
    void station_underEverythingAtOnce_servesHonestPeopleAndLosesNothing() throws Exception {
        run(FloodSize.ofCi());
    }

    @Test
    @Tag("flood")
    void station_underEverythingAtOnce_forMinutes() throws Exception {
        String report = run(FloodSize.full());
        Files.writeString(REPORT, report, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private String run(FloodSize wanted) throws Exception {
        FloodSize size = wanted.withIdle(Math.min(wanted.idle(), openFiles() / 2));
        assertThat(size.idle()).describedAs("open files of this process").isGreaterThan(1000);
        Verdict verdict = new Verdict();
        Ledger ledger = new Ledger(ENVELOPES);
        try (Scene scene = town.scene(folder)) {
            Program station = scene.startStation();
            scene.openForLetters();
            Flood flood = Flood.start(town.port(), size, seed, ledger, verdict);
            Readers readers = Readers.start(town.port(), 4, verdict);
            Honest honest = new Honest(ledger, size.bundles());
            Thread people = Thread.ofPlatform().start(() -> honest.untilOver(flood));
            flood.join();
            people.join();
            readers.join();

            String report = report(size, verdict, readers, honest, station);
            System.out.println(report);
            SoftAssertions all = new SoftAssertions();
            all.assertThat(station.isAlive())
                    .describedAs(() -> String.join("\n", station.lines()))
                    .isTrue();
            all.assertThat(verdict.faults()).isEmpty();
            all.assertThat(honest.failures()).isEmpty();
            all.assertThat(honest.sessions()).isPositive();
            all.assertThat(readers.count()).isGreaterThan(size.seconds());
            all.assertThat(megabytes(station, "VmHWM")).isLessThan(MOST_MEGABYTES);
            station.stop();
            all.assertThat(ledger.lost(scene.station())).isEmpty();
            Scene.Checked checked = Scene.check(scene.station());
            all.assertThat(checked.exit())
                    .describedAs(() -> String.join("\n", checked.lines()))
                    .isZero();
            all.assertThat(checked.lines().getLast()).endsWith(" checked, 0 failed");
            checked.lines().stream().filter(line -> !line.startsWith("ok ")).forEach(System.out::println);
            all.assertAll();
            assertThat(ledger.bundles()).hasSizeGreaterThan(size.bundles() / 4);
            return report;
        }
    }

    private String report(FloodSize size, Verdict verdict, Readers readers, Honest honest, Program station)
            throws IOException {
        return String.join(
                "\n",
                size.toString(),
                "load of the machine at the end: "
                        + Files.readString(Path.of("/proc/loadavg")).strip(),
                "readers: " + readers.report(),
                "honest sessions with a letter and a chunk: " + honest.sessions() + ", longer than a minute: "
                        + honest.slow.get() + ", failed: " + honest.failures(),
                "memory of the station: " + megabytes(station, "VmRSS") + " MB at the end, "
                        + megabytes(station, "VmHWM") + " MB at most",
                "answers: " + verdict.counts(),
                "faults: " + verdict.faults(),
                "");
    }

    /** A source whose sessions, letters and evidence must go through. */
    private final class Honest {
        private final Ledger ledger;
        private final int first;
        private final Set<String> failures = new TreeSet<>();
        private final List<Long> sessions = new ArrayList<>();
        private final AtomicInteger slow = new AtomicInteger();

        Honest(Ledger ledger, int first) {
            this.ledger = ledger;
            this.first = first;
        }

        void untilOver(Flood flood) {
            try {
                Letters letters = new Letters(new SecureRandom());
                while (!flood.isOver()) {
                    attempt(letters);
                }
            } catch (StationFailure e) {
                failed(e.kind() + ": " + e.getMessage());
            } catch (Exception e) {
                failed(e.toString());
            }
        }

        /** A session that took longer than the minute for which epochs of five seconds are served begins again. */
        private void attempt(Letters letters) throws Exception {
            try {
                session(letters);
            } catch (StationFailure e) {
                if (e.kind() != StationFailure.Kind.EPOCH_GONE) {
                    throw e;
                }
                slow.incrementAndGet();
            }
        }

        private void session(Letters letters) throws Exception {
            long begun = System.nanoTime();
            try (StationSession session = town.client().session()) {
                VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
                int number = first + 1 + sessions();
                byte[] bundle = letters.write(epoch, Letters.text(number));
                Pause.of(InstantSource.system()).until(session.nextMoment());
                session.post(bundle);
                ledger.acknowledged(number, bundle);
                byte[] bytes = new Sender(number, ENVELOPES).bytes(SizeClass.KIB_256.chunkLength());
                ChunkId id = ChunkId.copyOf(new Sender(-number, ENVELOPES).bytes(ChunkId.LENGTH));
                try (ChunkUploader uploader = town.client().uploader(epoch.certificate())) {
                    uploader.upload(SealedChunk.takeOver(id, bytes.clone()), sent -> {});
                }
                ledger.receipted(id, Letters.sha256(bytes));
            }
            synchronized (this) {
                sessions.add(System.nanoTime() - begun);
            }
        }

        private synchronized void failed(String failure) {
            failures.add(failure);
        }

        synchronized Set<String> failures() {
            return Set.copyOf(failures);
        }

        synchronized int sessions() {
            return sessions.size();
        }
    }

    /** A line of what the system says about the memory of a process, in MB. */
    private static long megabytes(Program program, String name) throws IOException {
        return number(Path.of("/proc/" + program.pid() + "/status"), name) / 1024;
    }

    private static int openFiles() throws IOException {
        return (int) number(Path.of("/proc/self/limits"), "Max open files");
    }

    /** The first number after {@code name} in a file of the system. */
    private static long number(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length())
                        .replaceFirst("[^0-9]*", "")
                        .replaceFirst("[^0-9].*", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IOException("no " + name + " in " + file));
    }
}
