package org.lamplighter.cli.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.box.PassphraseBox;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lamplighter backup …}: options and their texts; what the commands do is in {@link Backups}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Make the key to which backups are sealed, and bring a backup back.")
public final class BackupCommand {
    private final Backups backups;

    private BackupCommand(Backups backups) {
        this.backups = backups;
    }

    /** The command and its subcommands, talking to {@code terminal}. */
    public static CommandLine of(Terminal terminal, SecureRandom random, InstantSource clock) {
        return of(terminal, random, clock, PassphraseBox.DEFAULT_COST);
    }

    static CommandLine of(Terminal terminal, SecureRandom random, InstantSource clock, PassphraseBox.Cost cost) {
        return new CommandLine(new BackupCommand(new Backups(terminal, random, clock, cost)));
    }

    @Command(
            name = "key",
            mixinStandardHelpOptions = true,
            description = "Make a backup key under a passphrase; not on the machine that is backed up.")
    int key(
            @Option(
                            names = "--out",
                            paramLabel = "KEY",
                            required = true,
                            description = "file to make; its public half is KEY.pub")
                    Path out)
            throws IOException, CommandFailure {
        backups.makeKey(out);
        return CommandRunner.DONE;
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = "Open the backup of a station or a journalist into a new folder.")
    int restore(
            @Parameters(paramLabel = "FILE", description = "the backup") Path file,
            @Option(names = "--to", paramLabel = "DIR", required = true, description = "folder to make") Path to,
            @Option(names = "--key", paramLabel = "KEY", required = true, description = "the backup key") Path key)
            throws IOException, CommandFailure {
        backups.restore(file, to, key);
        return CommandRunner.DONE;
    }
}
