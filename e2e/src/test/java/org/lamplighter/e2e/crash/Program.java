package org.lamplighter.e2e.crash;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code lamplighter ARGUMENTS} as a process of its own, with the class path of this test. Thread-safe. */
public final class Program implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final String command;
    private final Process process;
    private final Thread reader;
    private final List<Line> lines = new ArrayList<>();
    private boolean ended;

    private Program(String command, Process process) {
        this.command = command;
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /** A line that was printed, and when it came here, in microseconds since 1970. */
    public record Line(long micros, String text) {}

    /** Starts the program; {@code answers} are typed at its prompts, one line each. */
    public static Program start(List<String> answers, Object... words) throws IOException {
        List<String> arguments = new ArrayList<>();
        for (Object word : words) {
            arguments.add(word.toString());
        }
        return start(java(arguments), String.join(" ", arguments), answers);
    }

    /**
     * As {@link #start}, with every system call of {@code calls} written to {@code trace}. Ended by {@link #killTraced}, or by
     * itself.
     */
    public static Program startTraced(Path trace, String calls, List<String> answers, Object... words)
            throws IOException {
        List<String> line =
                new ArrayList<>(List.of("strace", "-f", "--seccomp-bpf", "-qq", "-ttt", "-y", "-xx", "-s", "16777216"));
        line.addAll(List.of("-e", "trace=" + calls, "-e", "signal=none", "-o", trace.toString()));
        List<String> arguments = new ArrayList<>();
        for (Object word : words) {
            arguments.add(word.toString());
        }
        line.addAll(java(arguments));
        return start(line, "strace " + String.join(" ", arguments), answers);
    }

    private static List<String> java(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass(arguments.getFirst())));
        line.addAll(arguments);
        return line;
    }

    private static Program start(List<String> line, String command, List<String> answers) throws IOException {
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        Program program = new Program(command, process);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write((String.join("\n", answers) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended before it had read everything; its own error is among its lines.
            program.process.isAlive();
        }
        return program;
    }

    /** Runs the program to its end, which must be a good one; yields what it printed. */
    public static List<String> run(List<String> answers, Object... words) throws IOException, InterruptedException {
        try (Program program = start(answers, words)) {
            if (program.end() != 0) {
                throw new AssertionError("failed: " + program.command + "\n" + String.join("\n", program.lines()));
            }
            return program.lines();
        }
    }

    /** As {@link #run}, with the words in one line, none of which has a space in it. */
    public static void runLine(List<String> answers, String line) throws IOException, InterruptedException {
        run(answers, List.of(line.split(" ")).toArray());
    }

    /** Waits for a line in which {@code pattern} is found; empty when the program ended without. */
    public synchronized Optional<Matcher> await(Pattern pattern) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        for (int next = 0; ; ) {
            for (; next < lines.size(); next++) {
                Matcher matcher = pattern.matcher(lines.get(next).text());
                if (matcher.find()) {
                    return Optional.of(matcher);
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (ended || left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
    }

    /** Waits for its end and yields the exit code. */
    public int end() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            close();
            throw new AssertionError("did not end: " + command + "\n" + String.join("\n", lines()));
        }
        reader.join();
        return process.exitValue();
    }

    /** The number that the system gave it. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM, to which a program answers by ending in order. */
    public void stop() throws InterruptedException {
        process.toHandle().destroy();
        end();
    }

    /** SIGKILL: nothing of the program runs any more when this returns. Answers whether it was still running. */
    public boolean kill() throws InterruptedException {
        // By its handle: the process itself would close the pipe, and what was printed before the end would be lost.
        process.toHandle().destroyForcibly();
        // 128 + 9, as a shell says it.
        return end() == 137;
    }

    /** As {@link #kill}, of a program that is traced: it ends, and then the tracer, which has written down everything. */
    public void killTraced() throws InterruptedException {
        process.toHandle().children().forEach(ProcessHandle::destroyForcibly);
        end();
    }

    /** What it has printed so far, both outputs. */
    public synchronized List<String> lines() {
        return lines.stream().map(Line::text).toList();
    }

    /** As {@link #lines}, with when each came. */
    public synchronized List<Line> timedLines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(the pipe broke: " + e + ")");
        } finally {
            setEnded();
        }
    }

    private synchronized void add(String line) {
        lines.add(new Line(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()), line));
        notifyAll();
    }

    private synchronized void setEnded() {
        ended = true;
        notifyAll();
    }

    private static String mainClass(String word) {
        return switch (word) {
            case "station" -> "org.lamplighter.station.Main";
            case "journalist" -> "org.lamplighter.desk.Main";
            default -> "org.lamplighter.cli.Main";
        };
    }

    static {
        if (!System.getProperty("java.class.path").contains("station" + File.separator)) {
            throw new IllegalStateException("the class path of this test is not in java.class.path");
        }
    }
}
