package org.lamplighter.desk.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.envelope.ApkePublicKey;
import org.lamplighter.core.envelope.OpenedEnvelope;
import org.lamplighter.core.message.Acceptance;
import org.lamplighter.core.message.Acceptance.Outcome;
import org.lamplighter.core.message.Acceptance.Reader;
import org.lamplighter.core.message.MessageHeader;
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.message.Parts;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.message.SelfCopy;
import org.lamplighter.core.message.SenderStanding;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.core.message.SubmissionDocument;
import org.lamplighter.core.message.ThreadDocument;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/**
 * Decides what an opened envelope is (docs/spec 3.6), and stores it before it says so. Nothing that anybody sends makes it
 * fail; only the vault can. One thread at a time.
 */
public final class Sorter {
    private static final String PART = "part/";
    /** Remembers a thread whose replies are all here, so that it is not put together again in every session. */
    private static final String THREAD = "thread/";

    private final Vault vault;
    private final Inbox inbox;
    private final ApkePublicKey me;
    private final Roster roster;
    private final Acceptance acceptance;
    private final long now;

    /**
     * A sorter for one session.
     *
     * @param me this journalist's sending key
     * @param headSlot the prekey slot that the head names
     * @param now unix seconds of this machine
     */
    public Sorter(
            Vault vault,
            Inbox inbox,
            ApkePublicKey me,
            Roster roster,
            StationParameters parameters,
            long headSlot,
            long now) {
        this.vault = vault;
        this.inbox = inbox;
        this.me = me;
        this.roster = roster;
        this.acceptance = Acceptance.of(Reader.JOURNALIST, parameters, headSlot);
        this.now = now;
    }

    /** Takes in one envelope, or says why not. */
    public Sorted sort(OpenedEnvelope envelope) throws VaultException {
        byte[] bytes = envelope.structuredMessage();
        try {
            StructuredMessage message = StructuredMessage.parse(bytes);
            SenderStanding standing = SenderStanding.of(envelope.sender(), me, roster);
            // What was seen before is told from the vault, which forgets no message.
            Outcome outcome = acceptance.judge(message, envelope.sender(), standing, copy -> false);
            if (outcome instanceof Outcome.Refused refused) {
                return new Sorted.Refused(refusal(refused.reason(), standing));
            }
            return switch (message.header().kind()) {
                case SUBMISSION -> submission(envelope, message);
                case REPLY, THREAD -> colleague(envelope, message);
                case SELF_COPY ->
                    new Sorted.OwnCopy(
                            message.header().id(),
                            SelfCopy.parse(message.content()).message());
                case DECOY -> new Sorted.Refused(Refusal.WRONG_KIND);
            };
        } catch (MalformedException e) {
            return new Sorted.Refused(Refusal.MALFORMED);
        } finally {
            SecretBytes.wipe(bytes);
        }
    }

    /**
     * Puts together what waits, and answers what was completed. To be called after the last envelope of a session: only then it
     * does not matter in which order they came.
     */
    public List<MessageKey> settle() throws VaultException {
        List<MessageKey> kept = new ArrayList<>();
        List<String> groups = vault.names(PART).stream()
                .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
                .distinct()
                .toList();
        for (String group : groups) {
            kept.addAll(settle(group));
        }
        return kept;
    }

    /** Copies by colleagues that wait for other parts, or for the source's message that they answer. */
    public static int waiting(Vault vault) {
        return (int) vault.names(PART).stream()
                .map(name -> name.substring(0, name.lastIndexOf('/')))
                .distinct()
                .count();
    }

    private Sorted submission(OpenedEnvelope envelope, StructuredMessage message)
            throws MalformedException, VaultException {
        SubmissionDocument document = SubmissionDocument.parse(message.content());
        ConversationId id = ConversationId.of(envelope.replyKeys());
        MessageHeader header = message.header();
        MessageKey key = MessageKey.of(id, new Author.Source(), header.id());
        if (inbox.message(key).isPresent()) {
            return new Sorted.Known();
        }
        Conversation conversation = inbox.conversationWith(envelope.replyKeys());
        inbox.add(
                MessageKey.of(conversation.id(), new Author.Source(), header.id()),
                new Author.Source(),
                now,
                header.prekeySlot(),
                header.reference(),
                header.addressees(),
                new Message.Body.Submitted(document));
        return new Sorted.Kept(key);
    }

    private Sorted colleague(OpenedEnvelope envelope, StructuredMessage message) throws VaultException {
        Optional<RosterJournalist> sender = sender(envelope.sender());
        if (sender.isEmpty()) {
            return new Sorted.Refused(Refusal.UNKNOWN_SENDER);
        }
        String group =
                PART + sender.get().id().hex() + "/" + message.header().id().hex() + "/";
        String name = group + message.part();
        if (isKnown(sender.get().id(), message.header())
                || vault.getIntact(name).isPresent()) {
            return new Sorted.Known();
        }
        vault.put(name, message.encode());
        return new Sorted.Waiting();
    }

    private static Refusal refusal(Acceptance.Reason reason, SenderStanding standing) {
        return switch (reason) {
            case TOO_OLD, FROM_THE_FUTURE, SEEN_BEFORE -> Refusal.OUT_OF_WINDOW;
            case COMPROMISED_SENDER -> Refusal.COMPROMISED_SENDER;
            case LEFT_SENDER -> Refusal.LEFT_SENDER;
            case WRONG_KIND ->
                standing instanceof SenderStanding.Stranger ? Refusal.UNKNOWN_SENDER : Refusal.WRONG_KIND;
        };
    }

    private Optional<RosterJournalist> sender(ApkePublicKey apke) {
        return roster.journalists().stream()
                .filter(journalist -> journalist.keys().apke().equals(apke))
                .findFirst();
    }

    private boolean isKnown(JournalistId sender, MessageHeader header) {
        return !vault.names(threadName(sender, header.id())).isEmpty()
                || inbox.messages().stream()
                        .anyMatch(known -> known.id().equals(header.id())
                                && known.author().tag().equals(sender.hex()));
    }

    /** Puts the parts of a group together if all are here and it is known what they answer. */
    private List<MessageKey> settle(String group) throws VaultException {
        List<String> names = vault.names(group);
        try {
            List<StructuredMessage> parts = new ArrayList<>();
            for (String name : names) {
                Optional<byte[]> part = vault.getIntact(name);
                if (part.isPresent()) {
                    parts.add(StructuredMessage.parse(part.get()));
                }
            }
            Optional<byte[]> document = Parts.assemble(parts);
            Optional<Author.Colleague> author = author(group);
            if (document.isEmpty() || author.isEmpty()) {
                return List.of();
            }
            MessageHeader header = parts.getFirst().header();
            Optional<ConversationId> conversation = header.reference().flatMap(this::conversationOf);
            if (conversation.isEmpty()) {
                return List.of();
            }
            List<MessageKey> kept = keep(header, document.get(), author.get(), conversation.get());
            drop(names);
            return kept;
        } catch (MalformedException e) {
            // Parts that do not fit together can never become a message.
            drop(names);
            return List.of();
        }
    }

    private List<MessageKey> keep(
            MessageHeader header, byte[] document, Author.Colleague author, ConversationId conversation)
            throws MalformedException, VaultException {
        if (header.kind() != MessageKind.THREAD) {
            return List.of(add(header.id(), header, ReplyDocument.parse(document), author, conversation));
        }
        List<MessageKey> kept = new ArrayList<>();
        for (ThreadDocument.Earlier earlier : ThreadDocument.parse(document).replies()) {
            if (inbox.message(MessageKey.of(conversation, author, earlier.id())).isEmpty()) {
                kept.add(add(earlier.id(), header, earlier.reply(), author, conversation));
            }
        }
        vault.put(threadName(author.id(), header.id()), new byte[0]);
        return kept;
    }

    private MessageKey add(
            MessageId id,
            MessageHeader header,
            ReplyDocument reply,
            Author.Colleague author,
            ConversationId conversation)
            throws VaultException {
        MessageKey key = MessageKey.of(conversation, author, id);
        inbox.add(
                key,
                author,
                now,
                header.prekeySlot(),
                header.reference(),
                header.addressees(),
                new Message.Body.Written(reply));
        return key;
    }

    private void drop(List<String> names) throws VaultException {
        for (String name : names) {
            vault.erase(name);
        }
    }

    private Optional<Author.Colleague> author(String group) throws MalformedException {
        JournalistId id =
                JournalistId.parseHex(group.substring(PART.length(), group.indexOf('/', PART.length())), "part");
        return roster.byId(id)
                .map(journalist -> new Author.Colleague(id, journalist.name().text()));
    }

    /**
     * A colleague's copy belongs where the message is that it answers. Ids are random, so two sources have the same one only
     * when the second took it from the first: the first to come has it, and when both came in one session nobody does.
     */
    private Optional<ConversationId> conversationOf(MessageId reference) {
        List<Message> named = inbox.submissions(reference);
        if (named.size() > 1 && named.get(0).storedAt() == named.get(1).storedAt()) {
            return Optional.empty();
        }
        return named.stream().map(Message::conversation).findFirst();
    }

    private static String threadName(JournalistId sender, MessageId id) {
        return THREAD + sender.hex() + "/" + id.hex();
    }
}
