package org.lamplighter.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.lamplighter.testkit.SeededRandom;

/** What an ordinary build does with the targets: every kept input once, and some changes to each. */
public final class FuzzRegression {
    private static final int CHANGES = 20;

    private FuzzRegression() {}

    /** One test for each target, over its seeds and what {@code folder} keeps of it. */
    public static Stream<DynamicTest> tests(FuzzTargets targets, Path folder) throws Exception {
        List<FuzzTarget> all = targets.all();
        Set<String> names = new HashSet<>();
        assertThat(all).isNotEmpty().allMatch(target -> names.add(target.name()));
        return all.stream().map(target -> DynamicTest.dynamicTest(target.name(), () -> check(target, folder)));
    }

    /**
     * Gives the target its inputs.
     *
     * @throws AssertionError when it breaks its promise, or takes none of them: then it is not known to reach the parser
     */
    static void check(FuzzTarget target, Path folder) throws IOException {
        List<byte[]> inputs = new ArrayList<>(target.seeds());
        inputs.addAll(KeptCorpus.of(folder, target.name()).read());
        SeededRandom random = SeededRandom.of(target.name().hashCode());
        int accepted = 0;
        for (byte[] input : inputs) {
            accepted += target.run(input) ? 1 : 0;
            for (int i = 0; i < CHANGES && input.length > 0; i++) {
                byte[] changed = input.clone();
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                accepted += target.run(changed) ? 1 : 0;
            }
        }
        assertThat(accepted).as("inputs that are taken").isPositive();
    }
}
