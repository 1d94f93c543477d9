package org.lamplighter.station.app;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Terminal;
import org.lamplighter.station.log.StationLog;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code lamplighter station …}. */
public final class StationCommands {
    private StationCommands() {}

    /** Runs one command and yields its exit code; {@code arguments} begin with the word {@code station}. */
    public static int run(Terminal terminal, InstantSource clock, SecureRandom random, String... arguments) {
        StationLog.useDaysOnly();
        CommandLine station = new CommandLine(new Root())
                .addSubcommand(new InitCommand(terminal, random))
                .addSubcommand(new InstallCommand(terminal, clock))
                .addSubcommand(new RunCommand(terminal, clock, random))
                .addSubcommand(new StatusCommand(terminal, clock))
                .addSubcommand(new CheckCommand(terminal, clock))
                .addSubcommand(new BackupCommand(terminal, clock, random))
                .addSubcommand(new ForgetPrekeysCommand(terminal));
        CommandLine words = new CommandLine(new Words()).addSubcommand("station", station);
        return CommandRunner.run(words, terminal, arguments);
    }

    /** The launcher passes its first word on. */
    @Command(name = "lamplighter", subcommands = CommandLine.HelpCommand.class)
    static final class Words {}

    @Command(
            name = "station",
            description = "The server: takes in what is handed over, and gives the same files to everybody.",
            footer = {"", "A backup is brought back by: lamplighter station restore FILE --to STDIR --key KEYFILE"},
            mixinStandardHelpOptions = true)
    static final class Root {}
}
