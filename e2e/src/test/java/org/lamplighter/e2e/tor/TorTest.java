package org.lamplighter.e2e.tor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.e2e.crash.Letters;
import org.lamplighter.e2e.crash.Program;
import org.lamplighter.e2e.crash.Scene;

/** One disclosure through onion address, proofs of work and named circuits, from the twelve words to the answer. */
@Tag("tor")
final class TorTest {
    private static final Pattern ANY = Pattern.compile("");
    private static final Pattern MESSAGE = Pattern.compile("message ([a-z]+-[a-z]+/[0-9]+) from the source");
    private static final Pattern WORDS = Pattern.compile("(?m)^\\s*((?:[a-z]+ ){11}[a-z]+)\\s*$");
    private static final String TEXT = "The loading bay book was changed after the audit.";
    private static final String REPLY = "Thank you. Which week was it?";

    @TempDir
    private Path folder;

    @Test
    void disclosure_throughAnOnionAddress_andItsAnswer() throws Exception {
        try (OnionTown town = OnionTown.open(folder)) {
            OnionTown.until(() -> town.journalist("replenish"), ANY);
            assertThat(town.network().log("onion")).doesNotContain("[err]");
            String words = words();
            byte[] evidence = new SecureRandom().generateSeed(300_000);
            Path text = Files.writeString(town.at("text"), TEXT);
            Path file = Files.write(town.at("loading-bay.bin"), evidence);
            OnionTown.until(
                    () -> town.source(List.of(words), "send", "--yes", "--text", text, "--file", file),
                    Pattern.compile("handed over at the door"));

            String read = OnionTown.until(() -> town.journalist("read"), Pattern.compile(Pattern.quote(TEXT)));
            Path out = town.at("out");
            String message = group(MESSAGE, read);
            OnionTown.until(() -> town.journalist("export", message, "--to", out), ANY);
            assertThat(Files.readAllBytes(out.resolve("loading-bay.bin"))).isEqualTo(evidence);

            Path reply = Files.writeString(town.at("reply"), REPLY);
            String conversation = message.replaceFirst("/.*", "");
            OnionTown.until(() -> town.journalist("reply", conversation, "--text", reply), Pattern.compile("saved as"));
            OnionTown.until(() -> town.journalist("read"), ANY);
            OnionTown.until(() -> town.source(List.of(words), "read"), Pattern.compile(Pattern.quote(REPLY)));
            oneBundleACircuit(town);
            assertThat(Scene.check(town.at("station")).exit()).isZero();
        }
    }

    /** Two bundles in one session, which no command sends, are two on one circuit; in two sessions they are not. */
    private static void oneBundleACircuit(OnionTown town) throws Exception {
        Letters letters = new Letters(new SecureRandom());
        byte[][] bundles = new byte[2][];
        try (StationSession session = town.client().session()) {
            VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
            for (int i = 0; i < bundles.length; i++) {
                bundles[i] = letters.write(epoch, Letters.text(i));
            }
        }
        try (OnionWire circuit = OnionWire.connect(town.route())) {
            awaitBeginningOfAnEpoch();
            assertThat(circuit.post(bundles[0])).isEqualTo(202);
            assertThat(circuit.post(bundles[1])).isEqualTo(429);
            assertThat(circuit.post(bundles[0])).isEqualTo(202);
        }
        try (OnionWire other = OnionWire.connect(town.route())) {
            assertThat(other.post(bundles[1])).isEqualTo(202);
        }
    }

    private static void awaitBeginningOfAnEpoch() throws InterruptedException {
        long millis = OnionTown.EPOCH_SECONDS * 1000L;
        Thread.sleep(millis - System.currentTimeMillis() % millis);
    }

    private static String words() throws Exception {
        List<String> printed = Program.run(List.of(), "source", "new", "--yes");
        return group(WORDS, String.join("\n", printed));
    }

    private static String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).describedAs(text).isTrue();
        return matcher.group(1);
    }
}
