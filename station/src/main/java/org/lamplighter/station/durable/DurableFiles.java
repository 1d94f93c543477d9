package org.lamplighter.station.durable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.lamplighter.station.durable.Moments.Step;

/**
 * The steps from which everything durable outside the database is made. A file counts as kept when it and the folder that
 * names it were forced. Thread-safe.
 */
public final class DurableFiles {
    private static final long SECONDS_PER_DAY = 86_400;
    private static final int FORCED_TOGETHER = 16;

    private final Moments moments;

    private DurableFiles(Moments moments) {
        this.moments = moments;
    }

    public static DurableFiles of(Moments moments) {
        return new DurableFiles(moments);
    }

    /** Creates {@code folder}, which only the owner can enter; its parent must exist and be forced afterwards. */
    public void createFolder(Path folder) throws IOException {
        moments.before(Step.CREATE_FOLDER, folder);
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Creates {@code file} for the owner alone and opens it for writing; fails when there is one. */
    public FileChannel create(Path file) throws IOException {
        moments.before(Step.WRITE, file);
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Creates {@code file} with this content. Not yet forced. */
    public void write(Path file, ByteBuffer content) throws IOException {
        try (FileChannel channel = create(file)) {
            writeAll(channel, content);
        }
    }

    /** Writes all that is left in {@code content}. */
    public static void writeAll(FileChannel channel, ByteBuffer content) throws IOException {
        while (content.hasRemaining()) {
            channel.write(content);
        }
    }

    /**
     * Forces all of {@code paths}, at the same time: a journalling file system writes its journal once for many of them, which
     * makes 68 files of an epoch ten times as fast as one after the other.
     */
    public void forceFiles(List<Path> paths) throws IOException {
        for (Path path : paths) {
            moments.before(Step.FORCE_FILE, path);
        }
        forceTogether(paths);
    }

    /** Forces a new file and, at the same time, the folder that names it. */
    public void forceNew(Path file, Path folder) throws IOException {
        moments.before(Step.FORCE_FILE, file);
        moments.before(Step.FORCE_FOLDER, folder);
        forceTogether(List.of(file, folder));
    }

    private static void forceTogether(List<Path> paths) throws IOException {
        // Platform threads: a forced write would keep a virtual thread's carrier busy.
        try (ExecutorService executor = Executors.newFixedThreadPool(Math.min(FORCED_TOGETHER, paths.size()))) {
            List<Future<Path>> forced = paths.stream()
                    .map(path -> executor.submit(() -> force(path)))
                    .toList();
            for (Future<Path> future : forced) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a file could not be forced to disk", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while files were forced to disk");
        }
    }

    /** Forces the names in {@code folder}. */
    public void forceFolder(Path folder) throws IOException {
        moments.before(Step.FORCE_FOLDER, folder);
        force(folder);
    }

    private static Path force(Path path) throws IOException {
        StandardOpenOption mode = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
        return path;
    }

    /** Renames within one file system, atomically; the folders of both names are not forced by this. */
    public void rename(Path from, Path to) throws IOException {
        moments.before(Step.RENAME, to);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes a file if it is there. */
    public void delete(Path file) throws IOException {
        moments.before(Step.DELETE, file);
        Files.deleteIfExists(file);
    }

    /** Deletes a folder and what is in it, deepest first. */
    public void deleteTree(Path folder) throws IOException {
        for (Path entry : entries(folder)) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                deleteTree(entry);
            } else {
                delete(entry);
            }
        }
        delete(folder);
    }

    /** What is in {@code folder}, in order of names. */
    public static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    /** Gives {@code file} the first second of {@code day} as its time, so that a listing tells no finer one. */
    public static void coarsenTime(Path file, long day) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(day * SECONDS_PER_DAY)));
    }
}
