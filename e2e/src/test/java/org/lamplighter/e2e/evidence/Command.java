package org.lamplighter.e2e.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code lamplighter ARGUMENTS} as a process with the memory that the starter script gives it. One thread at a time. */
final class Command implements AutoCloseable {
    private static final long LIMIT_MINUTES = 10;
    /** Commands that move evidence are worth compiling well; the others are over before. */
    private static final Set<String> LASTING = Set.of("run", "send", "export");

    private final String text;
    private final Process process;
    private final Path output;
    private long peakKilobytes;

    private Command(String text, Process process, Path output) {
        this.text = text;
        this.process = process;
        this.output = output;
    }

    /** Starts the command; {@code answers} are its standard input, a line each, and {@code output} gets what it prints. */
    static Command start(Path output, List<String> answers, Object... words) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=" + (LASTING.contains(words[1].toString()) ? 4 : 1),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass(words[0].toString())));
        for (Object word : words) {
            line.add(word.toString());
        }
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write((String.join("\n", answers) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            process.destroy(); // it ended, or is not worth going on with; its output says why
        }
        return new Command(String.join(" ", line.subList(line.size() - words.length, line.size())), process, output);
    }

    /** Waits for the end and yields the exit code. */
    int end() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LIMIT_MINUTES);
        while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
            measure();
            if (System.nanoTime() > end) {
                throw new AssertionError("does not end: " + text + "\n" + printed());
            }
        }
        return process.exitValue();
    }

    /** As {@link #end}, of a command that must succeed; yields what it printed. */
    String succeed() throws IOException, InterruptedException {
        if (end() != 0) {
            throw new AssertionError("failed: " + text + "\n" + printed());
        }
        return printed();
    }

    String printed() throws IOException {
        return Files.readString(output);
    }

    /** Most memory that the process has held so far, in MB; 0 where the system does not say. */
    long peakMegabytes() {
        measure();
        return peakKilobytes / 1024;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void measure() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    peakKilobytes = Math.max(peakKilobytes, Long.parseLong(line.replaceAll("[^0-9]", "")));
                }
            }
        } catch (IOException e) {
            return; // it has ended, or this is not Linux
        }
    }

    private static String mainClass(String word) {
        return switch (word) {
            case "station" -> "org.lamplighter.station.Main";
            case "journalist" -> "org.lamplighter.desk.Main";
            default -> "org.lamplighter.cli.Main";
        };
    }
}
