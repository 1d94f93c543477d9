package org.lamplighter.desk.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.SealedKeys;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.evidence.open.Opener;
import org.lamplighter.core.evidence.share.SealBinding;
import org.lamplighter.core.evidence.share.Share;
import org.lamplighter.core.message.Submission;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.desk.app.MessageView.FileView;
import org.lamplighter.desk.app.MessageView.From;
import org.lamplighter.desk.app.MessageView.SealedView;
import org.lamplighter.desk.app.MessageView.Standing;
import org.lamplighter.desk.app.MessageView.TextState;
import org.lamplighter.desk.evidence.Documents;
import org.lamplighter.desk.inbox.Author;
import org.lamplighter.desk.inbox.Conversation;
import org.lamplighter.desk.inbox.Message;
import org.lamplighter.desk.vault.VaultException;

/** Makes of what the vault keeps what is shown. */
final class Views {
    private static final long DAY = 86_400;

    private final DeskParts desk;
    private final Optional<Roster> roster;

    /** @param roster the newest that was seen */
    Views(DeskParts desk, Optional<Roster> roster) {
        this.desk = desk;
        this.roster = roster;
    }

    ConversationView conversation(Conversation conversation) {
        List<Message> messages = desk.inbox().messages(conversation.id());
        long last = messages.stream().mapToLong(Message::storedAt).max().orElse(0);
        return new ConversationView(
                conversation.designation().text(),
                messages.size(),
                desk.inbox().unread(conversation).size(),
                last / DAY);
    }

    MessageView message(Conversation conversation, Message message) throws VaultException {
        Optional<String> answers = message.reference()
                .flatMap(id -> desk.inbox().messages(conversation.id()).stream()
                        .filter(candidate -> candidate.id().equals(id))
                        .map(candidate -> handle(conversation, candidate))
                        .findFirst());
        return switch (message.body()) {
            case Message.Body.Written written ->
                new MessageView(
                        handle(conversation, message),
                        from(message.author()),
                        answers,
                        message.storedAt() / DAY,
                        Optional.of(written.reply().day()),
                        Optional.of(written.reply().text()),
                        written.reply().text().length(),
                        TextState.HERE,
                        List.of(),
                        Optional.empty(),
                        message.author() instanceof Author.Me
                                ? desk.outbox().delivery(message.id())
                                : Optional.empty());
            case Message.Body.Submitted submitted -> submission(conversation, message, answers);
        };
    }

    static String handle(Conversation conversation, Message message) {
        return conversation.designation().text() + "/" + message.number();
    }

    private MessageView submission(Conversation conversation, Message message, Optional<String> answers)
            throws VaultException {
        Documents.State state = Documents.open(message, desk.inbox(), desk.chunks());
        Optional<Submission> submission = desk.inbox().submission(message);
        List<FileView> files = new ArrayList<>();
        for (FileEntry file : submission.map(Submission::files).orElse(List.of())) {
            files.add(file(file));
        }
        Optional<SealedView> sealed = submission.isPresent() ? sealed(message, submission.get()) : Optional.empty();
        return new MessageView(
                handle(conversation, message),
                from(message.author()),
                answers,
                message.storedAt() / DAY,
                submission.map(Submission::day),
                submission.map(Submission::text),
                submission.map(Submission::text).map(String::length).orElse(0),
                switch (state) {
                    case READ -> TextState.HERE;
                    case MISSING -> TextState.MISSING;
                    case DAMAGED -> TextState.DAMAGED;
                },
                files,
                sealed,
                Optional.empty());
    }

    private Optional<SealedView> sealed(Message message, Submission submission) throws VaultException {
        if (!(submission.sealing() instanceof Sealing.KOfN kOfN)) {
            return Optional.empty();
        }
        SealedKeys keys = kOfN.keys();
        SealBinding binding = SealBinding.of(keys, submission.files());
        return Optional.of(new SealedView(
                keys.threshold(),
                keys.holders().size(),
                hasShare(message),
                binding.words(),
                desk.shares().isCopied(keys, binding)));
    }

    private boolean hasShare(Message message) throws VaultException {
        Optional<Share> own = desk.shares().own(message);
        own.ifPresent(Share::close);
        return own.isPresent();
    }

    private FileView file(FileEntry file) throws VaultException {
        try {
            long missing = file.isLocked() ? -1 : Opener.of(desk.chunks()).missing(file);
            return new FileView(file.name(), file.mediaType(), file.size(), missing);
        } catch (IOException e) {
            throw VaultException.of("cannot read the evidence", e);
        }
    }

    private From from(Author author) {
        return switch (author) {
            case Author.Source source -> new From.Source();
            case Author.Me me -> new From.Me();
            case Author.Colleague colleague -> new From.Colleague(colleague.name(), standing(colleague));
        };
    }

    private Standing standing(Author.Colleague colleague) {
        return roster.flatMap(known -> known.byId(colleague.id()))
                .map(RosterJournalist::state)
                .map(state -> switch (state) {
                    case ACTIVE -> Standing.ACTIVE;
                    case LEFT -> Standing.LEFT;
                    case COMPROMISED -> Standing.COMPROMISED;
                })
                .orElse(Standing.UNKNOWN);
    }
}
