package org.lamplighter.station.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.AtomicFile.Access;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.newsroom.StationRequest;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.chunks.ChunkFolder;
import org.lamplighter.station.durable.DurableFiles;
import org.lamplighter.station.durable.Moments;
import org.lamplighter.station.epoch.EpochFolders;
import org.lamplighter.station.store.StoreException;
import org.lamplighter.station.store.sqlite.SqliteStore;

/** Where everything of a station lies. One folder, nothing outside it. */
record StationFolder(Path folder) {
    private static final int KEY_VERSION = 1;
    private static final int KEY_FILE_LENGTH = 1 + SigningKey.SEED_BYTES;
    private static final int LARGEST_KEY_LINE = 1024;

    /** What is pinned: the line of {@code newsroom.pub}. */
    Path newsroom() {
        return folder.resolve("newsroom.pub");
    }

    /** The signing key, {@code u8 1 || seed 32}, for the owner alone. It opens nothing. */
    Path key() {
        return folder.resolve("station-key");
    }

    /** What is carried to the newsroom. */
    Path request() {
        return folder.resolve("station-request");
    }

    Path database() {
        return folder.resolve("station.sqlite");
    }

    /** Where a backup keeps its snapshot of the database while it is made. */
    Path backup() {
        return folder.resolve("backup");
    }

    EpochFolders epochs() {
        return new EpochFolders(folder.resolve("epochs"));
    }

    ChunkFolder chunks() {
        return new ChunkFolder(folder.resolve("chunks"));
    }

    /**
     * Makes a new folder, whole or not at all: it gets its name when everything in it is on disk.
     *
     * @return the public half of its key
     */
    static StationRequest create(Path folder, NewsroomKey newsroom, SecureRandom random)
            throws IOException, CommandFailure {
        if (Files.exists(folder) && !isEmptyFolder(folder)) {
            throw CommandFailure.of(
                    "there is something in the folder already: " + folder,
                    "name a new folder, or use the station in it");
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw CommandFailure.of("no such folder: " + parent, "make it first: mkdir -p " + parent);
        }
        Path temporary = Files.createTempDirectory(
                parent,
                "." + folder.getFileName(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        DurableFiles files = DurableFiles.of(Moments.NONE);
        try {
            StationRequest request = new StationFolder(temporary).fill(newsroom, random, files);
            files.rename(temporary, folder);
            AtomicFile.forceFolder(parent);
            return request;
        } finally {
            if (Files.exists(temporary)) {
                files.deleteTree(temporary);
            }
        }
    }

    private StationRequest fill(NewsroomKey newsroom, SecureRandom random, DurableFiles files) throws IOException {
        try (StationKey key = StationKey.generate(random);
                SecretBytes content = key.toFile()) {
            byte[] bytes = content.reveal();
            AtomicFile.write(key(), bytes, Access.PRIVATE);
            SecretBytes.wipe(bytes);
            StationRequest request = new StationRequest(key.verifyingKey());
            AtomicFile.write(request(), request.toByteArray(), Access.PUBLIC);
            AtomicFile.write(newsroom(), (newsroom.format() + "\n").getBytes(StandardCharsets.US_ASCII), Access.PUBLIC);
            files.createFolder(epochs().folder());
            files.createFolder(chunks().folder());
            ChunkFolder.create(chunks().folder(), files);
            SqliteStore.create(database());
            AtomicFile.forceFolder(folder);
            return request;
        }
    }

    /** The folder of a station that {@link #create} has made. */
    static StationFolder existing(Path folder) throws CommandFailure {
        StationFolder station = new StationFolder(folder);
        if (!Files.exists(folder)) {
            throw CommandFailure.of(
                    "no such folder: " + folder,
                    "make it: lamplighter station init " + folder + " --newsroom newsroom.pub");
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw CommandFailure.of(
                    "the folder cannot be read: " + folder, "run this as the user that owns it: ls -ld " + folder);
        }
        if (!Files.exists(station.key()) || !Files.exists(station.database())) {
            throw CommandFailure.of(
                    "not the folder of a station: " + folder,
                    "name the folder that `lamplighter station init` has made");
        }
        return station;
    }

    /** Reads a file {@code newsroom.pub}. */
    static NewsroomKey readNewsroom(Path file) throws IOException, CommandFailure {
        try {
            return NewsroomKey.parse(new String(AtomicFile.read(file, LARGEST_KEY_LINE), StandardCharsets.UTF_8));
        } catch (MalformedException e) {
            throw CommandFailure.of(
                    "not the key of a newsroom: " + file,
                    "take the file newsroom.pub that `lamplighter newsroom init` made");
        }
    }

    NewsroomKey readNewsroom() throws IOException, CommandFailure {
        return readNewsroom(newsroom());
    }

    StationKey readKey() throws IOException, CommandFailure {
        byte[] bytes = AtomicFile.read(key(), KEY_FILE_LENGTH);
        try {
            if (bytes.length != KEY_FILE_LENGTH || bytes[0] != KEY_VERSION) {
                throw CommandFailure.of(
                        "the key of this station is damaged or of a newer version: " + key(),
                        "restore the file, or run the version of lamplighter that made it");
            }
            byte[] seed = java.util.Arrays.copyOfRange(bytes, 1, bytes.length);
            try (SecretBytes secret = SecretBytes.takeOver(seed)) {
                return StationKey.fromSeed(secret);
            }
        } finally {
            SecretBytes.wipe(bytes);
        }
    }

    SqliteStore openStore(Moments moments) throws StoreException, CommandFailure {
        try {
            return SqliteStore.open(database(), moments);
        } catch (StoreException e) {
            throw explained(e);
        }
    }

    SqliteStore openStoreReadOnly() throws StoreException, CommandFailure {
        try {
            return SqliteStore.openReadOnly(database());
        } catch (StoreException e) {
            throw explained(e);
        }
    }

    /**
     * What an operator has to do about it; to be asked while whatever filled the disk is still there.
     *
     * @throws StoreException when nobody can say
     */
    CommandFailure explained(StoreException failure) throws StoreException {
        return switch (failure.kind()) {
            case NEWER ->
                CommandFailure.of(
                        "the folder was made by a newer version of lamplighter: " + folder,
                        "run that version or a later one; a folder never goes back");
            case DAMAGED ->
                CommandFailure.of(
                        "the database is damaged or not one of a station: " + database(),
                        "stop here and keep a copy of the folder; see docs/operations/station.md");
            case FULL -> full();
            case READ_ONLY ->
                CommandFailure.of(
                        "the folder cannot be written, and its database has changes that are not merged: " + folder,
                        "copy the folder to where it can be written, and look at the copy");
            case BUSY ->
                CommandFailure.of(
                        "the database is in use by another process",
                        "wait until it has ended, then run the command again");
            case FAILED -> {
                // SQLite calls it something else when there is no room for its shared memory.
                if (DiskSpace.isExhausted(folder)) {
                    yield full();
                }
                throw failure;
            }
        };
    }

    private CommandFailure full() {
        return CommandFailure.of("the disk is full", "make room on the disk of " + folder);
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        return Files.isDirectory(folder) && DurableFiles.entries(folder).isEmpty();
    }
}
