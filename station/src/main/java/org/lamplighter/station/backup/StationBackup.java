package org.lamplighter.station.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.backup.BackupAbout;
import org.lamplighter.core.backup.BackupWriter;
import org.lamplighter.station.chunks.ChunkFolder;
import org.lamplighter.station.durable.DurableFiles;
import org.lamplighter.station.durable.Moments;
import org.lamplighter.station.store.ChunkTable.Chunk;
import org.lamplighter.station.store.ChunkTable.Numbered;
import org.lamplighter.station.store.StationStore;
import org.lamplighter.station.store.sqlite.SqliteStore;

/**
 * Writes a station into a backup while it may run (docs/spec 9.6). First the database as it is at one moment, into a copy; then
 * the chunks that the copy names, each of which was on disk before it was named; last the copy, less the chunks whose days
 * ended in between. So whatever the restored database refers to is in the backup. Neither the station's key nor its heads are.
 */
public final class StationBackup {
    private static final int BATCH = 512;
    /** A chunk is entered a moment before it is on its shelf. */
    private static final int PATIENCE = 50;

    private static final int PATIENCE_MILLIS = 100;

    private final SqliteStore live;
    private final ChunkFolder chunks;
    private final Progress progress;
    private final List<Chunk> gone = new ArrayList<>();
    private int kept;
    private int lost;
    private long done;
    private long total;

    private StationBackup(SqliteStore live, ChunkFolder chunks, Progress progress) {
        this.live = live;
        this.chunks = chunks;
        this.progress = progress;
    }

    /** How far it is, in bytes. */
    @FunctionalInterface
    public interface Progress {
        void update(long done, long total);
    }

    /**
     * What a backup holds.
     *
     * @param about its moment
     * @param chunks pieces of evidence in it
     * @param lost pieces that are entered and not on the station's disk, and so not in it
     */
    public record Summary(BackupAbout about, int chunks, int lost) {}

    /**
     * Writes everything and finishes the backup.
     *
     * @param live the station's database, opened for reading
     * @param newsroom the station's file {@code newsroom.pub}
     * @param copy where the copy of the database is made; must not exist, and is left for the caller to remove
     */
    public static Summary write(
            SqliteStore live, ChunkFolder chunks, Path newsroom, Path copy, BackupWriter out, Progress progress)
            throws IOException {
        return new StationBackup(live, chunks, progress).write(newsroom, copy, out);
    }

    private Summary write(Path newsroom, Path copy, BackupWriter out) throws IOException {
        // Before the copy: the copy may know one more, and the one who restores is told too little rather than too
        // much.
        BackupAbout about = live.mailbox()
                .lastEpoch()
                .map(epoch -> new BackupAbout(epoch.number(), epoch.time()))
                .orElse(new BackupAbout(0, 0));
        live.copyWithoutHeads(copy);
        file(out, BackupAbout.PATH, about.toByteArray());
        file(out, "newsroom.pub", Files.readAllBytes(newsroom));
        out.folder("epochs");
        out.folder("chunks");
        out.folder("chunks/arriving");
        for (int shelf = 0; shelf < 256; shelf++) {
            out.folder("chunks/" + String.format("%02x", shelf));
        }
        try (SqliteStore snapshot = SqliteStore.open(copy, Moments.NONE)) {
            total = Files.size(copy) + size(snapshot);
            chunks(snapshot, out);
            snapshot.chunks().remove(gone.stream().map(Chunk::id).toList(), 0);
            snapshot.compact();
        }
        try (InputStream in = Files.newInputStream(copy)) {
            out.file("station.sqlite", Files.size(copy), in);
        }
        out.finish();
        progress.update(total, total);
        return new Summary(about, kept, lost);
    }

    private static long size(StationStore snapshot) throws IOException {
        long bytes = 0;
        long sequence = 0;
        for (List<Numbered> batch = snapshot.chunks().after(0, BATCH);
                !batch.isEmpty();
                batch = snapshot.chunks().after(sequence, BATCH)) {
            for (Numbered numbered : batch) {
                bytes += numbered.chunk().length();
                sequence = numbered.sequence();
            }
        }
        return bytes;
    }

    private void chunks(StationStore snapshot, BackupWriter out) throws IOException {
        long sequence = 0;
        for (List<Numbered> batch = snapshot.chunks().after(0, BATCH);
                !batch.isEmpty();
                batch = snapshot.chunks().after(sequence, BATCH)) {
            for (Numbered numbered : batch) {
                chunk(numbered.chunk(), out);
                sequence = numbered.sequence();
                done += numbered.chunk().length();
                progress.update(done, total);
            }
        }
    }

    private void chunk(Chunk chunk, BackupWriter out) throws IOException {
        Optional<InputStream> opened = open(chunk);
        if (opened.isEmpty()) {
            gone.add(chunk);
            return;
        }
        try (InputStream in = opened.get()) {
            String hex = chunk.id().hex();
            out.file("chunks/" + hex.substring(0, 2) + "/" + hex, chunk.length(), in);
            kept++;
        }
    }

    /** The file of a chunk; once it is open nothing that the station does takes it away. Nothing when it is gone. */
    private Optional<InputStream> open(Chunk chunk) throws IOException {
        Path file = chunks.path(chunk.id());
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            boolean arriving = isArriving(chunk);
            Optional<InputStream> whole = whole(file, chunk.length());
            if (whole.isPresent()) {
                return whole;
            }
            Optional<Chunk> now = live.chunks().find(chunk.id());
            if (now.isEmpty() || !now.get().equals(chunk)) {
                return Optional.empty();
            }
            if (!arriving) { // and not on its shelf after that
                break;
            }
            pause();
        }
        lost++;
        return Optional.empty();
    }

    private static Optional<InputStream> whole(Path file, int length) throws IOException {
        try {
            return Files.size(file) == length ? Optional.of(Files.newInputStream(file)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private boolean isArriving(Chunk chunk) throws IOException {
        return DurableFiles.entries(chunks.arriving()).stream()
                .anyMatch(file ->
                        String.valueOf(file.getFileName()).startsWith(chunk.id().hex()));
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
    }

    private static void file(BackupWriter out, String path, byte[] content) throws IOException {
        out.file(path, content.length, new ByteArrayInputStream(content));
    }
}
