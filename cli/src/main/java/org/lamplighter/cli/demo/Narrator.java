package org.lamplighter.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.lamplighter.console.Terminal;

/** Tells the story of the demo: numbered steps with the time left, who runs what, what each sees. One thread at a time. */
final class Narrator {
    private final Terminal terminal;
    private final InstantSource clock;
    private final int steps;
    private final Duration expected;
    private final Instant begun;
    private int step;

    Narrator(Terminal terminal, InstantSource clock, int steps, Duration expected) {
        this.terminal = terminal;
        this.clock = clock;
        this.steps = steps;
        this.expected = expected;
        this.begun = clock.instant();
    }

    /** Begins the next step. */
    void step(String title) {
        step++;
        long spent = Duration.between(begun, clock.instant()).toSeconds();
        long left = Math.max(1, expected.toSeconds() * (steps - step + 1) / steps);
        String time = spent > expected.toSeconds() ? "" : ", about " + left + " s left";
        terminal.print("");
        terminal.print("[" + step + " of " + steps + time + "] " + title);
    }

    void command(String who, List<String> arguments) {
        terminal.print("  " + who + "$ lamplighter "
                + arguments.stream().map(Narrator::quoted).collect(Collectors.joining(" ")));
    }

    void detail(String line) {
        terminal.print("      " + line);
    }

    void plain(String line) {
        terminal.print(line);
    }

    /** As it is typed into a shell. */
    private static String quoted(String argument) {
        return argument.contains(" ") ? '"' + argument + '"' : argument;
    }
}
