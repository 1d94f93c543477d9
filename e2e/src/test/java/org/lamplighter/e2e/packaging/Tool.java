package org.lamplighter.e2e.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Programs of the machine, run to their end. */
final class Tool {
    /** What a program ended with, and both of its outputs. */
    record Result(int exit, String printed) {}

    private Tool() {}

    /** Whether the machine has the program. */
    static boolean exists(String name) {
        for (String folder : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return true;
            }
        }
        return false;
    }

    static Result run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().put("PATH", System.getenv("PATH") + ":/usr/sbin:/sbin");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), printed);
    }

    /** As {@link #run}, of a program that must succeed; yields what it printed. */
    static String succeed(String... command) throws IOException, InterruptedException {
        Result result = run(Map.of(), List.of(command));
        if (result.exit() != 0) {
            throw new AssertionError(
                    String.join(" ", command) + " ended with " + result.exit() + "\n" + result.printed());
        }
        return result.printed();
    }
}
