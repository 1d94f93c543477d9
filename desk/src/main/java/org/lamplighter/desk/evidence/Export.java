package org.lamplighter.desk.evidence;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.open.OpenResult;
import org.lamplighter.core.evidence.open.Opener;
import org.lamplighter.core.evidence.open.SafeFileNames;
import org.lamplighter.desk.vault.VaultException;

/**
 * Writes evidence in the clear into a folder that the journalist named. A file gets its name only after every check of
 * docs/spec 5.8; until then it is a temporary file, which is deleted when anything is wrong.
 */
public final class Export {
    private static final String TEMPORARY = ".unverified.tmp";

    private final ChunkFolder chunks;

    private Export(ChunkFolder chunks) {
        this.chunks = chunks;
    }

    public static Export from(ChunkFolder chunks) {
        return new Export(chunks);
    }

    /**
     * What became of a file.
     *
     * @param name that the source gave it
     * @param written where it is; empty unless it was verified
     */
    public record Exported(String name, long size, Optional<Path> written, OpenResult result) {}

    /**
     * Opens all of {@code files}, which must have their keys, into {@code folder}, which is made if need be. Names are made
     * safe, and different from what is there.
     */
    public List<Exported> write(List<FileEntry> files, Path folder) throws VaultException {
        try (ExecutorService hashing = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("evidence-hash").factory())) {
            Opener opener = Opener.of(chunks, hashing);
            AtomicFile.createPrivateFolder(folder);
            List<String> taken = names(folder);
            List<Exported> exported = new ArrayList<>();
            for (FileEntry file : files) {
                exported.add(write(opener, file, folder, taken));
            }
            AtomicFile.forceFolder(folder);
            return exported;
        } catch (IOException e) {
            throw VaultException.of("cannot write to " + folder, e);
        }
    }

    private static Exported write(Opener opener, FileEntry file, Path folder, List<String> taken) throws IOException {
        // Of a name that no source can know, and give to another file.
        Path temporary = folder.resolve("." + UUID.randomUUID() + TEMPORARY);
        try {
            OpenResult result = open(opener, file, temporary);
            if (result instanceof OpenResult.Opened) {
                Path target = place(temporary, file.name(), folder, taken);
                return new Exported(file.name(), file.size(), Optional.of(target), result);
            }
            return new Exported(file.name(), file.size(), Optional.empty(), result);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Gives a verified file a name like {@code name} that nothing in the folder has, not even since it was listed. */
    static Path place(Path temporary, String name, Path folder, List<String> taken) throws IOException {
        Path target;
        do {
            String safe = SafeFileNames.of(name, taken);
            taken.add(safe);
            target = folder.resolve(safe);
        } while (!renamed(temporary, target));
        return target;
    }

    private static boolean renamed(Path temporary, Path target) throws IOException {
        try {
            AtomicFile.rename(temporary, target);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false; // somebody else has written it meanwhile
        }
    }

    private static OpenResult open(Opener opener, FileEntry file, Path temporary) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(temporary, options, ownerOnly(temporary));
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            OpenResult result = opener.open(file, out);
            out.flush();
            channel.force(true);
            return result;
        }
    }

    private static List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            found.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        return names;
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
