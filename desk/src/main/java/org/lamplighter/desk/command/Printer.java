package org.lamplighter.desk.command;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.lamplighter.console.SafeText;
import org.lamplighter.console.Sizes;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.evidence.open.OpenResult;
import org.lamplighter.core.evidence.open.Opener;
import org.lamplighter.desk.app.ConversationView;
import org.lamplighter.desk.app.DeskStatus;
import org.lamplighter.desk.app.MessageView;
import org.lamplighter.desk.app.MessageView.FileView;
import org.lamplighter.desk.app.MessageView.From;
import org.lamplighter.desk.app.MessageView.SealedView;
import org.lamplighter.desk.evidence.Export.Exported;
import org.lamplighter.desk.reply.Delivery;

/** Prints messages and lists as lines; text by strangers stands behind a bar, and names by strangers are made harmless. */
final class Printer {
    /** Lines of a text that are shown in a list of messages. */
    private static final int MAX_LINES = 200;

    private final Terminal terminal;

    Printer(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A message; {@code whole} shows a long text to its end. */
    void message(MessageView message, boolean whole) {
        terminal.print("message " + message.handle() + " " + heading(message));
        message.answers().ifPresent(answered -> terminal.print("  answers " + answered));
        switch (message.textState()) {
            case HERE -> text(message, whole);
            case MISSING -> terminal.print("  the text comes as evidence, of which not all has arrived");
            case DAMAGED -> terminal.print("  the text came as evidence that is damaged: it cannot be shown");
        }
        message.files().forEach(this::file);
        message.sealed().ifPresent(this::sealed);
        message.delivery().ifPresent(delivery -> terminal.print("  " + delivery(delivery)));
    }

    void conversation(ConversationView conversation) {
        terminal.print("conversation " + conversation.designation() + "  " + count(conversation.messages(), "message")
                + ", " + conversation.unread() + " unread, last " + day(conversation.lastDay()));
    }

    void status(DeskStatus status) {
        terminal.print("journalist   " + SafeText.line(status.name()));
        terminal.print("newsroom     " + status.newsroom());
        terminal.print("station      " + status.station());
        terminal.print("last session "
                + status.lastHead()
                        .map(head -> "epoch " + head.epoch() + " of " + day(head.day()))
                        .orElse("none yet"));
        terminal.print("prekeys      " + ahead(status.secondsAhead()));
        terminal.print("outbox       " + count(status.queued(), "bundle") + " waiting");
        if (status.waiting() > 0) {
            terminal.print("waiting      " + count(status.waiting(), "message")
                    + " by colleagues, for what they answer or for their other parts");
        }
        terminal.print("evidence     " + count(status.chunks(), "piece") + ", " + Sizes.bytes(status.chunkBytes()));
        status.conversations().forEach(this::conversation);
        status.damaged().forEach(entry -> terminal.print("damaged      " + entry));
    }

    void exported(Exported exported) {
        String name = SafeText.line(exported.name());
        String result = switch (exported.result()) {
            case OpenResult.Opened opened ->
                "verified -> " + exported.written().map(Object::toString).orElse("");
            case OpenResult.Missing missing -> "missing: " + pieces(missing.chunks()) + " not here";
            case OpenResult.Damaged damaged ->
                "damaged ("
                        + damaged.reason().toString().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
        };
        terminal.print("file " + name + "  " + Sizes.bytes(exported.size()) + "  " + result);
    }

    static String ahead(long seconds) {
        long days = seconds / 86_400;
        return (days > 0 ? count(days, "day") : Sizes.seconds(seconds)) + " ahead";
    }

    static String delivery(Delivery delivery) {
        String parts = delivery.parts() > 1 ? " (" + delivery.parts() + " parts)" : "";
        return switch (delivery.state()) {
            case CONFIRMED -> "confirmed: it was found in the mailbox" + parts;
            case POSTED -> "posted: handed over at the door, not yet seen in the mailbox" + parts;
            case QUEUED ->
                "waiting: " + delivery.posted() + " of " + count(delivery.parts(), "part")
                        + " handed over, one goes out with each session";
        };
    }

    private static String pieces(long missing) {
        return missing < Opener.MOST_COUNTED ? count(missing, "piece") : Opener.MOST_COUNTED + " pieces or more";
    }

    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    static String day(long epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }

    private static String heading(MessageView message) {
        String dated = message.statedDay()
                .filter(stated -> stated != message.storedDay())
                .map(stated -> ", dated " + day(stated))
                .orElse("");
        return switch (message.from()) {
            case From.Source source -> "from the source, received " + day(message.storedDay()) + dated;
            case From.Me me -> "by you, " + day(message.storedDay());
            case From.Colleague colleague ->
                "by your colleague " + SafeText.line(colleague.name()) + standing(colleague) + ", received "
                        + day(message.storedDay()) + dated;
        };
    }

    private static String standing(From.Colleague colleague) {
        return switch (colleague.standing()) {
            case ACTIVE -> "";
            case LEFT -> " (has left the newsroom)";
            case COMPROMISED -> " (KEYS COMPROMISED: somebody else may have written this)";
            case UNKNOWN -> " (not in the newest roster)";
        };
    }

    private void text(MessageView message, boolean whole) {
        String text = message.text().orElse("");
        List<String> lines = SafeText.quoted(text);
        lines.stream().limit(whole ? Long.MAX_VALUE : MAX_LINES).forEach(terminal::print);
        if (!whole && (lines.size() > MAX_LINES || text.length() < message.textLength())) {
            terminal.print("  the text goes on, " + message.textLength()
                    + " characters in all: show the message alone to see it whole");
        }
    }

    private void file(FileView file) {
        String state = file.missing() < 0
                ? "sealed"
                : file.isComplete() ? "all here, not yet opened" : pieces(file.missing()) + " not here";
        terminal.print("  file " + SafeText.line(file.name()) + "  " + SafeText.line(file.mediaType()) + "  "
                + Sizes.bytes(file.size()) + "  " + state);
    }

    private void sealed(SealedView sealed) {
        terminal.print(
                "  sealed: any " + sealed.threshold() + " of " + sealed.holders() + " holders open the files together; "
                        + (sealed.ownShare() ? "you hold a share" : "you hold no share"));
        terminal.print("  evidence: " + sealed.evidence() + " (the same words stand on every share of it)");
        if (sealed.copied()) {
            terminal.print("  NOT OPENED: these sealed keys came before, in another message with other files;"
                    + " a share for this message would open that one");
        }
    }
}
