package org.lamplighter.desk.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The planted fault: what is meant for a temporary file goes straight into the file itself. */
final class InPlace implements FileCalls {
    private final FileCalls real = FileCalls.system();

    @Override
    public void create(Path file, byte[] bytes) throws IOException {
        Files.write(target(file), bytes);
    }

    @Override
    public void overwrite(Path file) throws IOException {
        real.overwrite(file);
    }

    @Override
    public void force(Path file) throws IOException {
        real.force(target(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        if (!target(from).equals(to)) {
            real.rename(from, to);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        real.delete(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        real.forceFolder(folder);
    }

    private static Path target(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".tmp") ? file.resolveSibling(name.substring(0, name.length() - 4)) : file;
    }
}
