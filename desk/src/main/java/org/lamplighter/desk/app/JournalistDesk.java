package org.lamplighter.desk.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lamplighter.client.Progress;
import org.lamplighter.client.Route;
import org.lamplighter.client.StationClient;
import org.lamplighter.client.StationFailure;
import org.lamplighter.console.Finding;
import org.lamplighter.core.backup.BackupRecipient;
import org.lamplighter.core.evidence.share.Share;
import org.lamplighter.core.journalist.JournalistKeys;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.newsroom.Fingerprint;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.desk.app.DeskFailure.Kind;
import org.lamplighter.desk.check.DeskCheck;
import org.lamplighter.desk.evidence.ChunkFolder;
import org.lamplighter.desk.evidence.Export;
import org.lamplighter.desk.evidence.Shares;
import org.lamplighter.desk.inbox.Conversation;
import org.lamplighter.desk.inbox.Designation;
import org.lamplighter.desk.inbox.Inbox;
import org.lamplighter.desk.inbox.Message;
import org.lamplighter.desk.inbox.Sorter;
import org.lamplighter.desk.prekeys.PrekeyStore;
import org.lamplighter.desk.profile.Profile;
import org.lamplighter.desk.profile.StationMemory;
import org.lamplighter.desk.reply.Outbox;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/**
 * A journalist's folder, open: sessions with the station, conversations, replies, evidence. Does not talk to anybody; what it
 * yields is as strangers wrote it. One thread at a time.
 */
public final class JournalistDesk implements AutoCloseable {
    private static final long DAY = 86_400;
    private static final Pattern HANDLE = Pattern.compile("(.{1,64})/([1-9][0-9]{0,8})");

    private final DeskParts parts;

    private JournalistDesk(DeskParts parts) {
        this.parts = parts;
    }

    /**
     * What the journalist carries to the newsroom, and reads to it.
     *
     * @param request the file
     * @param fingerprint of the key in it
     */
    public record Created(Path request, Fingerprint fingerprint) {}

    /**
     * Makes a folder with new keys. Nothing is sent: the newsroom has to enrol them first.
     *
     * @param folder does not exist, or is empty
     * @param newsroom the key to pin
     */
    public static Created create(
            Path folder,
            SecretBytes passphrase,
            PersonName name,
            NewsroomKey newsroom,
            Route route,
            Surroundings surroundings)
            throws VaultException {
        try (Profile profile = new Profile(name, JournalistKeys.generate(surroundings.random()), newsroom, route)) {
            Vault.create(folder, passphrase, surroundings.cost(), profile.entries(), surroundings.random())
                    .close();
            return new Created(
                    Enrolment.write(folder, profile), Enrolment.request(profile).fingerprint());
        }
    }

    /**
     * Opens a folder.
     *
     * @throws VaultException wrong passphrase, in use, not a vault, …
     */
    public static JournalistDesk open(Path folder, SecretBytes passphrase, Surroundings surroundings)
            throws VaultException, DeskFailure {
        Vault vault = Vault.open(folder, passphrase, surroundings.random());
        boolean open = false;
        try {
            JournalistDesk desk = open(vault, surroundings);
            open = true;
            return desk;
        } catch (MalformedException e) {
            throw new DeskFailure(
                    Kind.DAMAGED,
                    "the vault does not hold a journalist's keys (" + e.getMessage() + ")",
                    "restore the folder from a backup");
        } finally {
            if (!open) {
                vault.close();
            }
        }
    }

    private static JournalistDesk open(Vault vault, Surroundings surroundings)
            throws VaultException, MalformedException {
        Profile profile = Profile.load(vault);
        Inbox inbox = Inbox.load(vault);
        StationClient station = StationClient.of(
                profile.route(),
                profile.newsroom(),
                surroundings.random(),
                surroundings.clock(),
                surroundings.backoff());
        return new JournalistDesk(new DeskParts(
                vault,
                profile,
                inbox,
                Outbox.load(vault, inbox, profile.keys().id()),
                PrekeyStore.of(vault),
                ChunkFolder.open(vault),
                Shares.of(vault, profile.keys().id()),
                station,
                surroundings));
    }

    /** Derives everything in a folder again from its bytes; needs no station, and repairs nothing. */
    public static List<Finding> check(Path folder, SecretBytes passphrase, Surroundings surroundings, Progress progress)
            throws VaultException {
        try (Vault vault = Vault.open(folder, passphrase, surroundings.random())) {
            return DeskCheck.run(vault, progress);
        }
    }

    /** Holds a session: what is new is in the vault when this returns. */
    public SessionReport session(Progress progress) throws StationFailure, VaultException, DeskFailure {
        return new DeskSession(parts, progress).run(false);
    }

    /** As {@link #session}, and uploads a block of prekeys although enough are ahead. */
    public SessionReport replenish(Progress progress) throws StationFailure, VaultException, DeskFailure {
        return new DeskSession(parts, progress).run(true);
    }

    /** All conversations. */
    public List<ConversationView> conversations() throws VaultException {
        Views views = views();
        return parts.inbox().conversations().stream().map(views::conversation).toList();
    }

    /** Refuses a designation that no conversation has. */
    public void requireConversation(String designation) throws DeskFailure {
        conversation(designation);
    }

    /** The messages of a conversation, in order, each with the beginning of its text. */
    public List<MessageView> messages(String designation) throws VaultException, DeskFailure {
        Conversation conversation = conversation(designation);
        return views(conversation, parts.inbox().messages(conversation.id()));
    }

    /** The messages of a conversation that were never shown, each with the beginning of its text. */
    public List<MessageView> unread(String designation) throws VaultException, DeskFailure {
        Conversation conversation = conversation(designation);
        return views(conversation, parts.inbox().unread(conversation));
    }

    /** Remembers that a message, and all before it, was shown. */
    public void markShown(String handle) throws VaultException, DeskFailure {
        Named named = named(handle);
        parts.inbox().markShown(named.conversation.id(), named.message.number());
    }

    /**
     * Puts a reply into the outbox; the next session hands over its first part.
     *
     * @param text at most {@link ReplyDocument#MAX_TEXT} bytes of UTF-8
     */
    public MessageView reply(String designation, String text) throws VaultException, DeskFailure {
        Conversation conversation = conversation(designation);
        Replies.check(text);
        Message reply = parts.outbox()
                .write(conversation, text, parts.now(), parts.surroundings().random())
                .orElseThrow(() -> new DeskFailure(
                        Kind.NOTHING_TO_ANSWER,
                        "there is no message of " + conversation.designation() + " to answer",
                        "read again, then reply"));
        return views().message(conversation, reply);
    }

    /** A message, as it is now, with its whole text. */
    public MessageView message(String handle) throws VaultException, DeskFailure {
        Named named = named(handle);
        return views().message(named.conversation, named.message);
    }

    /** Opens, verifies and writes the files of a message into {@code folder}. */
    public List<Export.Exported> export(String handle, Path folder) throws VaultException, DeskFailure {
        return new EvidenceDesk(parts).export(named(handle).message, handle, folder);
    }

    /** Opens the sealed keys of a message with this journalist's share and {@code others}; the caller closes those. */
    public MessageView unseal(String handle, List<Share> others) throws VaultException, DeskFailure {
        Named named = named(handle);
        new EvidenceDesk(parts).unseal(named.message, handle, others);
        return views().message(named.conversation, named.message).beginning();
    }

    /** The sealed share of a trustee of the newsroom, as the file to carry to that person (docs/spec 7.7). */
    public byte[] shareFor(String handle, String trustee) throws VaultException, DeskFailure {
        return new EvidenceDesk(parts).shareFor(named(handle).message, handle, trustee, memory());
    }

    /** This journalist's own share in the clear, as a file, to give to the colleague who opens (docs/spec 7.2). Secret. */
    public SecretBytes ownShare(String handle) throws VaultException, DeskFailure {
        return new EvidenceDesk(parts).ownShare(named(handle).message, handle);
    }

    /** How the folder stands, told without the station. */
    public DeskStatus status() throws VaultException {
        Optional<StationMemory> memory = memory();
        long ahead = 0;
        if (memory.isPresent()) {
            StationParameters parameters = memory.get().certificate().parameters();
            long slot = parameters.prekeySlot(parts.now());
            ahead = parts.prekeys().ahead(slot, parameters.prekeySeconds()) * parameters.prekeySeconds();
        }
        ChunkFolder.Contents chunks = parts.chunks().contents();
        return new DeskStatus(
                parts.profile().name().text(),
                parts.profile().newsroom().origin().name(),
                parts.profile().route().station().toString(),
                ahead,
                parts.outbox().queued(),
                Sorter.waiting(parts.vault()),
                conversations(),
                memory.map(seen -> new DeskStatus.LastHead(seen.head().epoch(), seen.headTime() / DAY)),
                chunks.chunks(),
                chunks.bytes(),
                parts.vault().damaged());
    }

    /**
     * Writes a backup of the folder to {@code out}, without prekey secrets, and answers how many files are in it (docs/spec 9.8).
     *
     * @param progress is told bytes
     */
    public int backup(OutputStream out, BackupRecipient recipient, DeskBackup.Progress progress)
            throws VaultException, IOException {
        return DeskBackup.write(parts, memory(), out, recipient, progress);
    }

    /** Changes the passphrase of the folder. */
    public void changePassphrase(SecretBytes passphrase) throws VaultException {
        parts.vault().changePassphrase(passphrase, parts.surroundings().cost());
    }

    /** Forgets all keys and lets others open the folder. */
    @Override
    public void close() {
        parts.profile().close();
        parts.vault().close();
    }

    private Optional<StationMemory> memory() throws VaultException {
        return StationMemory.load(parts.vault(), parts.profile().newsroom());
    }

    private Views views() throws VaultException {
        return new Views(parts, memory().map(StationMemory::roster));
    }

    private List<MessageView> views(Conversation conversation, List<Message> messages) throws VaultException {
        Views views = views();
        List<MessageView> shown = new ArrayList<>();
        for (Message message : messages) {
            shown.add(views.message(conversation, message).beginning());
        }
        return shown;
    }

    private record Named(Conversation conversation, Message message) {}

    private Conversation conversation(String typed) throws DeskFailure {
        Designation designation = Designation.typed(typed);
        Optional<Conversation> found = parts.inbox().conversation(designation);
        if (found.isPresent()) {
            return found.get();
        }
        List<Designation> known = parts.inbox().conversations().stream()
                .map(Conversation::designation)
                .toList();
        throw new DeskFailure(
                Kind.UNKNOWN_CONVERSATION,
                "no conversation is called " + designation,
                designation
                        .nearest(known)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElse("the conversations are listed by: lamplighter journalist status " + folder()));
    }

    private Named named(String handle) throws DeskFailure {
        Matcher matcher = HANDLE.matcher(handle.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new DeskFailure(
                    Kind.UNKNOWN_MESSAGE,
                    "not the name of a message",
                    "a message is named by its conversation and number, such as amber-otter/3");
        }
        Conversation conversation = conversation(matcher.group(1));
        int number = Integer.parseInt(matcher.group(2));
        List<Message> messages = parts.inbox().messages(conversation.id());
        return messages.stream()
                .filter(message -> message.number() == number)
                .findFirst()
                .map(message -> new Named(conversation, message))
                .orElseThrow(() -> new DeskFailure(
                        Kind.UNKNOWN_MESSAGE,
                        "no message " + number + " in " + conversation.designation(),
                        messages.isEmpty()
                                ? "the conversation has no message"
                                : "its last message is " + Views.handle(conversation, messages.getLast())));
    }

    private Path folder() {
        return parts.vault().folder();
    }
}
