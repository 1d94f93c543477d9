package org.lamplighter.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.client.pacing.Pause;

/**
 * The journalist's half of the drill of docs/operations/station.md with real processes: her folder backed up, lost and brought
 * back; what she had read is there, and after the operator forgot her prekeys she receives again.
 */
@ExtendWith(TownBuilder.class)
final class JournalistRestoreDrillTest {
    private static final Pattern CONVERSATION = Pattern.compile("conversation ([a-z]+-[a-z]+)");
    private static final String KEY_PASSPHRASE = "several words for the backups";

    private final Town town;
    private final Letters letters = new Letters(new SecureRandom());

    @TempDir
    private Path folder;

    JournalistRestoreDrillTest(Town town) {
        this.town = town;
    }

    @Test
    void folder_backedUpAndLost_comesBackWithWhatWasRead_andReceivesAgain() throws Exception {
        try (Scene scene = town.scene(folder)) {
            Program.run(List.of(KEY_PASSPHRASE, KEY_PASSPHRASE), "backup", "key", "--out", folder.resolve("key"));
            Program station = scene.startStation();
            scene.openForLetters();
            backUp(scene, "empty");
            deliver(1);
            String first = scene.desk("read");
            assertThat(Letters.numbers(first)).contains(1);
            Matcher named = CONVERSATION.matcher(first);
            assertThat(named.find()).as(first).isTrue();
            String conversation = named.group(1);
            backUp(scene, "saved");

            wipe(scene.file("ada"));
            restore(scene, "saved");
            assertThat(scene.checkDesk().isGreen())
                    .as(String.join("\n", scene.checkDesk().lines()))
                    .isTrue();
            assertThat(shown(scene, conversation)).contains(1);
            // The planted fault: a backup of before the letter does not bring it back, and the same look misses it.
            Files.move(scene.file("ada"), folder.resolve("aside"));
            restore(scene, "empty");
            assertThat(shown(scene, conversation)).doesNotContain(1);
            wipe(scene.file("ada"));
            Files.move(folder.resolve("aside"), scene.file("ada"));

            // Sealed to prekeys whose secrets are in no backup: said, and not shown.
            deliver(2);
            try (Program program = scene.startDesk("read")) {
                assertThat(program.end()).isEqualTo(1);
                assertThat(program.lines())
                        .anyMatch(line -> line.startsWith("error: "))
                        .anyMatch(line -> line.startsWith("hint: ") && line.contains("forget-prekeys"));
                assertThat(Letters.numbers(String.join("\n", program.lines()))).doesNotContain(2);
            }

            Program.run(List.of(), "station", "forget-prekeys", scene.station(), "Ada Example");
            long epoch = epoch().head().epoch();
            awaitEpoch(epoch + 2);
            scene.desk("read");
            awaitEpoch(epoch().head().epoch() + 2);
            deliver(3);
            assertThat(Letters.numbers(scene.desk("read"))).contains(3);
            assertThat(scene.checkStation().isGreen()).isTrue();
            station.stop();
        }
    }

    private void backUp(Scene scene, String name) throws Exception {
        String said = scene.desk("backup", "--to", folder.resolve(name), "--recipient", folder.resolve("key.pub"));
        assertThat(said).contains("sha-256 ").contains("prekey secrets are not in it");
    }

    private void restore(Scene scene, String name) throws Exception {
        List<String> said = Program.run(
                List.of(KEY_PASSPHRASE),
                "backup",
                "restore",
                folder.resolve(name),
                "--to",
                scene.file("ada"),
                "--key",
                folder.resolve("key"));
        assertThat(said).anyMatch(line -> line.contains("forget-prekeys"));
    }

    /** Numbers of the letters that the folder holds of a conversation, whatever was shown before. */
    private static List<Integer> shown(Scene scene, String conversation) throws Exception {
        try (Program show = scene.startDesk("show", conversation)) {
            show.end();
            return Letters.numbers(String.join("\n", show.lines()));
        }
    }

    /** Posts a letter and waits until it is in the mailbox. */
    private void deliver(int number) throws Exception {
        long before;
        try (StationSession session = town.client().session()) {
            VerifiedEpoch now = session.fetch(Optional.empty(), Progress.none());
            before = now.head().epoch();
            byte[] bundle = letters.write(now, Letters.text(number));
            Pause.of(InstantSource.system()).until(session.nextMoment());
            session.post(bundle);
        }
        awaitEpoch(before + 3);
    }

    private void awaitEpoch(long number) throws Exception {
        while (epoch().head().epoch() < number) {
            Thread.sleep(200);
        }
    }

    private VerifiedEpoch epoch() throws Exception {
        try (StationSession session = town.client().session()) {
            return session.fetch(Optional.empty(), Progress.none());
        }
    }

    private static void wipe(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
