package org.lamplighter.desk.reply;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.core.message.ThreadDocument.Earlier;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.desk.inbox.Author;
import org.lamplighter.desk.inbox.Conversation;
import org.lamplighter.desk.inbox.ConversationId;
import org.lamplighter.desk.inbox.Inbox;
import org.lamplighter.desk.inbox.Message;
import org.lamplighter.desk.inbox.MessageKey;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/**
 * Replies on their way, in the vault. A reply is there before anything of it is posted, and each part is tried until its
 * self-copy is found in the mailbox. One thread at a time.
 */
public final class Outbox {
    private static final long DAY = 86_400;
    /** Threads are forgotten when no reply in them can be repeated any more. */
    private static final long THREAD_KEPT = ThreadRule.MAX_SECONDS + 30 * DAY;

    private final Vault vault;
    private final Inbox inbox;
    private final JournalistId me;
    private final Map<MessageId, Outgoing> outgoing = new HashMap<>();

    private Outbox(Vault vault, Inbox inbox, JournalistId me) {
        this.vault = vault;
        this.inbox = inbox;
        this.me = me;
    }

    /** One bundle that is to be posted now. */
    public record Due(MessageId id, int part, Conversation conversation, StructuredMessage message) {}

    /** Reads everything, and finishes what a crash left between outbox and inbox. */
    public static Outbox load(Vault vault, Inbox inbox, JournalistId me) throws VaultException {
        Outbox outbox = new Outbox(vault, inbox, me);
        for (String name : vault.names(Outgoing.PREFIX)) {
            Optional<Outgoing> read = outbox.read(name);
            if (read.isPresent()) {
                outbox.outgoing.put(read.get().id(), read.get());
                if (!read.get().isThread()) {
                    outbox.show(read.get());
                }
            }
        }
        return outbox;
    }

    /**
     * What is wrong with the outbox as it lies in {@code vault}, one line each; writes nothing. A reply that is not among the
     * messages yet is no fault: {@link #load} finishes it.
     */
    public static List<String> faults(Vault vault, Inbox inbox) throws VaultException {
        List<String> faults = new ArrayList<>();
        for (String name : vault.names(Outgoing.PREFIX)) {
            Optional<byte[]> content = vault.getIntact(name);
            if (content.isEmpty()) {
                faults.add("a reply that does not open");
                continue;
            }
            try {
                faults.addAll(faults(Outgoing.parse(content.get()), name, inbox));
            } catch (MalformedException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        for (Message message : inbox.messages()) {
            if (message.author() instanceof Author.Me
                    && vault.names(Outgoing.PREFIX + message.id().hex()).isEmpty()) {
                faults.add("a reply was written and is not in the outbox");
            }
        }
        return faults;
    }

    private static List<String> faults(Outgoing sent, String name, Inbox inbox) {
        List<String> faults = new ArrayList<>();
        if (!sent.entryName().equals(name)) {
            faults.add("a reply under the id of another");
        }
        if (inbox.conversation(sent.conversation()).isEmpty()) {
            faults.add("a reply in a conversation that is not here");
        }
        if (sent.parts().stream()
                .anyMatch(part -> part.attempts().isEmpty() && (part.isPosted() || part.isConfirmed()))) {
            faults.add("a reply that was handed over and never tried");
        }
        Optional<Message> shown = inbox.message(MessageKey.of(sent.conversation(), new Author.Me(), sent.id()));
        if (!sent.isThread()
                && shown.isPresent()
                && !shown.get()
                        .body()
                        .equals(new Message.Body.Written(
                                sent.replies().getFirst().reply()))) {
            faults.add("a reply that says something else than its message");
        }
        return faults;
    }

    /**
     * Puts a reply to the source's last message into the vault, from where it goes out with this and the next sessions.
     *
     * @param text at most {@link ReplyDocument#MAX_TEXT} bytes of UTF-8
     * @return the reply; empty when the conversation has no message of the source to answer
     */
    public Optional<Message> write(Conversation conversation, String text, long now, SecureRandom random)
            throws VaultException {
        Optional<Message> answered = lastOfSource(conversation.id());
        if (answered.isEmpty()) {
            return Optional.empty();
        }
        Outgoing reply = Outgoing.reply(
                newId(random),
                conversation.id(),
                answered.get().id(),
                colleagues(answered.get()),
                now,
                new ReplyDocument(now / DAY, text));
        store(reply);
        try {
            return Optional.of(show(reply));
        } catch (VaultException e) {
            withdraw(reply, e);
            throw e;
        }
    }

    /** Adds the threads that are due, and forgets old ones. */
    public void renewThreads(long now, StationParameters parameters, SecureRandom random) throws VaultException {
        for (Outgoing sent : List.copyOf(outgoing.values())) {
            if (sent.isThread() && now - sent.createdAt() > THREAD_KEPT) {
                vault.erase(sent.entryName());
                outgoing.remove(sent.id());
            }
        }
        for (Conversation conversation : inbox.conversations()) {
            List<Earlier> due =
                    ThreadRule.due(inbox.messages(conversation.id()), sentIn(conversation.id()), now, parameters);
            Optional<Message> answered = lastOfSource(conversation.id());
            if (!due.isEmpty() && answered.isPresent()) {
                store(Outgoing.thread(
                        newId(random), conversation.id(), answered.get().id(), colleagues(answered.get()), now, due));
            }
        }
    }

    /** The one bundle to post in a session of a head that names {@code prekeySlot}: replies before threads, oldest first. */
    public Optional<Due> next(long now, long prekeySlot, StationParameters parameters) {
        return outgoing.values().stream()
                .filter(sent -> now - sent.createdAt() < ThreadRule.MAX_SECONDS
                        && sent.due(now, parameters).isPresent()
                        && inbox.conversation(sent.conversation()).isPresent())
                .min(Comparator.comparing(Outgoing::isThread)
                        .thenComparingLong(Outgoing::createdAt)
                        .thenComparing(sent -> sent.id().hex()))
                .map(sent -> due(sent, sent.due(now, parameters).orElseThrow(), prekeySlot));
    }

    /** Remembers, before it is posted, what {@code due} looks like: whether or not an answer comes, it may have arrived. */
    public void attempt(Due due) throws VaultException {
        store(sent(due).attempted(due.part(), due.message().digest()));
    }

    /** Remembers that the station took {@code due}. */
    public void posted(Due due, long now) throws VaultException {
        store(sent(due).posted(due.part(), now));
    }

    /** Takes note of a self-copy; answers whether it was of something here that was not confirmed before. */
    public boolean confirm(MessageId id, Digest message, long now) throws VaultException {
        Optional<Outgoing> confirmed =
                Optional.ofNullable(outgoing.get(id)).flatMap(sent -> sent.confirmed(message, now));
        if (confirmed.isPresent()) {
            store(confirmed.get());
        }
        return confirmed.isPresent();
    }

    /** How far the reply with this id has come; empty when it is not one of this vault's. */
    public Optional<Delivery> delivery(MessageId id) {
        return Optional.ofNullable(outgoing.get(id)).map(Outgoing::delivery);
    }

    /** Bundles that were not handed over yet. */
    public int queued() {
        return outgoing.values().stream()
                .map(Outgoing::delivery)
                .mapToInt(delivery -> delivery.parts() - delivery.posted())
                .sum();
    }

    private Outgoing sent(Due due) {
        return Objects.requireNonNull(outgoing.get(due.id()));
    }

    private Due due(Outgoing sent, int part, long prekeySlot) {
        Conversation conversation = inbox.conversation(sent.conversation()).orElseThrow();
        return new Due(sent.id(), part, conversation, sent.message(part, prekeySlot));
    }

    private List<Outgoing> sentIn(ConversationId conversation) {
        List<Outgoing> sent = new ArrayList<>(outgoing.values());
        sent.removeIf(candidate -> !candidate.conversation().equals(conversation));
        return sent;
    }

    private Optional<Message> lastOfSource(ConversationId conversation) {
        return inbox.messages(conversation).reversed().stream()
                .filter(message -> message.author() instanceof Author.Source)
                .findFirst();
    }

    private List<JournalistId> colleagues(Message answered) {
        return answered.addressees().stream()
                .filter(id -> !id.equals(me))
                .distinct()
                .toList();
    }

    /** The reply as a message of its conversation; a crash may have come between the two entries. */
    private Message show(Outgoing sent) throws VaultException {
        MessageKey key = MessageKey.of(sent.conversation(), new Author.Me(), sent.id());
        Optional<Message> shown = inbox.message(key);
        if (shown.isPresent()) {
            return shown.get();
        }
        return inbox.add(
                key,
                new Author.Me(),
                sent.createdAt(),
                0,
                Optional.of(sent.reference()),
                sent.colleagues(),
                new Message.Body.Written(sent.replies().getFirst().reply()));
    }

    /** On a full disk: what its author is told is not saved, and writes again, must not go out as well. */
    private void withdraw(Outgoing reply, VaultException failure) {
        try {
            vault.erase(reply.entryName());
            outgoing.remove(reply.id());
        } catch (VaultException e) {
            failure.addSuppressed(e);
        }
    }

    private void store(Outgoing sent) throws VaultException {
        vault.put(sent.entryName(), sent.encode());
        outgoing.put(sent.id(), sent);
    }

    private static MessageId newId(SecureRandom random) {
        byte[] bytes = new byte[MessageId.LENGTH];
        random.nextBytes(bytes);
        return MessageId.copyOf(bytes);
    }

    /** A damaged entry loses at most a repetition: the reply is in the inbox, and the others are not affected. */
    private Optional<Outgoing> read(String name) throws VaultException {
        Optional<byte[]> content = vault.getIntact(name);
        try {
            return content.isEmpty() ? Optional.empty() : Optional.of(Outgoing.parse(content.get()));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
