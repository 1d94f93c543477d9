package org.lamplighter.desk.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Terminal;
import org.lamplighter.desk.app.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lamplighter journalist …}: options and their texts; what the commands do is in {@link Journalism}. */
@Command(
        name = "journalist",
        mixinStandardHelpOptions = true,
        description = "Receive what sources hand over, and answer.")
public final class JournalistCommand {
    private static final String FOLDER = "JDIR";
    private static final String MESSAGE = "MESSAGE";
    private static final String FOLDER_TEXT = "your folder";
    private static final String MESSAGE_TEXT = "conversation and number, such as amber-otter/3";

    private final Journalism journalism;

    private JournalistCommand(Journalism journalism) {
        this.journalism = journalism;
    }

    /** The command and its subcommands, talking to {@code terminal}. */
    public static CommandLine of(Terminal terminal, Surroundings surroundings) {
        return new CommandLine(new JournalistCommand(new Journalism(terminal, surroundings)));
    }

    @Command(
            name = "init",
            mixinStandardHelpOptions = true,
            description = "Make your folder with new keys, and the request for the newsroom.")
    int init(
            @Parameters(paramLabel = FOLDER, description = "folder to make") Path folder,
            @Option(names = "--name", paramLabel = "NAME", required = true, description = "your name, for the roster")
                    String name,
            @Option(
                            names = "--newsroom",
                            paramLabel = "FILE",
                            required = true,
                            description = "the newsroom's key, newsroom.pub, from its own hands")
                    Path newsroom,
            @Option(
                            names = "--station",
                            paramLabel = "URL",
                            required = true,
                            description = "address of the station: http://….onion, or http://127.0.0.1:PORT")
                    String station,
            @Option(
                            names = "--proxy",
                            paramLabel = "socks5://HOST:PORT",
                            description = "tor; without this its usual port, unless the station is this machine")
                    Optional<String> proxy)
            throws CommandFailure {
        journalism.init(folder, name, newsroom, station, proxy);
        return CommandRunner.DONE;
    }

    @Command(
            name = "read",
            mixinStandardHelpOptions = true,
            description = "Fetch the mailbox and new evidence, and show what you have not seen.")
    int read(@Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder)
            throws CommandFailure, IOException {
        journalism.read(folder);
        return CommandRunner.DONE;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show a conversation or one message again, without the station.")
    int show(
            @Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder,
            @Parameters(paramLabel = "CONVERSATION|MESSAGE", description = "two words, or " + MESSAGE_TEXT) String what)
            throws CommandFailure, IOException {
        journalism.show(folder, what);
        return CommandRunner.DONE;
    }

    @Command(
            name = "reply",
            mixinStandardHelpOptions = true,
            description = "Answer a source, with copies to the colleagues whom it addressed.")
    int reply(
            @Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder,
            @Parameters(paramLabel = "CONVERSATION", description = "two words, such as amber-otter")
                    String conversation,
            @Option(
                            names = "--text",
                            paramLabel = "FILE",
                            description = "the text from a file, or - for standard input (default: typed)")
                    Optional<String> text)
            throws CommandFailure, IOException {
        journalism.reply(folder, conversation, text);
        return CommandRunner.DONE;
    }

    @Command(
            name = "replenish",
            mixinStandardHelpOptions = true,
            description = "Upload prekeys for the next weeks. Reading does it too when few are left.")
    int replenish(@Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder)
            throws CommandFailure, IOException {
        journalism.replenish(folder);
        return CommandRunner.DONE;
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Prekeys, outbox, conversations and damage, without the station.")
    int status(@Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder)
            throws CommandFailure, IOException {
        journalism.status(folder);
        return CommandRunner.DONE;
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Derive everything again from the bytes of your folder; exit code 1 when anything is wrong.")
    int check(@Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder) throws CommandFailure {
        return journalism.check(folder) ? CommandRunner.DONE : CommandRunner.FAILED;
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Open, verify and write the files of a message, in the clear.")
    int export(
            @Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder,
            @Parameters(paramLabel = MESSAGE, description = MESSAGE_TEXT) String message,
            @Option(names = "--to", paramLabel = "DIR", required = true, description = "folder for the files") Path to)
            throws CommandFailure, IOException {
        journalism.export(folder, message, to);
        return CommandRunner.DONE;
    }

    @Command(
            name = "unseal",
            mixinStandardHelpOptions = true,
            description = "Open sealed files with your share and those of other holders.")
    int unseal(
            @Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder,
            @Parameters(paramLabel = MESSAGE, description = MESSAGE_TEXT) String message,
            @Option(names = "--share", paramLabel = "FILE", description = "a share, one option for each")
                    List<Path> shares)
            throws CommandFailure, IOException {
        journalism.unseal(folder, message, shares == null ? List.of() : shares);
        return CommandRunner.DONE;
    }

    @Command(
            name = "share-for",
            mixinStandardHelpOptions = true,
            description = "Write the sealed share of a trustee, to be carried to that person.")
    int shareFor(
            @Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder,
            @Parameters(paramLabel = MESSAGE, description = MESSAGE_TEXT) String message,
            @Option(names = "--trustee", paramLabel = "NAME", required = true, description = "name in the roster")
                    String trustee,
            @Option(names = "--out", paramLabel = "FILE", required = true, description = "file to write") Path out)
            throws CommandFailure, IOException {
        journalism.shareFor(folder, message, trustee, out);
        return CommandRunner.DONE;
    }

    @Command(
            name = "share",
            mixinStandardHelpOptions = true,
            description = "Write your own share in the clear, for a colleague who opens the files.")
    int share(
            @Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder,
            @Parameters(paramLabel = MESSAGE, description = MESSAGE_TEXT) String message,
            @Option(names = "--out", paramLabel = "FILE", required = true, description = "file to write") Path out)
            throws CommandFailure, IOException {
        journalism.share(folder, message, out);
        return CommandRunner.DONE;
    }

    @Command(
            name = "passphrase",
            mixinStandardHelpOptions = true,
            description = "Change the passphrase of your folder.")
    int passphrase(@Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder)
            throws CommandFailure, IOException {
        journalism.changePassphrase(folder);
        return CommandRunner.DONE;
    }

    @Command(
            name = "backup",
            mixinStandardHelpOptions = true,
            description = "Write your folder, without prekey secrets, into one file that is sealed to a backup key.",
            footer = {"", "It is brought back by: lamplighter journalist restore FILE --to JDIR --key KEY"})
    int backup(
            @Parameters(paramLabel = FOLDER, description = FOLDER_TEXT) Path folder,
            @Option(names = "--to", paramLabel = "FILE", required = true, description = "file to make") Path to,
            @Option(
                            names = "--recipient",
                            paramLabel = "KEY",
                            required = true,
                            description = "public half of the backup key")
                    Path recipient)
            throws CommandFailure, IOException {
        journalism.backup(folder, to, recipient);
        return CommandRunner.DONE;
    }
}
