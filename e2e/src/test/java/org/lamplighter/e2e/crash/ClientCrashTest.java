package org.lamplighter.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.cli.source.ReceivedReply;
import org.lamplighter.cli.source.SourceFlow;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.core.source.Passphrase;
import org.lamplighter.station.chunks.ChunkFolder;
import org.lamplighter.testkit.SeededRandom;

/** Programs of sources and journalists are killed in the middle of what they do; the next run goes on as if nothing had been. */
@ExtendWith(TownBuilder.class)
final class ClientCrashTest {
    private static final int FILE_BYTES = 20_000_000;
    /** Chunks of 4 MiB of a file of this size. */
    private static final int FILE_CHUNKS = 8;

    private static final Pattern MESSAGE = Pattern.compile("message ([a-z]+-[a-z]+/[0-9]+) from the source");
    private static final Pattern CONVERSATION = Pattern.compile("conversation ([a-z]+-[a-z]+)");

    private final Town town;

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("lamplighter.crash.seed", new Random().nextLong(1_000_000));
    private final Random random = new Random(seed);

    ClientCrashTest(Town town) {
        this.town = town;
    }

    @Test
    void source_killedWhileItSends_sendsAgainWithTheSameWords() throws Exception {
        try (Scene scene = town.scene(folder)) {
            scene.startStation();
            scene.openForLetters();
            String words;
            try (Passphrase passphrase = Passphrase.generate(new SecureRandom())) {
                words = String.join(" ", passphrase.words());
            }
            byte[] evidence = SeededRandom.of(seed).bytes(FILE_BYTES);
            Path file = Files.write(scene.file("loading-bay.bin"), evidence);
            Path text = Files.writeString(scene.file("text"), Letters.text(1));

            // Two kills during the upload, one at its end: while the letter is sealed and posted, or just after.
            for (int chunks : List.of(1 + random.nextInt(2), 3 + random.nextInt(2), FILE_CHUNKS)) {
                Program send = startSend(words, text, file);
                awaitChunks(scene, shelved(scene) + chunks, send);
                Thread.sleep(random.nextInt(chunks == FILE_CHUNKS ? 150 : 40));
                boolean killed = send.kill();
                assertThat(killed || chunks == FILE_CHUNKS)
                        .describedAs(() -> "seed " + seed + "\n" + String.join("\n", send.lines()))
                        .isTrue();
                assertThat(Scene.check(scene.station()).lines())
                        .allMatch(line -> line.startsWith("ok ")
                                || line.startsWith("the station is running")
                                || line.endsWith(" checked, 0 failed"));
            }
            try (Program send = startSend(words, text, file)) {
                assertThat(send.end()).isZero();
                assertThat(send.lines()).anyMatch(line -> line.startsWith("handed over at the door"));
            }

            String read = readUntil(scene, 1);
            List<String> messages = all(MESSAGE, read);
            assertThat(messages).describedAs("seed %d", seed).hasSizeBetween(1, 2);
            for (String message : messages) {
                Path out = scene.file("out of " + message.replace('/', ' '));
                scene.desk("export", message, "--to", out);
                assertThat(Files.readAllBytes(out.resolve("loading-bay.bin"))).isEqualTo(evidence);
            }
        }
    }

    @Test
    void journalist_killedWhileReading_andWhileReplying_losesNothingThatWasShownOrSaved() throws Exception {
        try (Scene scene = town.scene(folder)) {
            scene.startStation();
            scene.openForLetters();
            Letters source = new Letters(new SecureRandom());
            for (int number = 1; number <= 6; number++) {
                post(scene, source, number);
            }
            Heads heads = new Heads();
            for (int epochs = 0; epochs < 3; epochs++) {
                heads.next(town);
            }
            TreeSet<Integer> printed = new TreeSet<>();
            for (int kill = 1; kill <= 3; kill++) {
                printed.addAll(Letters.numbers(killedReading(scene, kill)));
            }
            printed.addAll(Letters.numbers(readAll(scene)));
            assertThat(printed).describedAs("seed %d", seed).containsExactly(1, 2, 3, 4, 5, 6);

            String conversation = all(CONVERSATION, scene.desk("status")).getFirst();
            Town.copy(scene.file("ada"), scene.file("before"));
            killedReplying(scene, conversation, 101);
            assertThat(Letters.numbers(scene.desk("show", conversation))).contains(101);
            // The planted fault: the folder without what was saved last. The same look into it does not find the reply.
            Files.move(scene.file("ada"), scene.file("after"));
            Files.move(scene.file("before"), scene.file("ada"));
            assertThat(Letters.numbers(scene.desk("show", conversation))).doesNotContain(101);
            Files.move(scene.file("ada"), scene.file("before"));
            Files.move(scene.file("after"), scene.file("ada"));

            killedReplying(scene, conversation, 102);
            assertThat(repliesOf(scene, source)).describedAs("seed %d", seed).containsExactly(101, 102);
            assertThat(Letters.numbers(scene.desk("show", conversation)))
                    .describedAs("seed %d", seed)
                    .containsExactly(1, 2, 3, 4, 5, 6, 101, 102);
        }
    }

    private Program startSend(String words, Path text, Path file) throws IOException {
        return Program.start(
                List.of(words),
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
                file);
    }

    private static int shelved(Scene scene) throws IOException {
        return new ChunkFolder(scene.station().resolve("chunks")).shelved().size();
    }

    private static void awaitChunks(Scene scene, int count, Program send) throws Exception {
        while (shelved(scene) < count) {
            assertThat(send.isAlive())
                    .describedAs(() -> String.join("\n", send.lines()))
                    .isTrue();
            Thread.sleep(5);
        }
    }

    /** Kills {@code journalist read} after its first message, or anywhere; yields what it had printed. */
    private String killedReading(Scene scene, int kill) throws Exception {
        Program read = scene.startDesk("read");
        if (kill == 1) {
            read.await(MESSAGE);
        } else {
            Thread.sleep(500 + random.nextInt(2000));
        }
        read.kill();
        return String.join("\n", read.lines());
    }

    private void killedReplying(Scene scene, String conversation, int number) throws Exception {
        Path text = Files.writeString(scene.file("reply " + number), Letters.text(number));
        Program reply = scene.startDesk("reply", conversation, "--text", text);
        assertThat(reply.await(Pattern.compile("saved as")))
                .describedAs(() -> String.join("\n", reply.lines()))
                .isPresent();
        Thread.sleep(number == 101 ? 0 : random.nextInt(500));
        reply.kill();
    }

    /** Reads until the letter {@code number} is there; yields everything printed. */
    private static String readUntil(Scene scene, int number) throws Exception {
        StringBuilder printed = new StringBuilder();
        for (int epoch = 0; epoch < 12 && !Letters.numbers(printed.toString()).contains(number); epoch++) {
            Thread.sleep(Town.EPOCH_SECONDS * 500L);
            printed.append(scene.desk("read")).append('\n');
        }
        return printed.toString();
    }

    /** Reads until a session brings nothing new. */
    private static String readAll(Scene scene) throws Exception {
        StringBuilder printed = new StringBuilder();
        for (String read = scene.desk("read"); read.contains("message "); read = scene.desk("read")) {
            printed.append(read).append('\n');
        }
        return printed.toString();
    }

    /** What the source reads in the end, while the journalist's sessions go on; each reply as often as it is there. */
    private static List<Integer> repliesOf(Scene scene, Letters source) throws Exception {
        SourceFlow flow = SourceFlow.of(
                scene.town().client(), new SecureRandom(), InstantSource.system(), Pause.of(InstantSource.system()));
        List<Integer> found = List.of();
        for (int epoch = 0; epoch < 12 && found.size() < 2; epoch++) {
            scene.desk("read");
            Thread.sleep(Town.EPOCH_SECONDS * 500L);
            found = Letters.numbers(String.join(
                    "\n",
                    flow.read(source.keys(), Progress.none()).replies().stream()
                            .map(ReceivedReply::text)
                            .toList()));
        }
        return found;
    }

    private static void post(Scene scene, Letters source, int number) throws Exception {
        try (StationSession session = scene.town().client().session()) {
            byte[] bundle = source.write(session.fetch(Optional.empty(), Progress.none()), Letters.text(number));
            Pause.of(InstantSource.system()).until(session.nextMoment());
            session.post(bundle);
        }
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(1))
                .distinct()
                .toList();
    }
}
