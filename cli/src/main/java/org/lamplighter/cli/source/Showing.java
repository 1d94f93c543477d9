package org.lamplighter.cli.source;

import java.time.LocalDate;
import org.lamplighter.console.SafeText;
import org.lamplighter.console.Sizes;
import org.lamplighter.console.Terminal;

/** Prints what was found; every text by others is made harmless on the way. */
final class Showing {
    private final Terminal terminal;

    Showing(Terminal terminal) {
        this.terminal = terminal;
    }

    void sent(Findings found) {
        if (found.sent().isEmpty()) {
            terminal.print("Nothing of yours is inside the mailbox: it was not let in yet, or its days are over.");
        }
        for (SentMessage message : found.sent()) {
            String files = message.files() == 0
                    ? "text only"
                    : message.files()
                            + (message.files() == 1 ? " file, " : " files, ")
                            + Sizes.bytes(message.totalSize());
            terminal.print("sent on " + day(message.day()) + " to "
                    + SafeText.line(String.join(", ", message.to())) + ", " + files
                    + " - confirmed: inside the mailbox");
        }
    }

    void replies(Findings found) {
        for (ReceivedReply reply : found.replies()) {
            terminal.print("");
            terminal.print("reply from " + SafeText.line(reply.from())
                    + (reply.left() ? " (has left the newsroom)" : "") + ", " + day(reply.day()) + ":");
            SafeText.quoted(reply.text()).forEach(terminal::print);
        }
        if (found.incomplete() > 0) {
            terminal.print(found.incomplete() + " more on the way, of which not all parts have arrived");
        }
        if (found.unreadable() > 0) {
            terminal.print(found.unreadable() + " not shown: by nobody whom the newsroom vouches for, or not readable");
        }
    }

    /** A day of the calendar, for people; a number no calendar has is shown as it is. */
    static String day(long day) {
        return day < 3_000_000 ? LocalDate.ofEpochDay(day).toString() : "day " + day;
    }
}
