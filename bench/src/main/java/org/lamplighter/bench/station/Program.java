package org.lamplighter.bench.station;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lamplighter.bench.report.ProcessUse;

/** A server in a process of its own, and what the system says about it. */
final class Program implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on http://127\\.0\\.0\\.1:([0-9]+)");

    private final Process process;

    private Program(Process process) {
        this.process = process;
    }

    /** Starts a program; its output goes nowhere, its errors into {@code errors}. */
    static Program start(Path errors, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return new Program(builder.redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start());
    }

    /** A station with the port that it has taken. */
    record Station(Program program, int port) implements AutoCloseable {
        @Override
        public void close() {
            program.close();
        }
    }

    /** Starts a station by the launcher of the checkout, and waits until it listens. */
    static Station station(Path root, Path errors, Path folder) throws IOException {
        Process process = new ProcessBuilder(
                        launcher(root, "station", "run", folder.toString(), "--listen", "127.0.0.1:0"))
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.matches()) {
                return new Station(new Program(process), Integer.parseInt(matcher.group(1)));
            }
        }
        throw new IOException("the station did not start: " + Files.readString(errors));
    }

    /** The command line {@code lamplighter WORDS}. */
    static List<String> launcher(Path root, String... words) {
        List<String> line = new ArrayList<>(List.of(root.resolve("lamplighter").toString()));
        line.addAll(List.of(words));
        return line;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Processor time in seconds, in steps of 10 ms: of the process, its children that ended, and those that run. */
    double cpu() throws IOException {
        double all = ProcessUse.processorSeconds(process.pid());
        for (ProcessHandle child : process.descendants().toList()) {
            all += ProcessUse.processorSeconds(child.pid());
        }
        return all;
    }

    /** {@code VmRSS} or {@code VmHWM}, its memory now or at most, in MiB. */
    double mebibytes(String name) throws IOException {
        return ProcessUse.kibibytes(process.pid(), name).orElseThrow(() -> new IOException("no " + name)) / 1024.0;
    }

    /** Waits for its end, which must be a good one. */
    void succeed() throws IOException, InterruptedException {
        if (process.waitFor() != 0) {
            throw new IOException("it ended with " + process.exitValue());
        }
    }

    /** Ends it in order, or else at once. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
