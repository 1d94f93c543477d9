package org.lamplighter.desk.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The steps that a change to the folder is made of, one call of the operating system each. Between any two of them the
 * machine may stop; {@link VaultFiles} orders them so that this does no harm, and the tests stop it after each.
 */
interface FileCalls {
    /** Makes a file that did not exist, readable by its owner alone from the first moment, and writes {@code bytes}. */
    void create(Path file, byte[] bytes) throws IOException;

    /** Writes zeros over every byte of a file. */
    void overwrite(Path file) throws IOException;

    /** Returns when the file's bytes are on the disk. */
    void force(Path file) throws IOException;

    /** Gives a file another name in the same folder, at once, in the stead of a file that may have it. */
    void rename(Path from, Path to) throws IOException;

    void delete(Path file) throws IOException;

    /** Returns when the names in the folder are on the disk. */
    void forceFolder(Path folder) throws IOException;

    /** The calls themselves. */
    static FileCalls system() {
        return new SystemCalls();
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** What ships. */
    final class SystemCalls implements FileCalls {
        private static final int ZEROS = 1 << 16;

        private SystemCalls() {}

        @Override
        public void create(Path file, byte[] bytes) throws IOException {
            Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (FileChannel channel = FileChannel.open(file, options, ownerOnly(file, "rw-------"))) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        }

        @Override
        public void overwrite(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                long size = channel.size();
                while (channel.position() < size) {
                    channel.write(ByteBuffer.allocate((int) Math.min(ZEROS, size - channel.position())));
                }
            }
        }

        @Override
        public void force(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }

        @Override
        public void forceFolder(Path folder) throws IOException {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
