package org.lamplighter.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real file system of a few megabytes in memory (tmpfs), which can be filled to the page and made read-only. Whoever may not
 * mount gets none: {@link #mount}. One thread at a time.
 */
public final class SmallDisk implements AutoCloseable {
    /** Bytes that the file system gives out together. */
    public static final int PAGE = 4096;

    private static final long LIMIT_SECONDS = 10;

    private final Path folder;
    private final Path filler;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.filler = folder.resolve("filler");
    }

    /**
     * Mounts a disk of {@code megabytes} at the folder {@code at}, which is made.
     *
     * @return empty when this user may not mount
     * @throws IllegalStateException in that case, if the property {@code lamplighter.mounts} is {@code required}
     */
    public static Optional<SmallDisk> mount(Path at, int megabytes) throws IOException {
        Files.createDirectories(at);
        Optional<String> refused = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", at.toString());
        if (refused.isPresent() && "required".equals(System.getProperty("lamplighter.mounts"))) {
            throw new IllegalStateException("a disk cannot be mounted here, run this as root: " + refused.get());
        }
        return refused.isPresent() ? Optional.empty() : Optional.of(new SmallDisk(at));
    }

    /** Where it is mounted. */
    public Path folder() {
        return folder;
    }

    /** Fills it, so that exactly {@code pages} of {@value #PAGE} bytes are left, if so many are. */
    public void leave(int pages) throws IOException {
        free();
        long surplus = Files.getFileStore(folder).getUsableSpace() - (long) pages * PAGE;
        try (OutputStream out = Files.newOutputStream(filler, StandardOpenOption.CREATE)) {
            byte[] page = new byte[PAGE];
            for (long left = surplus / PAGE; left > 0; left--) {
                out.write(page);
            }
        }
    }

    /** Makes room again. */
    public void free() throws IOException {
        Files.deleteIfExists(filler);
    }

    /** From now on nothing can be written; refused by the system while somebody has a file open for writing. */
    public void setReadOnly(boolean readOnly) throws IOException {
        Optional<String> refused = run("mount", "-o", "remount," + (readOnly ? "ro" : "rw"), folder.toString());
        if (refused.isPresent()) {
            throw new IOException(refused.get());
        }
    }

    @Override
    public void close() throws IOException {
        Optional<String> refused = run("umount", "-l", folder.toString());
        if (refused.isPresent()) {
            throw new IOException(refused.get());
        }
    }

    /** What the command complained of; empty when it succeeded. */
    private static Optional<String> run(String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage())); // no such command on this machine
        }
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("it takes too long");
            }
            return process.exitValue() == 0 ? Optional.empty() : Optional.of(output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
