package org.lamplighter.e2e.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.testkit.MemoryFolder;
import org.lamplighter.testkit.SeededRandom;

/**
 * Anonymity T7: an epoch that was built and could not be entered lies on the disk; the one that is built in its stead shares no word
 * with it, so that whoever sees both links no row.
 */
@Tag("statistics")
final class RebuildTest {
    private static final int WORD = 32;
    private static final StationParameters PARAMETERS =
            new StationParameters("even", 256, 2, 60, 600, 60, 180, 86_400, 600, 100, 1, 0);

    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    /** The fault: a machine that is set back to an earlier state, and draws the same numbers again. */
    private static final class Rewinding extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private transient SeededRandom random = SeededRandom.of(900);

        void rewind() {
            random = SeededRandom.of(901);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }
    }

    @Test
    void epochThatIsBuiltAgain_sharesNoWord() throws Exception {
        assertThat(wordsInBoth(SeededRandom.of(902), () -> {})).isZero();
    }

    @Test
    void plantedFault_randomnessThatComesAgain_isSeen() throws Exception {
        Rewinding random = new Rewinding();
        assertThat(wordsInBoth(random, random::rewind)).isGreaterThan(256);
    }

    /** How many words of hints and bodies stand in both builds of one epoch; {@code reset} comes before each. */
    private int wordsInBoth(SecureRandom random, Runnable reset) throws Exception {
        try (FilledStation station = new FilledStation(folder, PARAMETERS, random)) {
            station.epochAt(50);
            station.failOnceAt("COMMIT turn");
            reset.run();
            assertThatThrownBy(() -> station.epochAt(50)).isInstanceOf(IOException.class);
            Set<String> first = words(station.unfinished());
            reset.run();
            Set<String> second = words(station.epochFolder(station.turn()));
            assertThat(second).hasSizeGreaterThan(256 * 256);
            first.retainAll(second);
            return first.size();
        }
    }

    private static Set<String> words(Path epoch) throws IOException {
        Set<String> words = new HashSet<>();
        byte[] hints = Files.readAllBytes(epoch.resolve(EpochLayout.HINTS));
        for (int at = 0; at < hints.length; at += EpochLayout.HINT_LENGTH) {
            words.add(Hex.format(Arrays.copyOfRange(hints, at, at + WORD)));
        }
        for (int file = 0; file < EpochLayout.BODY_FILES; file++) {
            byte[] bodies = Files.readAllBytes(epoch.resolve(EpochLayout.bodyFile(file)));
            for (int at = 0; at < bodies.length; at += WORD) {
                words.add(Hex.format(Arrays.copyOfRange(bodies, at, at + WORD)));
            }
        }
        return words;
    }
}
