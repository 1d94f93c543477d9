package org.lamplighter.desk;

import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.scan.Scan;
import org.lamplighter.desk.app.Surroundings;
import org.lamplighter.desk.command.JournalistCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code lamplighter journalist …}; the first argument is the word {@code journalist}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Terminal terminal = Terminal.system();
        Scan.complaint().ifPresent(line -> terminal.say("warning: " + line));
        System.exit(CommandRunner.run(commands(terminal, Surroundings.system()), terminal, arguments));
    }

    /** All commands, talking to {@code terminal}. */
    public static CommandLine commands(Terminal terminal, Surroundings surroundings) {
        return new CommandLine(new Root()).addSubcommand(JournalistCommand.of(terminal, surroundings));
    }

    @Command(name = "lamplighter", mixinStandardHelpOptions = true, description = "Disclosure, safely.")
    private static final class Root {}
}
