package org.lamplighter.e2e.crash;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.journalist.PrekeySecret;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.prekey.PrekeyEntry;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.desk.app.ConversationView;
import org.lamplighter.desk.app.JournalistDesk;
import org.lamplighter.desk.app.MessageView;
import org.lamplighter.desk.app.Surroundings;
import org.lamplighter.desk.prekeys.PrekeyStore;
import org.lamplighter.desk.reply.Delivery;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.station.durable.FileDigest;
import org.lamplighter.station.store.DocumentStore.Kind;
import org.lamplighter.station.store.PrekeyStore.StoredPrekey;
import org.lamplighter.station.store.sqlite.SqliteStore;

/**
 * What a journalist's programs have said before they were killed, kept outside the folder, and the comparison with what lies in
 * it: what was shown, "saved as" or "posted" is there, and what sources seal to opens. One thread at a time.
 */
public final class DeskLedger {
    private final Path newsroom;
    private final Set<Integer> shown = new TreeSet<>();
    private final Set<Integer> saved = new TreeSet<>();
    private final Set<Integer> posted = new TreeSet<>();
    private int uploads;

    /** With the public key of the newsroom in the file {@code newsroom}. */
    public DeskLedger(Path newsroom) {
        this.newsroom = newsroom;
    }

    /** A program showed these lines. */
    public void showed(List<String> lines) {
        shown.addAll(Letters.numbers(String.join("\n", lines)));
    }

    /** A program that was to answer with {@code number} printed these lines. */
    public void replied(int number, List<String> lines) {
        if (lines.stream().anyMatch(line -> line.startsWith("saved as "))) {
            saved.add(number);
        }
        if (lines.stream().anyMatch(line -> line.startsWith("reply ") && line.contains("posted: "))) {
            posted.add(number);
        }
    }

    /** A program that was to upload prekeys printed these lines. */
    public void replenished(List<String> lines) {
        uploads += lines.stream().anyMatch(line -> line.startsWith("prekeys ") && !line.endsWith("none were uploaded"))
                ? 1
                : 0;
    }

    public Set<Integer> saved() {
        return Set.copyOf(saved);
    }

    @Override
    public String toString() {
        return shown.size() + " letters shown, " + saved.size() + " replies saved, " + posted.size() + " posted, "
                + uploads + " uploads of prekeys told";
    }

    /** What was said and is not in the journalist's folder, or not as it was said; empty when all is well. */
    public List<String> lost(Path folder) throws Exception {
        List<String> lost = new ArrayList<>();
        Contents contents = contents(folder);
        for (int number : shown) {
            if (!contents.letters().containsKey(number)) {
                lost.add("letter " + number + " was shown and is gone");
            }
        }
        for (int number : saved) {
            int times = contents.replies().getOrDefault(number, List.of()).size();
            if (times != 1) {
                lost.add("reply " + number + " was saved and is there " + times + " times");
            }
        }
        for (int number : posted) {
            if (contents.replies().getOrDefault(number, List.of()).contains(Delivery.State.QUEUED)) {
                lost.add("reply " + number + " was posted, and the outbox does not know it");
            }
        }
        return lost;
    }

    /** Letters by number with how often they are there; replies by number with how far each has come. */
    public record Contents(Map<Integer, Integer> letters, Map<Integer, List<Delivery.State>> replies, int queued) {}

    public static Contents contents(Path folder) throws Exception {
        Map<Integer, Integer> letters = new TreeMap<>();
        Map<Integer, List<Delivery.State>> replies = new TreeMap<>();
        try (JournalistDesk desk = open(folder)) {
            for (ConversationView conversation : desk.conversations()) {
                for (MessageView message : desk.messages(conversation.designation())) {
                    for (int number : Letters.numbers(message.text().orElse(""))) {
                        if (message.from() instanceof MessageView.From.Me) {
                            replies.computeIfAbsent(number, key -> new ArrayList<>())
                                    .add(message.delivery().map(Delivery::state).orElse(Delivery.State.QUEUED));
                        } else {
                            letters.merge(number, 1, Integer::sum);
                        }
                    }
                }
            }
            return new Contents(letters, replies, desk.status().queued());
        }
    }

    /** The chunks that were collected, with the hash of the bytes on disk. */
    public static Map<ChunkId, Digest> collected(Path folder) throws Exception {
        Map<ChunkId, Digest> collected = new HashMap<>();
        try (var files = Files.list(folder.resolve("chunks"))) {
            for (Path file : files.toList()) {
                collected.put(ChunkId.parseHex(String.valueOf(file.getFileName()), "chunk"), FileDigest.of(file));
            }
        }
        return collected;
    }

    /** The folder, opened in this process, with a clock and a route like those of the program. */
    public static JournalistDesk open(Path folder) throws Exception {
        try (SecretBytes passphrase = passphrase()) {
            return JournalistDesk.open(
                    folder,
                    passphrase,
                    new Surroundings(
                            new SecureRandom(),
                            InstantSource.system(),
                            Backoff.none(),
                            Pause.of(InstantSource.system()),
                            Town.CHEAP,
                            2));
        }
    }

    public static SecretBytes passphrase() {
        return SecretBytes.copyOf(Town.PASSPHRASE.getBytes(StandardCharsets.UTF_8));
    }

    /** Slots that the station publishes of this journalist and whose secrets are not in the folder. */
    public List<String> unreadable(Path folder, Path station) throws Exception {
        List<String> unreadable = new ArrayList<>();
        NewsroomKey key = NewsroomKey.parse(Files.readString(newsroom));
        try (SecretBytes passphrase = passphrase();
                Vault vault = Vault.open(folder, passphrase, new SecureRandom());
                SqliteStore store = SqliteStore.openReadOnly(station.resolve("station.sqlite"))) {
            Roster roster = Roster.verify(
                    store.documents().find(Kind.ROSTER).orElseThrow().note().toByteArray(), key);
            for (StoredPrekey stored : store.prekeys().all()) {
                PrekeyEntry entry = PrekeyEntry.verify(
                                stored.entry().toByteArray(),
                                key.id(),
                                roster.byId(stored.journalist()).orElseThrow().key(),
                                stored.slot())
                        .orElseThrow();
                Optional<PrekeySecret> secret = PrekeyStore.of(vault).secret(stored.slot());
                if (!secret.map(PrekeySecret::prekey).equals(Optional.of(entry.prekey()))) {
                    unreadable.add("slot " + stored.slot() + " is published and its secrets are not here");
                }
                secret.ifPresent(PrekeySecret::close);
            }
        }
        return unreadable;
    }

    /** Letters that are there more than once, but for those that were sent more than once. */
    public static Set<Integer> repeated(Contents contents, Set<Integer> sentAgain) {
        Set<Integer> repeated = new HashSet<>();
        contents.letters().forEach((number, times) -> {
            if (times > 1 && !sentAgain.contains(number)) {
                repeated.add(number);
            }
        });
        return Collections.unmodifiableSet(repeated);
    }
}
