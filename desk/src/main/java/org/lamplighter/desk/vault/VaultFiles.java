package org.lamplighter.desk.vault;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Replaces and erases files of the vault so that a machine that stops at any moment leaves the old file or the new one,
 * never a mixture. One thread at a time.
 */
final class VaultFiles {
    /** A new file before it has its name. */
    private static final String TEMPORARY = ".tmp";
    /** A file that is being erased; it no longer counts as an entry. */
    private static final String DYING = ".gone";

    private final FileCalls calls;

    VaultFiles(FileCalls calls) {
        this.calls = calls;
    }

    void replace(Path target, byte[] bytes) throws IOException {
        Path temporary = sibling(target, TEMPORARY);
        try {
            calls.create(temporary, bytes);
            calls.force(temporary);
            calls.rename(temporary, target);
        } catch (IOException e) {
            // A full disk must not keep the half-written file, which would make it fuller.
            discard(temporary, e);
            throw e;
        }
        calls.forceFolder(folder(target));
    }

    /**
     * Overwrites and removes a file. The name goes first: a file that is half overwritten would look like a damaged entry
     * after a crash.
     */
    void erase(Path target) throws IOException {
        Path dying = sibling(target, DYING);
        calls.rename(target, dying);
        calls.forceFolder(folder(target));
        shred(dying);
        calls.forceFolder(folder(target));
    }

    /** Finishes what a crash left in the middle: half-written files go, erasures are completed. */
    void recover(Path folder) throws IOException {
        boolean found = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*{" + TEMPORARY + "," + DYING + "}")) {
            for (Path file : files) {
                shred(file);
                found = true;
            }
        }
        if (found) {
            calls.forceFolder(folder);
        }
    }

    private void shred(Path file) throws IOException {
        calls.overwrite(file);
        calls.force(file);
        calls.delete(file);
    }

    private void discard(Path temporary, IOException e) {
        try {
            calls.delete(temporary);
        } catch (IOException again) {
            // Opening the vault removes the file; the first failure is the one to tell.
            e.addSuppressed(again);
        }
    }

    private static Path sibling(Path target, String ending) {
        return target.resolveSibling(target.getFileName() + ending);
    }

    private static Path folder(Path target) {
        return target.toAbsolutePath().resolveSibling("");
    }
}
