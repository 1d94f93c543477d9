package org.lamplighter.station.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.FolderLock;
import org.lamplighter.console.NewFile;
import org.lamplighter.console.ProgressLine;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.backup.BackupKind;
import org.lamplighter.core.backup.BackupRecipient;
import org.lamplighter.core.backup.BackupWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.backup.StationBackup;
import org.lamplighter.station.backup.StationBackup.Summary;
import org.lamplighter.station.durable.DurableFiles;
import org.lamplighter.station.durable.FileDigest;
import org.lamplighter.station.store.StoreException;
import org.lamplighter.station.store.sqlite.SqliteStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = "Write everything that must not be lost into one file, sealed to a backup key. Works while the"
                + " station runs.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    private static final int LARGEST_KEY_FILE = 4096;
    private static final int ZEROS = 1 << 16;

    private final Terminal terminal;
    private final InstantSource clock;
    private final SecureRandom random;

    @Parameters(paramLabel = "STDIR", description = "The station's folder.")
    private Path folder = Path.of("");

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "The file to make.")
    private Path target = Path.of("");

    @Option(
            names = "--recipient",
            required = true,
            paramLabel = "KEY",
            description = "Public half of the backup key: KEY.pub of `lamplighter backup key`.")
    private Path recipient = Path.of("");

    BackupCommand(Terminal terminal, InstantSource clock, SecureRandom random) {
        this.terminal = terminal;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        StationFolder station = StationFolder.existing(folder);
        station.readNewsroom();
        BackupRecipient key = readRecipient();
        NewFile.requireFree(target);
        AtomicFile.createPrivateFolder(station.backup());
        FolderLock lock = FolderLock.acquire(station.backup());
        try {
            clear(station.backup());
            write(station, key);
        } finally {
            clear(station.backup());
            lock.close();
        }
        return 0;
    }

    private void write(StationFolder station, BackupRecipient key) throws IOException, CommandFailure {
        try (SqliteStore live = station.openStoreReadOnly();
                NewFile file = NewFile.create(target)) {
            DigestOutputStream out = new DigestOutputStream(file.out(), FileDigest.sha256());
            Summary summary = write(station, live, BackupWriter.start(out, BackupKind.STATION, key, random));
            file.keep();
            terminal.print("wrote " + target + ", " + summary.chunks() + " chunks of evidence, as of epoch "
                    + summary.about().epoch());
            terminal.print(
                    "sha-256 " + HexFormat.of().formatHex(out.getMessageDigest().digest()));
            terminal.say("it opens with the key whose six words are: " + key.fingerprint());
            if (summary.lost() > 0) {
                throw CommandFailure.of(
                        summary.lost() + " chunks are missing on this disk, and so in the backup",
                        "the backup holds everything else; run: lamplighter station check " + folder);
            }
        }
    }

    private Summary write(StationFolder station, SqliteStore live, BackupWriter out)
            throws IOException, CommandFailure {
        Path copy = station.backup().resolve("copy-" + Long.toHexString(random.nextLong()) + ".sqlite");
        try (ProgressLine progress = terminal.progress(clock)) {
            return StationBackup.write(
                    live,
                    station.chunks(),
                    station.newsroom(),
                    copy,
                    out,
                    (done, total) -> progress.update("backup", done, total));
        } catch (StoreException e) {
            throw station.explained(e);
        }
    }

    private BackupRecipient readRecipient() throws IOException, CommandFailure {
        try {
            return BackupRecipient.parse(AtomicFile.read(recipient, LARGEST_KEY_FILE));
        } catch (MalformedException e) {
            throw CommandFailure.of(
                    "not the public half of a backup key: " + recipient,
                    "make a key on another machine, there: lamplighter backup key --out KEY; and bring KEY.pub here");
        }
    }

    /** Removes what a backup, or one that was interrupted, leaves; the rows in it are overwritten first. */
    private static void clear(Path backup) throws IOException {
        for (Path left : DurableFiles.entries(backup)) {
            if (!left.equals(backup.resolve("lock"))) {
                overwrite(left);
                Files.delete(left);
            }
        }
    }

    private static void overwrite(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (long left = channel.size(); left > 0; left -= ZEROS) {
                DurableFiles.writeAll(channel, ByteBuffer.allocate((int) Math.min(ZEROS, left)));
            }
            channel.force(true);
        }
    }
}
