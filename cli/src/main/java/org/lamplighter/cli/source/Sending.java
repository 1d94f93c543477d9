package org.lamplighter.cli.source;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lamplighter.client.StationFailure;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.ProgressLine;
import org.lamplighter.console.SafeText;
import org.lamplighter.console.Sizes;
import org.lamplighter.console.Terminal;
import org.lamplighter.console.TextPrompt;
import org.lamplighter.core.message.Submission;
import org.lamplighter.core.source.Passphrase;
import org.lamplighter.core.source.SourceKeys;

/** {@code source send} at the terminal: asks, shows what will be sent, tells what became of it. */
final class Sending {
    /** What tor carries on an ordinary day; for an estimate. */
    private static final long BYTES_PER_SECOND = 500_000;

    private static final int EPOCHS_TO_WAIT = 4;

    private final Terminal terminal;
    private final InstantSource clock;

    Sending(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    /** The options of the command. */
    record Wishes(
            List<String> to, List<Path> files, Optional<String> text, boolean sealed, boolean stay, boolean yes) {}

    void run(SourceFlow flow, Wishes wishes) throws CommandFailure, IOException, StationFailure {
        List<OutgoingFile> files = new ArrayList<>();
        for (Path path : wishes.files()) {
            files.add(OutgoingFile.of(path));
        }
        try (Passphrase passphrase = new PassphrasePrompt(terminal).ask();
                SourceKeys keys = SourceKeys.derive(passphrase)) {
            String text = TextPrompt.of(terminal, Submission.MAX_TEXT, "send it as a file, with --file")
                    .text(wishes.text());
            if (text.isBlank() && files.isEmpty()) {
                throw CommandFailure.of("there is nothing to send", "give a text with --text, or files with --file");
            }
            Draft draft = new Draft(text, files, wishes.to(), wishes.sealed());
            announce(draft);
            if (terminal.isInteractive() && !wishes.yes()) {
                terminal.confirm("Hand this over?");
            }
            Delivery delivery = send(flow, keys, draft);
            new Showing(terminal).replies(delivery.found());
            if (wishes.stay()) {
                await(flow, keys, delivery);
            }
        }
    }

    private void announce(Draft draft) {
        terminal.say("To be handed over:");
        terminal.say("  to: "
                + (draft.to().isEmpty()
                        ? "the journalists whom the newsroom lists and who can be reached now; --to NAME chooses"
                        : SafeText.line(String.join(", ", draft.to()))));
        terminal.say("  text: " + Sizes.bytes(draft.text().getBytes(java.nio.charset.StandardCharsets.UTF_8).length));
        for (OutgoingFile file : draft.files()) {
            terminal.say("  file: " + SafeText.line(file.name()) + ", " + Sizes.bytes(file.size()) + ", padded to "
                    + Sizes.bytes(file.sealedBytes()));
        }
        if (!draft.files().isEmpty()) {
            terminal.say("  upload: " + Sizes.bytes(draft.uploadBytes()) + ", about "
                    + Sizes.seconds(Math.ceilDiv(draft.uploadBytes(), BYTES_PER_SECOND))
                    + " over tor; the station sees that somebody uploads this much, not what or for whom");
        }
        if (draft.sealed()) {
            terminal.say("  sealed: the files open only when two people agree; the text is open to each addressee");
        }
    }

    private Delivery send(SourceFlow flow, SourceKeys keys, Draft draft)
            throws StationFailure, CommandFailure, IOException {
        Delivery delivery;
        try (ProgressLine progress = terminal.progress(clock)) {
            delivery = flow.send(keys, draft, progress::update);
        }
        terminal.print("handed over at the door, to " + String.join(", ", delivery.to()));
        if (!delivery.leftOut().isEmpty()) {
            terminal.print("not to " + String.join(", ", delivery.leftOut())
                    + ", who cannot be written to now, for want of a fresh key");
        }
        terminal.print("as the newsroom listed them on " + Showing.day(delivery.listed()));
        terminal.print("It is safe with the station, and waits there to be let into the mailbox.");
        terminal.print("To be sure it is inside, come back in about " + Sizes.seconds(secondsUntil(delivery.expected()))
                + " with your words: lamplighter source read …");
        terminal.print("When many write at once it can take longer, at most "
                + Sizes.seconds(secondsUntil(delivery.latest())) + "; if it is not inside by then, send it again.");
        return delivery;
    }

    private void await(SourceFlow flow, SourceKeys keys, Delivery delivery) throws StationFailure, CommandFailure {
        Duration limit =
                Duration.ofSeconds(secondsUntil(delivery.expected()) + EPOCHS_TO_WAIT * delivery.epochSeconds());
        terminal.say("waiting, at most " + Sizes.seconds(limit.toSeconds()) + "; it may be stopped, nothing is lost");
        Optional<Findings> found;
        try (ProgressLine progress = terminal.progress(clock)) {
            found = flow.await(keys, delivery, limit, progress::update);
        }
        if (found.isEmpty()) {
            throw CommandFailure.of(
                    "not inside the mailbox yet; it still waits at the door",
                    "come back later with your words: lamplighter source read …");
        }
        terminal.print("confirmed: inside the mailbox");
    }

    private long secondsUntil(Instant instant) {
        return Math.max(1, Duration.between(clock.instant(), instant).toSeconds() + 1);
    }
}
