package org.lamplighter.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of any size that is whole or absent: written under a random name beside its place, readable by its owner alone, and
 * renamed when it is on disk. Closed before {@link #keep}, it leaves nothing. One thread at a time.
 */
public final class NewFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final FileChannel channel;

    private NewFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    /** Begins {@code target}, which must not exist. */
    public static NewFile create(Path target) throws IOException, CommandFailure {
        requireFree(target);
        Path temporary = AtomicFile.createTemporary(target);
        try {
            return new NewFile(target, temporary, FileChannel.open(temporary, StandardOpenOption.WRITE));
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    /** Refuses a path that is taken. */
    public static void requireFree(Path target) throws CommandFailure {
        if (Files.exists(target)) {
            throw taken(target);
        }
    }

    private static CommandFailure taken(Path target) {
        return CommandFailure.of("exists already: " + target, "name another file");
    }

    /** Where to write; not buffered. */
    public OutputStream out() {
        return Channels.newOutputStream(channel);
    }

    /** Forces the content to disk and gives the file its name; it survives a loss of power after this. */
    public void keep() throws IOException, CommandFailure {
        channel.force(true);
        channel.close();
        try {
            AtomicFile.rename(temporary, target);
        } catch (FileAlreadyExistsException e) {
            throw taken(target);
        }
        AtomicFile.forceFolder(target.toAbsolutePath().resolveSibling(""));
    }

    /** Removes what was not kept. */
    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(temporary);
        }
    }
}
