package org.lamplighter.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.lamplighter.core.secret.SecretBytes;

/**
 * Small files that are whole or absent: written beside their place, forced to disk, renamed, and the folder forced too. After
 * a return the new content survives a loss of power; after a crash at any moment there is the old content or the new.
 * Thread-safe for different targets.
 */
public final class AtomicFile {
    /** Who may read a file that is written. */
    public enum Access {
        /** The owner alone (0600), from the first byte on. */
        PRIVATE("rw-------"),
        /** Everybody (0644): public keys, certificates, files that are carried by hand. */
        PUBLIC("rw-r--r--");

        private final String permissions;

        Access(String permissions) {
            this.permissions = permissions;
        }
    }

    private AtomicFile() {}

    /** Replaces or creates {@code target}. */
    public static void write(Path target, byte[] content, Access access) throws IOException {
        write(target, ByteBuffer.wrap(content), access);
    }

    /** Replaces or creates {@code target} with what is left in {@code content}. */
    public static void write(Path target, ByteBuffer content, Access access) throws IOException {
        Path folder = folderOf(target);
        Path temporary = createTemporary(target);
        try {
            if (isPosix(folder)) {
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(access.permissions));
            }
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceFolder(folder);
    }

    /**
     * Gives {@code file}, which is whole and forced to disk, the name {@code target}, in the same folder; never in the place of
     * something that is there, even if it came a moment ago. The folder is not forced.
     *
     * @throws FileAlreadyExistsException when the name is taken; {@code file} is where it was
     */
    public static void rename(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file); // which fails when there is something, where a rename would replace it
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | IOException e) {
            // A file system without links, as on many sticks: looks first, and then renames.
            Files.move(file, target);
            return;
        }
        Files.delete(file);
    }

    /** Reads a whole file and refuses one of more than {@code maxBytes} before holding it in memory. */
    public static byte[] read(Path file, int maxBytes) throws IOException {
        if (Files.isDirectory(file)) { // which can be opened, and then says on reading what it is, but not its name
            throw new FileSystemException(file.toString(), null, "it is a folder");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                SecretBytes.wipe(content);
                throw new FileSystemException(file.toString(), null, "larger than " + maxBytes + " bytes");
            }
            return content;
        }
    }

    /** Creates a folder that only the owner can enter (0700); its parent must exist. An existing folder is left as it is. */
    public static void createPrivateFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folderOf(folder);
        if (isPosix(parent)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(folder);
        }
        forceFolder(parent);
    }

    /** Forces the names in {@code folder} to disk, after files were created, renamed or deleted in it. */
    public static void forceFolder(Path folder) throws IOException {
        if (isPosix(folder)) { // elsewhere a folder cannot be opened as a file
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** A new empty file of a random name beside {@code target}, for the owner alone. */
    static Path createTemporary(Path target) throws IOException {
        Path folder = folderOf(target);
        return Files.createTempFile(folder, "." + target.getFileName(), ".tmp", privateAttributes(folder));
    }

    private static Path folderOf(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new FileSystemException(file.toString(), null, "not a file name");
        }
        return parent;
    }

    /** The owner alone, from creation on: the permissions of {@link Access} are set before the first byte is written. */
    private static FileAttribute<?>[] privateAttributes(Path folder) {
        return isPosix(folder)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
