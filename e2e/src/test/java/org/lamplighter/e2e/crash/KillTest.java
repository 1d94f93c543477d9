package org.lamplighter.e2e.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Station, source and journalist are killed at moments drawn at random, under load; after each kill everything is derived again
 * from the bytes on disk. One round of {@link Moment#OF} kills in every build; 17 rounds, 510 kills, with {@code -Pcrash}.
 *
 * <p>Again with the same draws: {@code -Dlamplighter.crash.seed=…}. The draws are the same, the moments only as far as the
 * machine is.
 */
@ExtendWith(TownBuilder.class)
final class KillTest {
    private static final int ROUNDS = 17;

    private final Town town;

    @TempDir
    private Path folder;

    KillTest(Town town) {
        this.town = town;
    }

    @Test
    void everybodyKilledAtAnyMoment_nothingAcknowledgedIsLost() throws Exception {
        round(seed(), folder, new Tally());
    }

    /** Writes after each round how far it is, to {@code target/crash-report.txt}; a run that is cut off goes on from there. */
    @Test
    @Tag("crash")
    void everybodyKilledFiveHundredTimes_nothingAcknowledgedIsLost() throws Exception {
        long seed = seed();
        Path report = Path.of("target", "crash-report.txt");
        Tally tally = new Tally();
        Instant begin = Instant.now();
        int rounds = Integer.getInteger("lamplighter.crash.rounds", ROUNDS);
        for (int round = 0; round < rounds; round++) {
            round(seed + round, Files.createDirectory(folder.resolve("round " + round)), tally);
            Files.writeString(
                    report,
                    "seeds " + seed + " to " + (seed + round) + ", "
                            + Duration.between(begin, Instant.now()).toSeconds() + " s: " + tally
                            + "; nothing lost, all checks green\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private static long seed() {
        return Long.getLong("lamplighter.crash.seed", new Random().nextLong(1_000_000));
    }

    private void round(long seed, Path place, Tally tally) {
        try (Scene scene = town.scene(place)) {
            new Round(scene, seed, tally).run();
        } catch (Throwable e) {
            throw new AssertionError("again with -Dlamplighter.crash.seed=" + seed, e);
        }
    }
}
