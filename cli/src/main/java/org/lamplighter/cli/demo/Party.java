package org.lamplighter.cli.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lamplighter.console.CommandFailure;

/** One of the people of the demo: a folder, and commands that run in it as processes. One thread at a time. */
final class Party {
    private static final long LIMIT_SECONDS = 120;

    private final String name;
    private final Path folder;
    private final Narrator narrator;

    private Party(String name, Path folder, Narrator narrator) {
        this.name = name;
        this.folder = folder;
        this.narrator = narrator;
    }

    static Party arrive(String name, Path home, Narrator narrator) throws IOException {
        return new Party(name, Files.createDirectories(home.resolve(name)), narrator);
    }

    /** What a command printed, in lines. */
    record Output(List<String> lines) {
        String text() {
            return String.join("\n", lines);
        }
    }

    Path folder() {
        return folder;
    }

    Path file(String fileName) {
        return folder.resolve(fileName);
    }

    /** Runs a command that must succeed; {@code answers} are typed at its prompts, one line each. */
    Output run(List<String> answers, Object... words) throws IOException, CommandFailure, InterruptedException {
        List<String> arguments = strings(words);
        narrator.command(name, arguments);
        Process process = start(arguments);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write((String.join("\n", answers) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended before it had read everything; its own error follows.
            narrator.detail("(did not read all answers)");
        }
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw CommandFailure.of(
                    name + "'s command did not end", "run the demo again with --keep DIR and look there");
        }
        if (process.exitValue() != 0) {
            lines.forEach(narrator::detail);
            throw CommandFailure.of(
                    name + "'s command failed: lamplighter " + String.join(" ", arguments),
                    "its own error stands above; --keep DIR keeps every file");
        }
        return new Output(lines);
    }

    /** Starts a command that goes on, with both of its outputs in one stream. */
    Process startLasting(Object... words) throws IOException {
        List<String> arguments = strings(words);
        narrator.command(name, arguments);
        return start(arguments);
    }

    private Process start(List<String> arguments) throws IOException {
        return new ProcessBuilder(Programs.commandLine(arguments))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static List<String> strings(Object... words) {
        List<String> strings = new ArrayList<>();
        for (Object word : words) {
            strings.add(word.toString());
        }
        return strings;
    }
}
