package org.lamplighter.station.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.lamplighter.station.durable.Moments.Step;

/**
 * The steps from which everything durable outside the database is made. A file counts as kept when it and the folder that
 * names it were forced. Thread-safe.
 */
public final class DurableFiles {
    private static final long SECONDS_PER_DAY = 86_400;

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
                java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
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

    /** Forces content and length of {@code file}. */
    public void forceFile(Path file) throws IOException {
        moments.before(Step.FORCE_FILE, file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Forces the names in {@code folder}. */
    public void forceFolder(Path folder) throws IOException {
        moments.before(Step.FORCE_FOLDER, folder);
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
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
            if (Files.isDirectory(entry, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
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
