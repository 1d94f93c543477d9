package org.lamplighter.testkit.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Jazzer on one target, in a process of its own with the class path of this one: it can fuzz one target a process, and its agent
 * rewrites classes.
 */
final class JazzerProcess {
    /** Memory of the process, and of the fuzzed parser: more than this is a finding. */
    private static final String HEAP = "-Xmx384m";

    /** Seconds for one input: more than this is a finding. */
    private static final int SECONDS_EACH = 20;

    /** Exit codes of libFuzzer for a finding, a timeout, and lack of memory. */
    private static final List<Integer> FOUND = List.of(77, 70, 71);

    private static final Pattern STATE = Pattern.compile("#(\\d+)\\s+(\\w+)\\s+cov: (\\d+) ft: \\d+ corp: (\\d+)/");

    private final String targets;
    private final FuzzTarget target;
    private final Path work;

    JazzerProcess(String targets, FuzzTarget target, Path work) {
        this.targets = targets;
        this.target = target;
        this.work = work;
    }

    /**
     * How a run ended.
     *
     * @param inputs how many were tried
     * @param edges of the program's branches that they took
     * @param corpus how many inputs are worth keeping
     * @param finding the input that broke a promise
     * @param log file that says all
     */
    record Outcome(long inputs, int edges, int corpus, Optional<Path> finding, Path log) {}

    /**
     * Fuzzes for {@code seconds}, at most {@code runs} inputs, from the inputs {@code begin} and what earlier runs left in the work
     * folder.
     *
     * @throws IOException when Jazzer did not run
     */
    Outcome fuzz(List<byte[]> begin, int seconds, long runs) throws IOException, InterruptedException {
        KeptCorpus.spread(begin, begin());
        Files.createDirectories(found());
        Path log = work.resolve(target.name() + ".log");
        List<String> options = List.of(
                "-max_total_time=" + seconds,
                "-runs=" + runs,
                "-max_len=" + target.most(),
                "-timeout=" + SECONDS_EACH,
                "-print_final_stats=1",
                "-artifact_prefix=" + artifacts());
        int exit = run(options, List.of(found(), begin()), log);
        Optional<Path> finding = exit == 0 ? Optional.empty() : newestFinding();
        if (exit != 0 && !(FOUND.contains(exit) && finding.isPresent())) {
            throw new IOException("the fuzzer ended with " + exit + ": see " + log);
        }
        return outcome(log, finding);
    }

    /** The fewest inputs that reach what all inputs so far have reached. */
    List<byte[]> least() throws IOException, InterruptedException {
        Path least = work.resolve(target.name()).resolve("least");
        Files.createDirectories(least);
        Path log = work.resolve(target.name() + "-least.log");
        if (run(List.of("-merge=1", "-max_len=" + target.most()), List.of(least, found(), begin()), log) != 0) {
            throw new IOException("the fuzzer did not compare its inputs: see " + log);
        }
        return KeptCorpus.gather(least);
    }

    private int run(List<String> options, List<Path> folders, Path log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlamplighter.root=" + System.getProperty("lamplighter.root", "."),
                "-D" + FuzzDriver.TARGETS + "=" + targets,
                "-D" + FuzzDriver.TARGET + "=" + target.name(),
                "-cp",
                classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzDriver.class.getName(),
                "--instrumentation_includes=org.lamplighter.**",
                "--custom_hook_includes=org.lamplighter.**",
                // The targets that talk to a server of their own do so on purpose.
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
                "--reproducer_path=" + work));
        command.addAll(options);
        folders.forEach(folder -> command.add(folder.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
    }

    /** Surefire hides the class path of a test in a manifest, and names it beside. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private Path begin() {
        return work.resolve(target.name()).resolve("begin");
    }

    private Path found() {
        return work.resolve(target.name()).resolve("found");
    }

    /** Beginning of the name of an input that broke a promise. */
    private String artifacts() {
        return work.resolve(target.name()) + "/";
    }

    /** Those of earlier runs lie there too. */
    private Optional<Path> newestFinding() throws IOException {
        try (Stream<Path> files = Files.list(work.resolve(target.name()))) {
            return files.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()));
        }
    }

    private static Outcome outcome(Path log, Optional<Path> finding) throws IOException {
        long inputs = 0;
        int edges = 0;
        int corpus = 0;
        // Jazzer prints what a parser printed too, in whatever encoding.
        for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
            Matcher state = STATE.matcher(line);
            if (state.find()) {
                inputs = Long.parseLong(state.group(1));
                edges = Integer.parseInt(state.group(3));
                corpus = Integer.parseInt(state.group(4));
            }
        }
        return new Outcome(inputs, edges, corpus, finding, log);
    }
}
