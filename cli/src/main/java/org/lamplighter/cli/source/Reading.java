package org.lamplighter.cli.source;

import java.time.InstantSource;
import org.lamplighter.client.StationFailure;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.ProgressLine;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.epoch.EpochClock.Freshness;
import org.lamplighter.core.source.Passphrase;
import org.lamplighter.core.source.SourceKeys;

/** {@code source read} at the terminal. */
final class Reading {
    private final Terminal terminal;
    private final InstantSource clock;

    Reading(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    /** Shows what there is; fails after showing it when the mailbox is of another time than now. */
    int run(SourceFlow flow) throws CommandFailure, StationFailure {
        Findings found;
        try (Passphrase passphrase = new PassphrasePrompt(terminal).ask();
                SourceKeys keys = SourceKeys.derive(passphrase);
                ProgressLine progress = terminal.progress(clock)) {
            found = flow.read(keys, progress::update);
        }
        Showing showing = new Showing(terminal);
        showing.sent(found);
        if (found.replies().isEmpty()) {
            terminal.print("No reply.");
        }
        showing.replies(found);
        if (found.freshness() != Freshness.CURRENT) {
            throw CommandFailure.of(
                    found.freshness() == Freshness.STALE
                            ? "this is an old mailbox, so what is shown is not complete"
                            : "the station's clock is ahead of this machine's, so what is shown may not be complete",
                    "check the date and time of this machine; if they are right, try again later");
        }
        return CommandRunner.DONE;
    }
}
