package org.lamplighter.cli.trustee;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.box.PassphraseBox;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lamplighter trustee …}: options and their texts; what the commands do is in {@link Trusteeship}. */
@Command(
        name = "trustee",
        mixinStandardHelpOptions = true,
        description = "Hold a share of evidence that nobody opens alone.")
public final class TrusteeCommand {
    private static final String FOLDER = "DIR";

    private final Trusteeship trusteeship;

    private TrusteeCommand(Trusteeship trusteeship) {
        this.trusteeship = trusteeship;
    }

    /** The command and its subcommands, talking to {@code terminal}. */
    public static CommandLine of(Terminal terminal, SecureRandom random) {
        return of(terminal, random, PassphraseBox.DEFAULT_COST);
    }

    static CommandLine of(Terminal terminal, SecureRandom random, PassphraseBox.Cost cost) {
        return new CommandLine(new TrusteeCommand(new Trusteeship(terminal, random, cost)));
    }

    @Command(
            name = "init",
            mixinStandardHelpOptions = true,
            description = "Make a trustee's key under a passphrase, and the request for the newsroom.")
    int init(
            @Parameters(paramLabel = FOLDER, description = "folder to make") Path folder,
            @Option(names = "--name", paramLabel = "NAME", required = true, description = "your name, for the roster")
                    String name)
            throws IOException, CommandFailure {
        trusteeship.init(folder, name);
        return CommandRunner.DONE;
    }

    @Command(
            name = "share",
            mixinStandardHelpOptions = true,
            description = "Open a sealed share that a journalist brought, and print it, for paper or a file.")
    int share(
            @Parameters(paramLabel = FOLDER, description = "folder of the trustee") Path folder,
            @Parameters(paramLabel = "FILE", description = "the sealed share") Path file,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            defaultValue = "",
                            description = "write the share here instead of printing it")
                    String out)
            throws IOException, CommandFailure {
        trusteeship.share(folder, file, out);
        return CommandRunner.DONE;
    }
}
