package org.lamplighter.desk.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The machine that stops: the real calls up to a given one, which happens half where a call can, and then nothing any more.
 */
final class StoppingCalls implements FileCalls {
    /** Thrown where the machine stops; no code of the vault catches it. */
    static final class Stopped extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final FileCalls real;
    private int left;

    private StoppingCalls(FileCalls real, int left) {
        this.real = real;
        this.left = left;
    }

    /** Stops in the middle of the call number {@code calls}, from 0. */
    static StoppingCalls in(FileCalls real, int calls) {
        return new StoppingCalls(real, calls);
    }

    @Override
    public void create(Path file, byte[] bytes) throws IOException {
        if (isLast()) {
            real.create(file, Arrays.copyOf(bytes, bytes.length / 2));
            throw new Stopped();
        }
        real.create(file, bytes);
    }

    @Override
    public void overwrite(Path file) throws IOException {
        if (isLast()) {
            byte[] bytes = Files.readAllBytes(file);
            Arrays.fill(bytes, 0, bytes.length / 2, (byte) 0);
            Files.write(file, bytes);
            throw new Stopped();
        }
        real.overwrite(file);
    }

    @Override
    public void force(Path file) throws IOException {
        stopIfLast();
        real.force(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        stopIfLast();
        real.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        stopIfLast();
        real.delete(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        stopIfLast();
        real.forceFolder(folder);
    }

    private void stopIfLast() {
        if (isLast()) {
            throw new Stopped();
        }
    }

    private boolean isLast() {
        return left-- == 0;
    }
}
