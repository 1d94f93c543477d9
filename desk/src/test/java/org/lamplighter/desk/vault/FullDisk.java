package org.lamplighter.desk.vault;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;

/** A disk on which half of a file finds room, and then none. */
final class FullDisk implements FileCalls {
    private final FileCalls real = FileCalls.system();
    boolean full;

    @Override
    public void create(Path file, byte[] bytes) throws IOException {
        if (full) {
            real.create(file, Arrays.copyOf(bytes, bytes.length / 2));
            throw new FileSystemException(file.toString(), null, "No space left on device");
        }
        real.create(file, bytes);
    }

    @Override
    public void overwrite(Path file) throws IOException {
        real.overwrite(file);
    }

    @Override
    public void force(Path file) throws IOException {
        real.force(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        real.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        real.delete(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        real.forceFolder(folder);
    }
}
