package org.lamplighter.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver finds the faults that are planted, in a bounded number of tries, and none where there is none. */
final class FuzzDriverTest {
    private static final String TARGETS = PlantedTargets.class.getName();

    /** Each is found within some thousands of inputs; the bound on the seconds only ends a run that went wrong. */
    private static final long RUNS = 2_000_000;

    private static final int SECONDS = 300;

    @TempDir
    private Path folder;

    @Test
    void fuzz_findsTheBoundThatIsMissing() throws Exception {
        JazzerProcess.Outcome outcome = fuzz(PlantedTargets.WITHOUT_BOUND, RUNS);

        byte[] finding = Files.readAllBytes(outcome.finding().orElseThrow());
        FuzzTarget target = FuzzTargets.find(TARGETS, PlantedTargets.WITHOUT_BOUND);
        assertThatThrownBy(() -> target.run(finding)).isInstanceOf(AssertionError.class);
        assertThat(FuzzTargets.find(TARGETS, PlantedTargets.SOUND).run(finding)).isFalse();
    }

    @Test
    void fuzz_findsTheSecondForm() throws Exception {
        JazzerProcess.Outcome outcome = fuzz(PlantedTargets.TWO_FORMS, RUNS);

        assertThat(outcome.finding()).isPresent();
    }

    @Test
    void fuzz_soundParser_findsNothingAndReachesItsDepth() throws Exception {
        JazzerProcess.Outcome outcome = fuzz(PlantedTargets.SOUND, 20_000);

        assertThat(outcome.finding()).isEmpty();
        assertThat(outcome.inputs()).isGreaterThanOrEqualTo(20_000);
        assertThat(outcome.corpus()).isGreaterThan(3);
    }

    @Test
    void regression_keptFinding_failsWithTheFaultAlone() throws Exception {
        byte[] finding = {1, 0, 1, (byte) 200, 0, 0, 0, 0, 0};
        for (String name : List.of(PlantedTargets.WITHOUT_BOUND, PlantedTargets.SOUND)) {
            KeptCorpus.of(folder, name).write(List.of(finding), List.of());
        }

        FuzzRegression.check(FuzzTargets.find(TARGETS, PlantedTargets.SOUND), folder);
        FuzzTarget faulty = FuzzTargets.find(TARGETS, PlantedTargets.WITHOUT_BOUND);
        assertThatThrownBy(() -> FuzzRegression.check(faulty, folder)).isInstanceOf(AssertionError.class);
    }

    @Test
    void regression_targetThatTakesNothing_fails() {
        FuzzTarget refusing = FuzzTarget.of("refusing", 8, input -> false).seeded(new byte[4]);

        assertThatThrownBy(() -> FuzzRegression.check(refusing, folder)).isInstanceOf(AssertionError.class);
    }

    @Test
    void keptCorpus_isTheSameFileForTheSameInputs() throws Exception {
        List<byte[]> inputs = List.of(new byte[] {1, 2}, new byte[] {3}, new byte[0]);
        KeptCorpus.of(folder, "one").write(inputs, List.of(new byte[] {3}));
        KeptCorpus.of(folder, "two").write(inputs.reversed(), List.of(new byte[] {3}));

        assertThat(KeptCorpus.of(folder, "one").read()).containsExactly(new byte[0], new byte[] {1, 2});
        assertThat(folder.resolve("one.zip")).hasSameBinaryContentAs(folder.resolve("two.zip"));
    }

    @Test
    void patch_doesWhatItSays() {
        byte[] document = {'a', 'b', 'c', 'd'};

        assertThat(Patch.apply(document, new byte[0])).isEqualTo(document);
        assertThat(Patch.apply(document, new byte[] {0, 1, 1, 'x'})).containsExactly('a', 'x', 'c', 'd');
        assertThat(Patch.apply(document, new byte[] {0, 4, 0x42, 'x', 'y'}))
                .containsExactly('a', 'b', 'c', 'd', 'x', 'y');
        assertThat(Patch.apply(document, new byte[] {0, 1, (byte) 0x82})).containsExactly('a', 'd');
        assertThat(Patch.apply(document, new byte[] {-1, -1, 0x3f})).isEqualTo(document);
    }

    private JazzerProcess.Outcome fuzz(String name, long runs) throws Exception {
        FuzzTarget target = FuzzTargets.find(TARGETS, name);
        return new JazzerProcess(TARGETS, target, folder).fuzz(target.seeds(), SECONDS, runs);
    }
}
