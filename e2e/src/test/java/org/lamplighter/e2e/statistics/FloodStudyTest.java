package org.lamplighter.e2e.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
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
 * Anonymity T8, and T6 for slots: a flood of ten times the capacity over the queue, the lottery and the store of a station. The
 * flooder chooses the order: half of its bundles before everybody else's in each epoch, half after.
 */
@Tag("statistics")
final class FloodStudyTest {
    /** 128 bundles fit, 2.29 an epoch is the capacity; a bundle takes part in eight lotteries. */
    private static final StationParameters NARROW =
            new StationParameters("narrow", 256, 2, 15, 600, 60, 180, 120, 600, 10, 1, 0);

    /** The same with a queue that the flood fills. */
    private static final StationParameters PATIENT =
            new StationParameters("patient", 256, 2, 15, 600, 60, 180, 86_400, 600, 10, 1, 0);

    private static final int FLOOD = 23;
    private static final int PARTS = 32;
    private static final int HONEST = 5;
    private static final int EPOCHS = Size.of(1_000, 32_000);

    @TempDir(factory = MemoryFolder.class)
    private static Path folder;

    private static Study flood;

    @BeforeAll
    static void flood() throws Exception {
        flood = new Study(NARROW, SeededRandom.of(201)).run(EPOCHS, FLOOD / 2, HONEST, FLOOD - FLOOD / 2);
    }

    /** What came of the honest bundles and of the slots. */
    private static final class Study {
        private final MailboxLab lab;
        private final LotteryPromise promise;
        private final Set<Integer> honest = new HashSet<>();
        private final List<Integer> orderInEpoch = new ArrayList<>();
        /** By third of the epoch in which a bundle was posted, and by part of the free slots. */
        private final long[][] slotsByOrder = new long[3][PARTS];

        private int admitted;
        private int honestAdmitted;
        private int lost;

        private Study(StationParameters parameters, SecureRandom random) throws IOException {
            this.lab = MailboxLab.open(Files.createTempDirectory(folder, "lab"), parameters, random);
            this.promise = new LotteryPromise(parameters.waitingSeconds() / parameters.epochSeconds());
        }

        /** Epochs in each of which the flooder posts, then the honest, then the flooder again. */
        Study run(int epochs, int before, int honestOnes, int after) throws IOException, InterruptedException {
            try (lab) {
                for (int epoch = 0; epoch < epochs; epoch++) {
                    post(before, false, 0);
                    post(honestOnes, true, 1);
                    post(after, false, 2);
                    take(lab.turn());
                    lost += epoch % 50 == 49 ? lab.lostRows() : 0;
                }
                lost += lab.lostRows();
            }
            return this;
        }

        void post(int bundles, boolean isHonest, int third) throws IOException, InterruptedException {
            for (int i = 0; i < bundles; i++) {
                int number = lab.post();
                orderInEpoch.add(third);
                promise.offered(isHonest);
                if (isHonest) {
                    honest.add(number);
                }
            }
        }

        private void take(Boundary boundary) {
            Set<Integer> bundles =
                    boundary.entered().stream().map(Entered::bundle).collect(Collectors.toSet());
            assertThat(boundary.entered()).hasSize(2 * bundles.size());
            admitted += bundles.size();
            honestAdmitted += (int) bundles.stream().filter(honest::contains).count();
            promise.boundary(boundary.waiting(), bundles.size(), boundary.left());
            for (Entered row : boundary.entered()) {
                slotsByOrder[orderInEpoch.get(row.bundle())][(int) (row.rank() * PARTS)]++;
            }
        }

        /** Honest admissions against the promise. */
        double fairPValue() {
            return Significance.normal(honestAdmitted, promise.expected(), promise.variance());
        }

        double honestByPromise() {
            return honestAdmitted / promise.expected();
        }

        double slotsPValue() {
            long[] slots = new long[PARTS];
            for (long[] counts : slotsByOrder) {
                for (int part = 0; part < PARTS; part++) {
                    slots[part] += counts[part];
                }
            }
            return Significance.uniform(slots);
        }

        double orderPValue() {
            return Significance.leastOf(
                    Math.min(
                            Significance.sameDistribution(slotsByOrder[0], slotsByOrder[1]),
                            Significance.sameDistribution(slotsByOrder[0], slotsByOrder[2])),
                    2);
        }

        double admittedAnEpoch(int epochs) {
            return admitted / (double) epochs;
        }
    }

    @Test
    void t8_flood_leavesTheHonestTheirShare_andLosesNoRow() throws Exception {
        report("T8 flood of 10 x capacity", EPOCHS, flood);
        assertThat(flood.fairPValue()).isGreaterThan(Significance.ALPHA);
        if (Size.isFull()) {
            assertThat(flood.honestByPromise()).isBetween(0.95, 1.05);
        }
        assertThat(flood.lost).isZero();
        // 0.85 of the capacity by the rate of the open bucket, and the burst at the beginning.
        double rate = 0.85 * 128 * 15 / 840;
        double burst = 128 * 180 / 840.0;
        assertThat(Significance.normal(flood.admitted, rate * EPOCHS + burst, rate * EPOCHS))
                .isGreaterThan(Significance.ALPHA);
    }

    @Test
    void t8_fullQueue_leavesTheHonestTheirShare_andLosesNoRow() throws Exception {
        int epochs = Size.of(100, 3_000);
        Study study = new Study(PATIENT, SeededRandom.of(202));
        study.post(4_000, false, 0);
        study.run(epochs, 20, 40, 20);
        report("T8 flood of a full queue", epochs, study);
        assertThat(study.fairPValue()).isGreaterThan(Significance.ALPHA);
        assertThat(study.lost).isZero();
    }

    @Test
    void t6_slots_areUniform_underAnOrderThatTheFlooderChooses() throws Exception {
        Report.line(
                "T6 slots under a chosen order",
                EPOCHS + " epochs, N = 256",
                "%d rows, uniform p = %.3g, independent of the order of posting p = %.3g",
                2 * flood.admitted,
                flood.slotsPValue(),
                flood.orderPValue());
        assertThat(flood.slotsPValue()).isGreaterThan(Significance.ALPHA);
        assertThat(flood.orderPValue()).isGreaterThan(Significance.ALPHA);
    }

    @Test
    void plantedFault_lotteryThatFavoursTheFirst_isFound_andSlotsThatAreNotUniform() throws Exception {
        Study study = new Study(NARROW, new SkewedRandom(204)).run(400, FLOOD, HONEST, 0);
        assertThat(study.fairPValue()).isLessThan(Significance.ALPHA);
        assertThat(study.honestByPromise()).isLessThan(0.95);
        assertThat(study.slotsPValue()).isLessThan(Significance.ALPHA);
    }

    @Test
    void plantedFault_rowThatMakesRoomForAnother_isMissed() throws Exception {
        Study study = new Study(NARROW, SeededRandom.of(205));
        study.post(3, true, 0);
        study.take(study.lab.turn());
        study.post(3, true, 0);
        study.take(study.lab.turn());
        assertThat(study.lab.liveRows()).isPositive();
        assertThat(study.lab.lostRows()).isZero();
        study.lab.overwriteARow();
        assertThat(study.lab.lostRows()).isEqualTo(1);
        study.lab.close();
    }

    private static void report(String property, int epochs, Study study) throws IOException {
        Report.line(
                property,
                epochs + " epochs, N = 256",
                "%d bundles offered, %d admitted (%.3f an epoch), honest %d of %.1f promised = %.3f (p = %.3g), %d rows lost",
                study.orderInEpoch.size(),
                study.admitted,
                study.admittedAnEpoch(epochs),
                study.honestAdmitted,
                study.promise.expected(),
                study.honestByPromise(),
                study.fairPValue(),
                study.lost);
    }
}
