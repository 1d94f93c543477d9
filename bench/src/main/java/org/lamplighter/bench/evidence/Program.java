package org.lamplighter.bench.evidence;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lamplighter.bench.report.ProcessUse;

/** A program in a process of its own, with the memory that the starter gives it. One thread at a time. */
final class Program implements AutoCloseable {
    private static final int LIMIT_MINUTES = 15;
    private static final int POLL_MILLIS = 5;

    private final Process process;
    private final Path output;
    private final long started = System.nanoTime();
    private double processor;
    private long peakKilobytes;

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * What a program took.
     *
     * @param seconds from start to end
     * @param processor seconds, user and system together
     * @param peakMegabytes most memory held, of the size that the starter's heap allows
     * @param printed by it
     */
    record Spent(double seconds, double processor, long peakMegabytes, String printed) {}

    /** {@code main} with {@code arguments}, on the class path of this process; {@code answers} are its standard input. */
    static Program java(Path output, List<String> answers, String main, List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                main));
        line.addAll(arguments);
        return start(output, answers, line);
    }

    static Program start(Path output, List<String> answers, List<String> line) throws IOException {
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()))
                .start();
        try (OutputStream stdin = process.getOutputStream()) {
            for (String answer : answers) {
                stdin.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            process.destroy(); // it did not read all of it; what it printed says why
        }
        return new Program(process, output);
    }

    /** Waits for its end, which must be a good one. */
    Spent end() throws IOException, InterruptedException {
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            measure();
            if (System.nanoTime() - started > TimeUnit.MINUTES.toNanos(LIMIT_MINUTES)) {
                throw new IOException("does not end: " + printed());
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        if (process.exitValue() != 0) {
            throw new IOException("a program failed: " + printed());
        }
        return new Spent(seconds, processor, peakKilobytes / 1024, printed());
    }

    /** Seconds of processor time up to now. */
    double processor() throws IOException {
        measure();
        return processor;
    }

    /** Most memory held up to now, in MB. */
    long peakMegabytes() throws IOException {
        measure();
        return peakKilobytes / 1024;
    }

    String printed() throws IOException {
        return Files.readString(output);
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

    /** The last look before the end counts: what comes after it, some milliseconds, is missed. */
    private void measure() throws IOException {
        try {
            processor = ProcessUse.processorSeconds(process.pid());
            peakKilobytes = ProcessUse.kibibytes(process.pid(), "VmHWM").orElse(peakKilobytes);
        } catch (IOException e) {
            if (process.isAlive() && Files.isReadable(Path.of("/proc/self/stat"))) {
                throw e;
            }
        }
    }

    /** Absolute, in case that a program is started elsewhere. */
    private static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
