package org.lamplighter.desk.inbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.message.Submission;
import org.lamplighter.core.message.SubmissionDocument;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/**
 * All conversations of a vault and their messages. What a method has added is in the vault when it returns. One thread at a
 * time.
 */
public final class Inbox {
    private static final String DOCUMENT = "document/";
    private static final String OPENED = "opened/";

    private final Vault vault;
    private final Map<ConversationId, Conversation> conversations = new HashMap<>();
    private final Map<MessageKey, Message> messages = new HashMap<>();
    private final List<String> damaged = new ArrayList<>();

    private Inbox(Vault vault) {
        this.vault = vault;
    }

    /** Reads everything; entries that do not open are left out and named by {@link #damaged}. */
    public static Inbox load(Vault vault) throws VaultException {
        Inbox inbox = new Inbox(vault);
        for (String name : vault.names(Conversation.PREFIX)) {
            Optional<Conversation> conversation = inbox.read(name, Conversation::parse);
            conversation.ifPresent(found -> inbox.conversations.put(found.id(), found));
        }
        for (String name : vault.names(MessageKey.PREFIX)) {
            Optional<Message> message = inbox.read(name, Message::parse);
            message.ifPresent(found -> inbox.messages.put(found.key(), found));
        }
        return inbox;
    }

    /** Names of entries that could not be read. */
    public List<String> damaged() {
        return List.copyOf(damaged);
    }

    /** In the order of their designations. */
    public List<Conversation> conversations() {
        return conversations.values().stream()
                .sorted(Comparator.comparing(
                        conversation -> conversation.designation().text()))
                .toList();
    }

    public Optional<Conversation> conversation(ConversationId id) {
        return Optional.ofNullable(conversations.get(id));
    }

    public Optional<Conversation> conversation(Designation designation) {
        return conversations.values().stream()
                .filter(conversation -> conversation.designation().equals(designation))
                .findFirst();
    }

    /** The messages of a conversation in the order of their numbers. */
    public List<Message> messages(ConversationId conversation) {
        return messages.values().stream()
                .filter(message -> message.conversation().equals(conversation))
                .sorted(Comparator.comparingInt(Message::number))
                .toList();
    }

    public Collection<Message> messages() {
        return List.copyOf(messages.values());
    }

    public Optional<Message> message(MessageKey key) {
        return Optional.ofNullable(messages.get(key));
    }

    /** The messages by others that were never shown. */
    public List<Message> unread(Conversation conversation) {
        return messages(conversation.id()).stream()
                .filter(message -> message.number() > conversation.shown() && !(message.author() instanceof Author.Me))
                .toList();
    }

    /** The messages by sources with this id, the first to come first; more than one only when somebody reuses ids. */
    List<Message> submissions(MessageId id) {
        return messages.values().stream()
                .filter(message -> message.author() instanceof Author.Source
                        && message.id().equals(id))
                .sorted(Comparator.comparingLong(Message::storedAt))
                .toList();
    }

    /** The conversation with the source that has these keys; a new one is given a designation and stored. */
    Conversation conversationWith(RecipientKeys keys) throws VaultException {
        ConversationId id = ConversationId.of(keys);
        Conversation known = conversations.get(id);
        if (known != null) {
            return known;
        }
        Designation designation = Designation.draw(
                id,
                conversations.values().stream().map(Conversation::designation).collect(Collectors.toSet()));
        Conversation conversation = new Conversation(id, designation, keys, 0);
        store(conversation);
        return conversation;
    }

    /** Stores a message and gives it the next number of its conversation. */
    public Message add(
            MessageKey key,
            Author author,
            long storedAt,
            long prekeySlot,
            Optional<MessageId> reference,
            List<JournalistId> addressees,
            Message.Body body)
            throws VaultException {
        int number = messages(key.conversation()).stream()
                        .mapToInt(Message::number)
                        .max()
                        .orElse(0)
                + 1;
        Message message = new Message(
                key.id(), key.conversation(), number, author, storedAt, prekeySlot, reference, addressees, body);
        vault.put(key.entryName(), message.encode());
        messages.put(key, message);
        return message;
    }

    /** Remembers that every message up to {@code number} was shown. */
    public void markShown(ConversationId id, int number) throws VaultException {
        Conversation conversation = conversations.get(id);
        if (conversation != null && number > conversation.shown()) {
            store(conversation.shownThrough(number));
        }
    }

    /**
     * What a source submitted, with the keys of its files once sealed evidence was opened; empty while it lies in evidence
     * that has not been opened.
     */
    public Optional<Submission> submission(Message message) throws VaultException {
        if (!(message.body() instanceof Message.Body.Submitted submitted)) {
            return Optional.empty();
        }
        Optional<Submission> kept = read(message.key().entryName(DOCUMENT), Submission::parse);
        return submitted.document() instanceof SubmissionDocument.Whole whole
                ? Optional.of(kept.orElse(whole.submission()))
                : kept;
    }

    /** Keeps a submission that came as evidence, or whose sealed keys were opened. */
    public void keep(Message message, Submission submission) throws VaultException {
        byte[] encoded = submission.encode();
        try {
            vault.put(message.key().entryName(DOCUMENT), encoded);
        } finally {
            SecretBytes.wipe(encoded);
        }
    }

    /** Whether {@link #opened} was said of this message. */
    public boolean isOpened(Message message) {
        return !vault.names(message.key().entryName(OPENED)).isEmpty();
    }

    /** Remembers that all the evidence that the text of this message came in was tried, and need not be again. */
    public void opened(Message message) throws VaultException {
        vault.put(message.key().entryName(OPENED), new byte[0]);
    }

    private void store(Conversation conversation) throws VaultException {
        vault.put(conversation.entryName(), conversation.encode());
        conversations.put(conversation.id(), conversation);
    }

    private interface Parser<T> {
        T parse(byte[] bytes) throws MalformedException;
    }

    /** An entry that is damaged, or of a program that was newer, is no reason to show none of the others. */
    private <T> Optional<T> read(String name, Parser<T> parser) throws VaultException {
        try {
            Optional<byte[]> content = vault.get(name);
            return content.isEmpty() ? Optional.empty() : Optional.of(parser.parse(content.get()));
        } catch (MalformedException e) {
            damaged.add(name);
        } catch (VaultException e) {
            if (e.reason() != VaultException.Reason.DAMAGED) {
                throw e;
            }
            damaged.add(name);
        }
        return Optional.empty();
    }
}
