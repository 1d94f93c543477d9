package org.lamplighter.cli.backup;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.AtomicFile.Access;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.core.backup.BackupAbout;
import org.lamplighter.core.backup.BackupKind;
import org.lamplighter.core.backup.open.BackupReader;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.newsroom.StationRequest;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * Opens a backup into a folder that did not exist, whole or not at all: everything is written into a folder of a random name
 * beside it, forced to disk, and renamed when the backup has turned out to be whole. One use.
 */
final class Restoration {
    static final String REQUEST = "station-request";

    private static final String KEY = "station-key";

    private final SecureRandom random;
    private final LongConsumer progress;
    private long done;

    /** {@code progress} is told the bytes that were written so far. */
    Restoration(SecureRandom random, LongConsumer progress) {
        this.random = random;
        this.progress = progress;
    }

    /** What was restored. */
    record Restored(BackupKind kind, BackupAbout about, int files) {}

    /** Refuses a folder in which there is anything, and one that could not be made. */
    static void requireNew(Path folder) throws IOException, CommandFailure {
        if (Files.exists(folder) && !(Files.isDirectory(folder) && isEmpty(folder))) {
            throw CommandFailure.of(
                    "there is something in " + folder + " already", "name a folder that does not exist yet");
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw CommandFailure.of("no such folder: " + parent, "make it first: mkdir -p " + parent);
        }
    }

    Restored run(BackupReader backup, Path folder) throws IOException, MalformedException, CommandFailure {
        Path parent = folder.toAbsolutePath().resolveSibling("");
        Path temporary = Files.createTempDirectory(parent, "." + folder.getFileName() + ".", ownerOnly("rwx------"));
        try {
            Restored restored = unpack(backup, temporary);
            if (restored.kind() == BackupKind.STATION) {
                makeKey(temporary);
            }
            AtomicFile.forceFolder(temporary);
            requireNew(folder);
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
            AtomicFile.forceFolder(parent);
            return restored;
        } finally {
            deleteTree(temporary);
        }
    }

    private Restored unpack(BackupReader backup, Path temporary) throws IOException, MalformedException {
        Optional<BackupAbout> about = Optional.empty();
        List<Path> folders = new ArrayList<>();
        int files = 0;
        for (Optional<BackupReader.Item> next = backup.next(); next.isPresent(); next = backup.next()) {
            BackupReader.Item item = next.get();
            if (about.isEmpty()) {
                about = Optional.of(about(backup, item));
                continue;
            }
            Path path = temporary.resolve(item.path());
            if (!path.normalize().startsWith(temporary)
                    || item.path().equals(KEY)
                    || item.path().equals(REQUEST)) {
                throw new MalformedException(Reason.BAD_FIELD, "backup: a path that cannot be");
            }
            requireFolder(path.resolveSibling(""));
            files += place(backup, item, path, folders);
        }
        for (Path folder : folders.reversed()) {
            AtomicFile.forceFolder(folder);
        }
        return new Restored(
                backup.kind(),
                about.orElseThrow(() -> new MalformedException(Reason.BAD_FIELD, "backup: says nothing of itself")),
                files);
    }

    /** Answers how many files that was. */
    private int place(BackupReader backup, BackupReader.Item item, Path path, List<Path> folders)
            throws IOException, MalformedException {
        try {
            if (item.isFolder()) {
                Files.createDirectory(path, ownerOnly("rwx------"));
                folders.add(path);
                return 0;
            }
            write(backup, path);
            return 1;
        } catch (FileAlreadyExistsException e) {
            throw new MalformedException(Reason.BAD_FIELD, "backup: a path stands twice");
        }
    }

    private static BackupAbout about(BackupReader backup, BackupReader.Item item)
            throws IOException, MalformedException {
        if (item.isFolder() || !item.path().equals(BackupAbout.PATH) || item.length() > BackupAbout.MAX_BYTES) {
            throw new MalformedException(Reason.BAD_FIELD, "backup: does not begin with what it is");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        backup.copyTo(bytes);
        return BackupAbout.parse(bytes.toByteArray());
    }

    private static void requireFolder(Path folder) throws MalformedException {
        if (!Files.isDirectory(folder)) {
            throw new MalformedException(Reason.BAD_FIELD, "backup: a path whose folder is not in it");
        }
    }

    private void write(BackupReader backup, Path path) throws IOException, MalformedException {
        try (FileChannel channel = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly("rw-------"))) {
            try (OutputStream out =
                    new BufferedOutputStream(new Counting(Channels.newOutputStream(channel)), 1 << 16)) {
                backup.copyTo(out);
                out.flush();
                channel.force(true);
            }
        }
    }

    /** The old key may have signed heads that the backup does not know: it is in no backup (docs/spec 9.6). */
    private void makeKey(Path temporary) throws IOException {
        try (StationKey key = StationKey.generate(random);
                SecretBytes content = key.toFile()) {
            byte[] bytes = content.reveal();
            AtomicFile.write(temporary.resolve(KEY), bytes, Access.PRIVATE);
            SecretBytes.wipe(bytes);
            AtomicFile.write(
                    temporary.resolve(REQUEST), new StationRequest(key.verifyingKey()).toByteArray(), Access.PUBLIC);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walked = Files.walk(folder)) {
            paths = walked.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    private static FileAttribute<?> ownerOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private final class Counting extends FilterOutputStream {
        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            done += length;
            progress.accept(done);
        }
    }
}
