package org.lamplighter.e2e.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.statistics.Significance;

/**
 * Anonymity T1, T2 and T6 over the epochs of one mailbox at N = 64: nobody tells sent rows from decoys, adjacent epochs share no
 * word, and positions mean nothing. Each fault is planted into the first 200 epochs of the same mailbox.
 */
@Tag("statistics")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealAndDecoyStudyTest {
    private static final int EPOCHS = Size.of(2_000, 10_000);
    private static final int EPOCHS_WITH_A_FAULT = 200;

    /** How a builder may go wrong. */
    private enum Fault {
        DECOYS_OF_RANDOM_BYTES,
        SKEWED_BIT_IN_DECOYS,
        DECOYS_THAT_STAY,
        SENT_ROWS_FIRST,
        SLOTS_IN_ORDER,
        ONE_ROW_KEEPS_ITS_SCALAR
    }

    private final RowStudy rows = new RowStudy(EPOCHS);
    private final PositionStudy positions = new PositionStudy(EvolvingMailbox.SLOTS);
    private final Map<Fault, RowStudy> faultyRows = new EnumMap<>(Fault.class);
    private final Map<Fault, PositionStudy> faultyPositions = new EnumMap<>(Fault.class);
    private final SeededRandom random = SeededRandom.of(102);

    @BeforeAll
    void observe() throws Exception {
        EvolvingMailbox mailbox = EvolvingMailbox.open(101);
        Map<Fault, ObservedEpoch> before = new EnumMap<>(Fault.class);
        for (int number = 0; number < EPOCHS; number++) {
            ObservedEpoch epoch = mailbox.next();
            rows.add(epoch);
            positions.add(epoch.slotAt());
            for (Fault fault : number < EPOCHS_WITH_A_FAULT ? Fault.values() : new Fault[0]) {
                ObservedEpoch faulty = plant(fault, epoch, before.getOrDefault(fault, epoch));
                before.put(fault, faulty);
                faultyRows
                        .computeIfAbsent(fault, f -> new RowStudy(EPOCHS_WITH_A_FAULT))
                        .add(faulty);
                faultyPositions
                        .computeIfAbsent(fault, f -> new PositionStudy(EvolvingMailbox.SLOTS))
                        .add(faulty.slotAt());
            }
        }
    }

    @Test
    void t1_distinguisher_guesses() throws Exception {
        Report.line(
                "T1 distinguisher",
                EPOCHS + " epochs, N = 64",
                "%d rows asked about, accuracy %.4f (p = %.3g); all bytes p = %.3g, least bit p = %.3g",
                rows.distinguisher().asked(),
                rows.distinguisher().accuracy(),
                rows.distinguisher().pValue(),
                rows.bytesPValue(),
                rows.bitsPValue());
        assertThat(rows.distinguisher().asked()).isEqualTo(EPOCHS / 2 * EvolvingMailbox.SLOTS);
        assertThat(rows.distinguisher().pValue()).isGreaterThan(Significance.ALPHA);
        assertThat(rows.bytesPValue()).isGreaterThan(Significance.ALPHA);
        assertThat(rows.bitsPValue()).isGreaterThan(Significance.ALPHA);
        assertThat(rows.undecodable()).isZero();
    }

    @Test
    void t2_adjacentEpochs_shareNoWord() throws Exception {
        Report.line("T2 adjacent epochs", EPOCHS + " epochs, N = 64", "%d words repeated", rows.repeatedWords());
        assertThat(rows.repeatedWords()).isZero();
    }

    @Test
    void t6_positions_areUniformAndIndependentOfThoseBefore() throws Exception {
        Report.line(
                "T6 positions",
                EPOCHS + " epochs, N = 64",
                "uniform p = %.3g, independent of the epoch before p = %.3g",
                positions.uniformPValue(),
                positions.independentPValue());
        assertThat(positions.uniformPValue()).isGreaterThan(Significance.ALPHA);
        assertThat(positions.independentPValue()).isGreaterThan(Significance.ALPHA);
    }

    @Test
    void plantedFault_decoysOfRandomBytes_areTold() {
        RowStudy study = faultyRows.get(Fault.DECOYS_OF_RANDOM_BYTES);
        assertThat(study.distinguisher().accuracy()).isGreaterThan(0.9);
        assertThat(study.undecodable()).isGreaterThan(EPOCHS_WITH_A_FAULT * EvolvingMailbox.SLOTS / 4);
    }

    @Test
    void plantedFault_oneBitOfDecoysThatIsSetThreeTimesInFive_isFound() {
        RowStudy study = faultyRows.get(Fault.SKEWED_BIT_IN_DECOYS);
        assertThat(study.bitsPValue()).isLessThan(Significance.ALPHA);
    }

    @Test
    void plantedFault_decoysThatAreNotRenewed_areTold_andRepeatTheirWords() {
        RowStudy study = faultyRows.get(Fault.DECOYS_THAT_STAY);
        assertThat(study.distinguisher().accuracy()).isGreaterThan(0.9);
        assertThat(study.repeatedWords()).isPositive();
    }

    @Test
    void plantedFault_scalarOfOneRowThatIsUsedAgain_repeatsWords() {
        assertThat(faultyRows.get(Fault.ONE_ROW_KEEPS_ITS_SCALAR).repeatedWords())
                .isGreaterThan(EPOCHS_WITH_A_FAULT - 2);
    }

    @Test
    void plantedFault_sentRowsFirst_areToldByPosition() {
        assertThat(faultyRows.get(Fault.SENT_ROWS_FIRST).distinguisher().accuracy())
                .isGreaterThan(0.9);
    }

    @Test
    void plantedFault_slotsInOrder_areFoundByBothTestsOfPositions() {
        PositionStudy study = faultyPositions.get(Fault.SLOTS_IN_ORDER);
        assertThat(study.uniformPValue()).isLessThan(Significance.ALPHA);
        assertThat(study.independentPValue()).isLessThan(Significance.ALPHA);
    }

    /** What a builder with this fault would have published in the place of {@code epoch}. */
    private ObservedEpoch plant(Fault fault, ObservedEpoch epoch, ObservedEpoch previous) {
        ObservedEpoch faulty = epoch.copy();
        for (int k = 0; k < epoch.rows(); k++) {
            boolean decoy = !epoch.sent()[k];
            switch (fault) {
                case DECOYS_OF_RANDOM_BYTES -> {
                    if (decoy) {
                        random.nextBytes(faulty.hints()[k]);
                    }
                }
                case SKEWED_BIT_IN_DECOYS -> {
                    if (decoy && random.nextInt(5) == 0) {
                        faulty.bodies()[k][1000] |= (byte) 0x80;
                    }
                }
                case DECOYS_THAT_STAY -> {
                    int old = positionOf(previous, epoch.slotAt()[k]);
                    if (decoy && !previous.sent()[old]) {
                        faulty.hints()[k] = previous.hints()[old];
                        faulty.bodies()[k] = previous.bodies()[old];
                    }
                }
                case ONE_ROW_KEEPS_ITS_SCALAR -> {
                    if (epoch.slotAt()[k] == 7) {
                        faulty.hints()[k] = previous.hints()[positionOf(previous, 7)];
                    }
                }
                case SENT_ROWS_FIRST, SLOTS_IN_ORDER -> {}
            }
        }
        return switch (fault) {
            case SENT_ROWS_FIRST -> faulty.reordered(sorted(epoch, k -> epoch.sent()[k] ? 0 : 1));
            case SLOTS_IN_ORDER -> faulty.reordered(sorted(epoch, k -> epoch.slotAt()[k]));
            default -> faulty;
        };
    }

    private static int[] sorted(ObservedEpoch epoch, java.util.function.IntUnaryOperator key) {
        return IntStream.range(0, epoch.rows())
                .boxed()
                .sorted(java.util.Comparator.comparingInt(key::applyAsInt))
                .mapToInt(k -> k)
                .toArray();
    }

    private static int positionOf(ObservedEpoch epoch, int slot) {
        return IntStream.range(0, epoch.rows())
                .filter(k -> epoch.slotAt()[k] == slot)
                .findFirst()
                .orElseThrow();
    }
}
