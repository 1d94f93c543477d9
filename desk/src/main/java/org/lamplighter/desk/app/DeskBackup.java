package org.lamplighter.desk.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lamplighter.core.backup.BackupAbout;
import org.lamplighter.core.backup.BackupKind;
import org.lamplighter.core.backup.BackupRecipient;
import org.lamplighter.core.backup.BackupWriter;
import org.lamplighter.desk.prekeys.PrekeyStore;
import org.lamplighter.desk.profile.StationMemory;
import org.lamplighter.desk.vault.VaultException;

/**
 * Writes a journalist's folder into a backup (docs/spec 9.8): the files as they lie there, sealed under the vault's key. Prekey
 * secrets are not in it, whatever slot they are of: who restores can open whatever the backup can, and so could whoever seizes
 * it, long after the live folder has erased them. The folder is open and locked, so nothing changes meanwhile.
 */
public final class DeskBackup {
    private final BackupWriter out;
    private final Progress progress;
    private final long total;
    private long done;

    private DeskBackup(BackupWriter out, Progress progress, long total) {
        this.out = out;
        this.progress = progress;
        this.total = total;
    }

    /** How far it is, in bytes. */
    @FunctionalInterface
    public interface Progress {
        void update(long done, long total);
    }

    static int write(
            DeskParts desk,
            Optional<StationMemory> memory,
            OutputStream stream,
            BackupRecipient recipient,
            Progress progress)
            throws VaultException, IOException {
        Map<String, Path> files = files(desk);
        long total = 0;
        for (Path file : files.values()) {
            total += Files.size(file);
        }
        BackupWriter out = BackupWriter.start(
                stream, BackupKind.JOURNALIST, recipient, desk.surroundings().random());
        byte[] about = memory.map(seen -> new BackupAbout(seen.head().epoch(), seen.headTime()))
                .orElse(new BackupAbout(0, 0))
                .toByteArray();
        out.file(BackupAbout.PATH, about.length, new ByteArrayInputStream(about));
        out.folder("entries");
        out.folder("chunks");
        DeskBackup backup = new DeskBackup(out, progress, total);
        for (Map.Entry<String, Path> file : files.entrySet()) {
            backup.file(file.getKey(), file.getValue());
        }
        out.finish();
        return files.size();
    }

    /** By their paths in the backup. */
    private static Map<String, Path> files(DeskParts desk) throws VaultException {
        Map<String, Path> files = new TreeMap<>();
        Path key = desk.vault().keyFile();
        files.put(String.valueOf(key.getFileName()), key);
        desk.vault().files().forEach((name, file) -> {
            if (!PrekeyStore.isEntry(name)) {
                files.put("entries/" + file.getFileName(), file);
            }
        });
        for (Path chunk : desk.chunks().files()) {
            files.put("chunks/" + chunk.getFileName(), chunk);
        }
        return files;
    }

    private void file(String path, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            long length = Files.size(file);
            out.file(path, length, in);
            done += length;
            progress.update(done, total);
        }
    }
}
