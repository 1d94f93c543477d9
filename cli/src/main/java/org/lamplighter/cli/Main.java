package org.lamplighter.cli;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.lamplighter.cli.backup.BackupCommand;
import org.lamplighter.cli.demo.DemoCommand;
import org.lamplighter.cli.newsroom.NewsroomCommand;
import org.lamplighter.cli.source.SourceCommand;
import org.lamplighter.cli.trustee.TrusteeCommand;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.scan.Scan;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code lamplighter WORD …} for the words whose commands live in this module. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Terminal terminal = Terminal.system();
        Scan.complaint().ifPresent(line -> terminal.say("warning: " + line));
        System.exit(
                CommandRunner.run(commands(terminal, new SecureRandom(), InstantSource.system()), terminal, arguments));
    }

    /** All commands, talking to {@code terminal}. */
    public static CommandLine commands(Terminal terminal, SecureRandom random, InstantSource clock) {
        return new CommandLine(new Root())
                .addSubcommand(NewsroomCommand.of(terminal, random, clock))
                .addSubcommand(TrusteeCommand.of(terminal, random))
                .addSubcommand(SourceCommand.of(terminal, random, clock))
                .addSubcommand(BackupCommand.of(terminal, random, clock))
                .addSubcommand(new DemoCommand(terminal, clock));
    }

    @Command(name = "lamplighter", mixinStandardHelpOptions = true, description = "Disclosure, safely.")
    private static final class Root {}
}
