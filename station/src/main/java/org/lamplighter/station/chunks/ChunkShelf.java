package org.lamplighter.station.chunks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.station.durable.DurableFiles;
import org.lamplighter.station.durable.FileDigest;
import org.lamplighter.station.log.LogValue.Fault;
import org.lamplighter.station.log.StationLog;
import org.lamplighter.station.log.StationLog.Event;
import org.lamplighter.station.store.ChunkTable;
import org.lamplighter.station.store.ChunkTable.Chunk;
import org.lamplighter.station.store.StoreException;

/**
 * The chunks that the station keeps. Thread-safe.
 *
 * <p>Life of a chunk: (1) its bytes go to a file among the arriving, hashed on the way; (2) file and folder are forced;
 * (3) it is entered in the table, where the first of an id wins and the quota is counted; (4) the file is renamed to its
 * shelf and the shelf forced; (5) the answer goes out. After a crash before (3) the arriving file is discarded, after (3) the
 * renaming is done: nobody was told anything before (5). Leaving goes the other way round, file first and table last, and is
 * simply done again after a crash.
 */
public final class ChunkShelf {
    private static final int BUFFER = 65_536;
    /** Locks by id; more only means that fewer strangers share one. None is held while bytes come from the network. */
    private static final int STRIPES = 64;
    /** Chunks that are removed in one transaction. */
    private static final int REMOVED_TOGETHER = 256;

    private final ChunkFolder folder;
    private final ChunkTable table;
    private final DurableFiles files;
    private final SecureRandom random;
    private final StationLog log;
    private final LongSupplier spaceForChunks;
    private final List<ReentrantLock> stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

    private ChunkShelf(
            ChunkFolder folder,
            ChunkTable table,
            DurableFiles files,
            SecureRandom random,
            StationLog log,
            LongSupplier spaceForChunks) {
        this.folder = folder;
        this.table = table;
        this.files = files;
        this.random = random;
        this.log = log;
        this.spaceForChunks = spaceForChunks;
    }

    /**
     * Completes or discards what a crash has left, and yields the shelf.
     *
     * @param spaceForChunks bytes that chunks may still take on this disk
     */
    public static ChunkShelf open(
            ChunkFolder folder,
            ChunkTable table,
            DurableFiles files,
            SecureRandom random,
            StationLog log,
            LongSupplier spaceForChunks)
            throws IOException {
        ChunkShelf shelf = new ChunkShelf(folder, table, files, random, log, spaceForChunks);
        shelf.recover();
        return shelf;
    }

    /**
     * Takes a chunk of {@code length} bytes from {@code body}, which is read to its end unless the length is wrong.
     *
     * @param today the day on which the quota counts
     * @param lastDay until when the chunk is kept
     * @param quota bytes a day
     * @throws IOException when the body or the disk fails; nothing is kept then
     */
    public PutOutcome put(ChunkId id, int length, InputStream body, long today, long lastDay, long quota)
            throws IOException {
        Optional<Chunk> known = find(id, today);
        if (known.isPresent()) {
            return isOnShelf(known.get())
                    ? compare(known.get(), hash(body, Optional.empty()))
                    : receiveAgain(known.get(), body, today);
        }
        if (table.used(today) + length > quota) {
            hash(body, Optional.empty());
            return PutOutcome.Refused.QUOTA_USED;
        }
        if (spaceForChunks.getAsLong() < length) {
            hash(body, Optional.empty());
            log.log(Event.NEAR_CAPACITY);
            return PutOutcome.Refused.DISK_FULL;
        }
        return receive(id, length, body, today, lastDay, quota);
    }

    /** The chunk of this id, unless its last day is over. */
    public Optional<Chunk> find(ChunkId id, long today) throws StoreException {
        return table.find(id).filter(chunk -> chunk.day() >= today);
    }

    /**
     * The file of a chunk that {@link #find} has found.
     *
     * @throws IOException when it is not there: that must not be told as "no such chunk"
     */
    public Path file(Chunk chunk) throws IOException {
        if (isOnShelf(chunk)) {
            return folder.path(chunk.id());
        }
        log.log(Event.CHUNK_LOST);
        throw new IOException("the file of a chunk is missing or has another length");
    }

    private boolean isOnShelf(Chunk chunk) throws IOException {
        Path file = folder.path(chunk.id());
        if (isWhole(file, chunk)) {
            return true;
        }
        ReentrantLock stripe = stripe(chunk.id()); // entered this moment and not renamed yet
        stripe.lock();
        try {
            return isWhole(file, chunk) || shelveArrival(chunk);
        } finally {
            stripe.unlock();
        }
    }

    /** Removes the chunks whose last day is before {@code today}. */
    public void expire(long today) throws IOException {
        List<Chunk> expired = table.expired(today, REMOVED_TOGETHER);
        while (!expired.isEmpty()) {
            for (Chunk chunk : expired) {
                remove(chunk, today);
            }
            expired = table.expired(today, REMOVED_TOGETHER);
        }
    }

    private PutOutcome receive(ChunkId id, int length, InputStream body, long today, long lastDay, long quota)
            throws IOException {
        Path arrival = folder.arrival(id, random.nextLong());
        boolean forced = false;
        try {
            Optional<Digest> hash = write(arrival, body, today);
            if (hash.isEmpty()) {
                return PutOutcome.Refused.DISK_FULL;
            }
            files.forceNew(arrival, folder.arriving());
            forced = true;
            return enter(new Chunk(id, length, hash.get(), lastDay), arrival, today, quota);
        } finally {
            if (!forced) {
                Files.deleteIfExists(arrival);
            }
        }
    }

    /** Takes the bytes of a chunk once more whose file was lost: a receipt is signed for what is there alone. */
    private PutOutcome receiveAgain(Chunk lost, InputStream body, long today) throws IOException {
        Path arrival = folder.arrival(lost.id(), random.nextLong());
        try {
            Optional<Digest> hash = write(arrival, body, today);
            if (hash.isEmpty()) {
                return PutOutcome.Refused.DISK_FULL;
            }
            if (!hash.get().equals(lost.hash())) {
                return PutOutcome.Refused.OTHER_BYTES;
            }
            files.forceNew(arrival, folder.arriving());
            ReentrantLock stripe = stripe(lost.id());
            stripe.lock();
            try {
                if (!isWhole(folder.path(lost.id()), lost)) {
                    shelve(lost, arrival);
                }
            } finally {
                stripe.unlock();
            }
            return new PutOutcome.Kept(lost);
        } finally {
            Files.deleteIfExists(arrival);
        }
    }

    /** SHA-256 of what was written, or empty when the disk did not take it. */
    private Optional<Digest> write(Path arrival, InputStream body, long today) throws IOException {
        FileChannel channel;
        try {
            channel = files.create(arrival);
        } catch (IOException e) {
            log.log(Event.REQUEST_FAILED, Fault.of(e));
            hash(body, Optional.empty());
            return Optional.empty();
        }
        DiskFile file = new DiskFile(channel);
        try (channel) {
            Digest hash = hash(body, Optional.of(file));
            if (!file.failed) {
                DurableFiles.coarsenTime(arrival, today);
                return Optional.of(hash);
            }
        }
        log.log(Event.NEAR_CAPACITY);
        return Optional.empty();
    }

    /**
     * Enters a chunk whose bytes are on disk. From the entry on the arriving file is what the table speaks of: whatever fails
     * after it, the file stays, and the next start brings it to its shelf.
     */
    private PutOutcome enter(Chunk chunk, Path arrival, long today, long quota) throws IOException {
        ReentrantLock stripe = stripe(chunk.id());
        stripe.lock();
        try {
            Optional<Chunk> old = table.find(chunk.id()).filter(c -> c.day() < today);
            if (old.isPresent()) {
                removeLocked(old.get(), today);
            }
            return switch (table.enter(chunk, today, quota)) {
                case ENTERED -> {
                    shelve(chunk, arrival);
                    yield new PutOutcome.Kept(chunk);
                }
                case QUOTA_USED -> {
                    Files.deleteIfExists(arrival);
                    yield PutOutcome.Refused.QUOTA_USED;
                }
                case KNOWN -> {
                    Files.deleteIfExists(arrival);
                    Optional<Chunk> first = table.find(chunk.id());
                    yield compare(first.orElseThrow(() -> new IOException("a known chunk is gone")), chunk.hash());
                }
            };
        } finally {
            stripe.unlock();
        }
    }

    private void shelve(Chunk chunk, Path arrival) throws IOException {
        Path place = folder.path(chunk.id());
        files.rename(arrival, place);
        files.forceFolder(folderOf(place));
    }

    private void remove(Chunk chunk, long today) throws IOException {
        ReentrantLock stripe = stripe(chunk.id());
        stripe.lock();
        try {
            removeLocked(chunk, today);
        } finally {
            stripe.unlock();
        }
    }

    private void removeLocked(Chunk chunk, long today) throws IOException {
        Path place = folder.path(chunk.id());
        files.delete(place);
        files.forceFolder(folderOf(place));
        table.remove(List.of(chunk.id()), today);
    }

    private void recover() throws IOException {
        for (Path arrival : DurableFiles.entries(folder.arriving())) {
            Optional<ChunkId> id = ChunkFolder.arrivalOf(arrival);
            Optional<Chunk> entered = id.isPresent() ? table.find(id.get()) : Optional.empty();
            boolean shelved = entered.isPresent() && shelveArrival(entered.get());
            if (!shelved || Files.exists(arrival)) {
                files.delete(arrival);
                log.log(Event.LEFTOVERS_DISCARDED);
            }
        }
        files.forceFolder(folder.arriving());
    }

    /** Brings the arriving file of an entered chunk to its shelf, unless that has its file or nothing that fits arrives. */
    private boolean shelveArrival(Chunk chunk) throws IOException {
        for (Path arrival : DurableFiles.entries(folder.arriving())) {
            if (ChunkFolder.arrivalOf(arrival).equals(Optional.of(chunk.id()))
                    && !Files.exists(folder.path(chunk.id()))
                    && FileDigest.of(arrival).equals(chunk.hash())) {
                shelve(chunk, arrival);
                return true;
            }
        }
        return false;
    }

    private ReentrantLock stripe(ChunkId id) {
        return stripes.get(Math.floorMod(id.hashCode(), STRIPES));
    }

    private static PutOutcome compare(Chunk known, Digest hash) {
        return known.hash().equals(hash) ? new PutOutcome.Kept(known) : PutOutcome.Refused.OTHER_BYTES;
    }

    private static boolean isWhole(Path file, Chunk chunk) throws IOException {
        return Files.exists(file) && Files.size(file) == chunk.length();
    }

    private static Path folderOf(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IOException("a file without a folder");
        }
        return parent;
    }

    /** Reads {@code body} to its end. */
    private static Digest hash(InputStream body, Optional<DiskFile> copy) throws IOException {
        MessageDigest sha256 = FileDigest.sha256();
        byte[] buffer = new byte[BUFFER];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            sha256.update(buffer, 0, n);
            if (copy.isPresent()) {
                copy.get().write(ByteBuffer.wrap(buffer, 0, n));
            }
        }
        return Digest.copyOf(sha256.digest());
    }

    /** Writes until the disk refuses; the rest of the body is read all the same, so that the client hears the answer. */
    private static final class DiskFile {
        private final FileChannel channel;
        private boolean failed;

        DiskFile(FileChannel channel) {
            this.channel = channel;
        }

        void write(ByteBuffer bytes) {
            if (failed) {
                return;
            }
            try {
                DurableFiles.writeAll(channel, bytes);
            } catch (IOException e) {
                failed = true; // whatever the reason: the chunk is not kept, and 507 asks to come back later
            }
        }
    }
}
