package org.lamplighter.testkit.fuzz;

import org.jspecify.annotations.Nullable;

/** What Jazzer calls, once for each input. The target is named by the properties that {@link JazzerProcess} sets. */
public final class FuzzDriver {
    static final String TARGETS = "lamplighter.fuzz.targets";
    static final String TARGET = "lamplighter.fuzz.target";

    private static @Nullable FuzzTarget target;

    private FuzzDriver() {}

    /** Called by Jazzer before the first input. */
    public static void fuzzerInitialize() throws Exception {
        target = FuzzTargets.find(System.getProperty(TARGETS, ""), System.getProperty(TARGET, ""));
    }

    /** Called by Jazzer with an input. */
    @SuppressWarnings("CheckReturnValue") // whether it is taken is for the fuzzer's coverage to learn
    public static void fuzzerTestOneInput(byte[] input) {
        if (target == null) {
            throw new IllegalStateException("no target");
        }
        target.run(input);
    }
}
