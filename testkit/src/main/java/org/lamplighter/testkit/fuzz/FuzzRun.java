package org.lamplighter.testkit.fuzz;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Fuzzes every target of a module, one after the other: {@code FuzzRun TARGETS KEPT WORK}, the class that lists them, the folder of
 * the kept inputs and one for everything else. Properties: {@code fuzz.seconds} for each target, {@code fuzz.only} as a pattern
 * of names, {@code fuzz.keep} to replace the kept inputs by the fewest that reach as far. Exit 1 when one broke its promise.
 */
public final class FuzzRun {
    private FuzzRun() {}

    public static void main(String[] arguments) throws Exception {
        Path kept = Path.of(arguments[1]);
        Path work = Path.of(arguments[2]);
        int seconds = Integer.getInteger("fuzz.seconds", 60);
        Pattern only = Pattern.compile(System.getProperty("fuzz.only", ".*"));
        PrintStream out = System.out;
        int broken = 0;
        Files.createDirectories(work);
        for (FuzzTarget target : FuzzTargets.load(arguments[0]).all()) {
            if (only.matcher(target.name()).matches()) {
                broken += fuzz(arguments[0], target, kept, work, seconds, out) ? 0 : 1;
            }
        }
        System.exit(broken == 0 ? 0 : 1);
    }

    private static boolean fuzz(String targets, FuzzTarget target, Path kept, Path work, int seconds, PrintStream out)
            throws Exception {
        KeptCorpus corpus = KeptCorpus.of(kept, target.name());
        List<byte[]> begin = new ArrayList<>(target.seeds());
        begin.addAll(corpus.read());
        JazzerProcess process = new JazzerProcess(targets, target, work);
        JazzerProcess.Outcome outcome = process.fuzz(begin, seconds, -1);
        out.printf(
                "%-28s %,12d inputs %,6d edges %,5d kept%s%n",
                target.name(),
                outcome.inputs(),
                outcome.edges(),
                outcome.corpus(),
                outcome.finding()
                        .map(file -> "  BROKEN by " + file + ", see " + outcome.log())
                        .orElse(""));
        if (outcome.finding().isEmpty() && Boolean.getBoolean("fuzz.keep")) {
            corpus.write(process.least(), target.seeds());
        }
        return outcome.finding().isEmpty();
    }
}
