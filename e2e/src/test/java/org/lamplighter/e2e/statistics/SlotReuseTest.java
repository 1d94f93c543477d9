package org.lamplighter.e2e.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.e2e.statistics.MailboxLab.Boundary;
import org.lamplighter.e2e.statistics.MailboxLab.Entered;
import org.lamplighter.testkit.MemoryFolder;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.statistics.Significance;

/**
 * Slots as a question (formats.md 5): who sends again when own rows have just left sees how often the new ones stand where the old
 * ones stood. If that depended on how many slots are free, it would tell how full the mailbox is.
 */
@Tag("statistics")
final class SlotReuseTest {
    /** 32 bundles fit; under a flood two thirds of them are there. */
    private static final StationParameters TINY =
            new StationParameters("tiny", 64, 2, 60, 600, 60, 180, 120, 600, 10, 1, 0);

    private static final int EPOCHS = Size.of(400, 6_000);

    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    /** Where somebody sees a row. */
    private enum View {
        POSITIONS,
        /** The fault: an epoch in the order of the slots. */
        SLOTS
    }

    /** How often own new rows stood where own old rows stood, and how often they would by chance. */
    private record Reuse(int hits, double expected, double variance, double fill) {
        double pValue() {
            return Significance.normal(hits, expected, variance);
        }
    }

    @Test
    void ownNewRows_standWhereOwnOldOnesStood_asOftenAsByChance_whateverTheFill() throws Exception {
        Reuse alone = reuse(View.POSITIONS, 1, 0, 401);
        Reuse crowded = reuse(View.POSITIONS, 4, 4, 402);
        Report.line(
                "slot reuse",
                "2 x " + EPOCHS + " epochs, N = 64",
                "fill %.2f: %d hits of %.1f by chance (p = %.3g); fill %.2f: %d of %.1f (p = %.3g)",
                alone.fill(),
                alone.hits(),
                alone.expected(),
                alone.pValue(),
                crowded.fill(),
                crowded.hits(),
                crowded.expected(),
                crowded.pValue());
        assertThat(alone.pValue()).isGreaterThan(Significance.ALPHA);
        assertThat(crowded.pValue()).isGreaterThan(Significance.ALPHA);
        assertThat(crowded.fill()).isGreaterThan(alone.fill() + 0.2);
    }

    @Test
    void plantedFault_epochInTheOrderOfSlots_tellsTheFill() throws Exception {
        Reuse crowded = reuse(View.SLOTS, 4, 4, 403);
        assertThat(crowded.pValue()).isLessThan(Significance.ALPHA);
    }

    /** Each epoch the estimator posts {@code own} bundles, others {@code others}. */
    private Reuse reuse(View view, int own, int others, long seed) throws Exception {
        int hits = 0;
        double expected = 0;
        double variance = 0;
        double fill = 0;
        try (MailboxLab lab = MailboxLab.open(Files.createTempDirectory(folder, "lab"), TINY, SeededRandom.of(seed))) {
            Set<Integer> ownBundles = new HashSet<>();
            Set<Integer> ownSlots = new HashSet<>();
            int[] before = IntStream.range(0, TINY.slots()).toArray();
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                for (int i = 0; i < own; i++) {
                    ownBundles.add(lab.post());
                }
                for (int i = 0; i < others; i++) {
                    lab.post();
                }
                Boundary boundary = lab.turn();
                int[] was = before;
                Set<Integer> old = boundary.freed().stream()
                        .filter(ownSlots::contains)
                        .map(slot -> was[slot])
                        .collect(Collectors.toSet());
                boundary.freed().forEach(ownSlots::remove);
                int[] now = view == View.SLOTS ? before : lab.positions();
                int entered = 0;
                for (Entered row : boundary.entered()) {
                    if (ownBundles.contains(row.bundle())) {
                        ownSlots.add(row.slot());
                        entered++;
                        hits += old.contains(now[row.slot()]) ? 1 : 0;
                    }
                }
                double chance = (double) old.size() / TINY.slots();
                expected += entered * chance;
                variance += entered * chance * (1 - chance);
                fill += (double) lab.liveRows() / TINY.slots() / EPOCHS;
                before = now;
            }
        }
        return new Reuse(hits, expected, variance, fill);
    }
}
