package org.lamplighter.e2e.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.station.chunks.ChunkFolder;
import org.lamplighter.station.durable.FileDigest;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.sqlite.SqliteStore;

/**
 * What a station has acknowledged, kept outside it, and the comparison with its folder byte by byte: the only judge of "nothing
 * acknowledged is lost" that does not ask the station. Thread-safe.
 */
public final class Ledger {
    private static final int BATCH = 128;

    private final int envelopes;
    private final Map<Integer, byte[]> bundles = new HashMap<>();
    private final Map<ChunkId, Digest> chunks = new HashMap<>();

    /** For bundles of {@code envelopes} (M). */
    public Ledger(int envelopes) {
        this.envelopes = envelopes;
    }

    /** A 202 came for {@code bundle}. */
    public synchronized void acknowledged(int number, byte[] bundle) {
        bundles.put(number, bundle.clone());
    }

    /** A receipt for {@code chunk} came and was verified. */
    public synchronized void receipted(ChunkId chunk, Digest hash) {
        chunks.put(chunk, hash);
    }

    public synchronized Map<Integer, byte[]> bundles() {
        return Map.copyOf(bundles);
    }

    public synchronized Map<ChunkId, Digest> chunks() {
        return Map.copyOf(chunks);
    }

    /** What was acknowledged and is not, or not exactly once, in the folder of the station; empty when all is well. */
    public List<String> lost(Path station) throws IOException {
        List<String> lost = new ArrayList<>();
        Contents contents = contents(station);
        for (Map.Entry<Integer, byte[]> bundle : bundles().entrySet()) {
            fault(contents, bundle.getValue()).ifPresent(fault -> lost.add("bundle " + bundle.getKey() + ": " + fault));
        }
        for (Map.Entry<ChunkId, Digest> chunk : chunks().entrySet()) {
            Path file = new ChunkFolder(station.resolve("chunks")).path(chunk.getKey());
            if (!Files.exists(file)) {
                lost.add("chunk " + chunk.getKey().hex() + ": is gone");
            } else if (!FileDigest.of(file).equals(chunk.getValue())) {
                lost.add("chunk " + chunk.getKey().hex() + ": has other bytes");
            }
        }
        return lost;
    }

    /** The numbers of the bundles that wait in the queue. */
    public Set<Integer> waiting(Path station) throws IOException {
        List<Blob> waiting = contents(station).waiting();
        Set<Integer> numbers = new TreeSet<>();
        bundles().forEach((number, bundle) -> {
            if (waiting.contains(Blob.copyOf(bundle))) {
                numbers.add(number);
            }
        });
        return numbers;
    }

    /** How many bundles wait in the queue that are not entered here: other programs' letters and replies. */
    public int strangersWaiting(Path station) throws IOException {
        List<Blob> waiting = contents(station).waiting();
        List<Blob> known = bundles().values().stream().map(Blob::copyOf).toList();
        return (int) waiting.stream().filter(bundle -> !known.contains(bundle)).count();
    }

    /** Bundles in the queue, and how often each envelope stands in the rows. */
    private record Contents(List<Blob> waiting, Map<Blob, Integer> rows) {}

    private static Contents contents(Path station) throws IOException {
        try (SqliteStore store = SqliteStore.openReadOnly(station.resolve("station.sqlite"))) {
            MailboxStore mailbox = store.mailbox();
            List<Blob> waiting = new ArrayList<>();
            for (MailboxStore.Place place : mailbox.queue()) {
                // Gone when it was admitted since; then it stands in the rows, which are read after.
                mailbox.waiting(place.id()).ifPresent(found -> waiting.add(found.bundle()));
            }
            Map<Blob, Integer> rows = new HashMap<>();
            int next = 0;
            for (List<MailboxStore.Slot> batch = mailbox.slots(0, BATCH);
                    !batch.isEmpty();
                    batch = mailbox.slots(next, BATCH)) {
                batch.forEach(slot -> rows.merge(slot.envelope(), 1, Integer::sum));
                next += batch.size();
            }
            return new Contents(waiting, rows);
        }
    }

    /** Waits whole and once, or stands in the rows whole and once. */
    private Optional<String> fault(Contents contents, byte[] bundle) {
        long waits =
                contents.waiting().stream().filter(Blob.copyOf(bundle)::equals).count();
        int present = 0;
        boolean repeated = waits > 1;
        for (Blob envelope : envelopesOf(bundle)) {
            int times = contents.rows().getOrDefault(envelope, 0);
            present += Math.min(times, 1);
            repeated |= times + waits > 1;
        }
        if (repeated) {
            return Optional.of("is there more than once");
        }
        if (waits == 1 || present == envelopes) {
            return Optional.empty();
        }
        return Optional.of(present == 0 ? "is gone" : "only " + present + " of its envelopes are there");
    }

    private List<Blob> envelopesOf(byte[] bundle) {
        try {
            return Bundle.parse(bundle, envelopes).rows().stream()
                    .map(MailboxRow::envelope)
                    .map(Blob::copyOf)
                    .toList();
        } catch (org.lamplighter.core.wire.MalformedException e) {
            throw new IllegalStateException("the station took something that is no bundle", e);
        }
    }
}
