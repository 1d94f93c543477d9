package org.lamplighter.cli.source;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lamplighter.client.StationFailure;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.newsroom.NewsroomKey;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lamplighter source …}: options and their texts. */
@Command(
        name = "source",
        mixinStandardHelpOptions = true,
        description = "Hand over evidence and come back for the answer. Nothing is kept on this machine.")
public final class SourceCommand {
    private final Terminal terminal;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Pause pause;
    private final Backoff backoff;

    private SourceCommand(Terminal terminal, SecureRandom random, InstantSource clock, Pause pause, Backoff backoff) {
        this.terminal = terminal;
        this.random = random;
        this.clock = clock;
        this.pause = pause;
        this.backoff = backoff;
    }

    /** The command and its subcommands, talking to {@code terminal}. */
    public static CommandLine of(Terminal terminal, SecureRandom random, InstantSource clock) {
        return of(terminal, random, clock, Pause.of(clock), Backoff.doubling(Duration.ofSeconds(30)));
    }

    static CommandLine of(Terminal terminal, SecureRandom random, InstantSource clock, Pause pause, Backoff backoff) {
        return new CommandLine(new SourceCommand(terminal, random, clock, pause, backoff));
    }

    @Command(
            name = "new",
            mixinStandardHelpOptions = true,
            description = "Make your 12 secret words and show them once. Nothing is stored, nothing is sent.")
    int make(
            @Option(
                            names = "--newsroom",
                            paramLabel = "FILE",
                            description =
                                    "the newsroom's key; its fingerprint is shown, to compare with the published one")
                    Optional<Path> newsroom,
            @Option(names = "--station", paramLabel = "URL", description = "checked for slips; nothing is sent there")
                    Optional<String> station,
            @Option(names = "--yes", description = "do not ask for three of the words") boolean yes)
            throws CommandFailure, IOException {
        if (station.isPresent()) {
            StationOptions.route(station.get(), Optional.empty());
        }
        if (newsroom.isPresent()) {
            NewsroomKey key = StationOptions.key(newsroom.get());
            terminal.say("newsroom " + key.origin().name() + ", fingerprint: " + key.fingerprint());
        }
        new NewWords(terminal, random).run(yes);
        return CommandRunner.DONE;
    }

    @Command(name = "send", mixinStandardHelpOptions = true, description = "Hand over a text, files, or both.")
    int send(
            @Mixin StationOptions station,
            @Option(
                            names = "--to",
                            paramLabel = "NAME",
                            description = "a journalist, by name; repeat for several (default: all of them)")
                    @Nullable
                    List<String> to,
            @Option(names = "--file", paramLabel = "FILE", description = "a file of any size; repeat for several")
                    @Nullable
                    List<Path> files,
            @Option(
                            names = "--text",
                            paramLabel = "FILE",
                            description = "the text from a file, or - for standard input (default: typed)")
                    Optional<String> text,
            @Option(names = "--sealed", description = "the files open only when two of journalists and trustees agree")
                    boolean sealed,
            @Option(names = "--wait", description = "stay until the message is found inside the mailbox") boolean wait,
            @Option(names = "--yes", description = "do not ask whether to go on") boolean yes)
            throws CommandFailure, IOException {
        Sending sending = new Sending(terminal, clock);
        try {
            SourceFlow flow = SourceFlow.of(station.client(random, clock, backoff), random, clock, pause);
            sending.run(flow, new Sending.Wishes(orNone(to), orNone(files), text, sealed, wait, yes));
            return CommandRunner.DONE;
        } catch (StationFailure failure) {
            throw CommandFailure.of(failure.getMessage() + "", failure.hint());
        }
    }

    @Command(
            name = "read",
            mixinStandardHelpOptions = true,
            description = "Look for replies, and whether what you sent was taken in.")
    int read(@Mixin StationOptions station) throws CommandFailure, IOException {
        try {
            SourceFlow flow = SourceFlow.of(station.client(random, clock, backoff), random, clock, pause);
            return new Reading(terminal, clock).run(flow);
        } catch (StationFailure failure) {
            throw CommandFailure.of(failure.getMessage() + "", failure.hint());
        }
    }

    /** Picocli gives null for an option that was not there. */
    private static <T> List<T> orNone(@Nullable List<T> given) {
        return given == null ? List.of() : given;
    }
}
