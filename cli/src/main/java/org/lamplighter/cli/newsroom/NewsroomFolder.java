package org.lamplighter.cli.newsroom;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.AtomicFile.Access;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.FolderLock;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.note.SignedNote;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;

/**
 * A newsroom's folder: {@code root.key} (sealed), {@code newsroom.pub}, {@code roster} and {@code certificate}, the last of
 * each that was signed. A document is written here before it goes anywhere else: after a crash in between it is here still,
 * and its serial is not given out again. Open for one process at a time.
 */
final class NewsroomFolder implements AutoCloseable {
    static final String PUBLIC_KEY = "newsroom.pub";
    static final String ROSTER = "roster";
    static final String CERTIFICATE = "certificate";

    private static final String ROOT_KEY = "root.key";
    private static final int MAX_ROOT_FILE_BYTES = 4096;
    private static final int MAX_KEY_LINE_BYTES = 512;

    private final Path path;
    private final FolderLock lock;
    private final NewsroomKey key;

    private NewsroomFolder(Path path, FolderLock lock, NewsroomKey key) {
        this.path = path;
        this.lock = lock;
        this.key = key;
    }

    /** Makes a new newsroom in {@code path}, a folder that is empty or does not exist, and yields its public key. */
    static NewsroomKey create(
            Path path, Origin origin, SecretBytes passphrase, PassphraseBox.Cost cost, SecureRandom random, Instant now)
            throws IOException, CommandFailure {
        AtomicFile.createPrivateFolder(path);
        FolderLock lock = FolderLock.acquire(path);
        try (RootKey root = RootKey.generate(origin, random)) {
            requireNone(path);
            Roster roster = root.emptyRoster(Validity.from(now, Validity.ROSTER_DAYS));
            AtomicFile.write(path.resolve(ROSTER), roster.toByteArray(), Access.PUBLIC);
            AtomicFile.write(path.resolve(PUBLIC_KEY), line(root.newsroomKey()), Access.PUBLIC);
            // Last: a folder without it is no newsroom yet, and making one there may be tried again.
            AtomicFile.write(path.resolve(ROOT_KEY), RootFile.seal(root, passphrase, cost, random), Access.PRIVATE);
            return root.newsroomKey();
        } finally {
            lock.close();
        }
    }

    /** Refuses a folder that holds a newsroom, whose root key would be lost. */
    static void requireNone(Path path) throws CommandFailure {
        if (Files.exists(path.resolve(ROOT_KEY))) {
            throw CommandFailure.of("there is a newsroom in " + path + " already", "name another folder");
        }
    }

    static NewsroomFolder open(Path path) throws IOException, CommandFailure {
        if (!Files.exists(path.resolve(ROOT_KEY))) {
            throw CommandFailure.of(
                    "not a newsroom folder: " + path,
                    "make one with: lamplighter newsroom init " + path + " --origin NAME");
        }
        FolderLock lock = FolderLock.acquire(path);
        try {
            byte[] line = AtomicFile.read(path.resolve(PUBLIC_KEY), MAX_KEY_LINE_BYTES);
            return new NewsroomFolder(path, lock, NewsroomKey.parse(new String(line, StandardCharsets.UTF_8)));
        } catch (MalformedException e) {
            lock.close();
            throw damaged(path.resolve(PUBLIC_KEY), e);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    NewsroomKey key() {
        return key;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** The root key; a wrong passphrase and a key that is not that of {@code newsroom.pub} are refused. */
    RootKey unlock(SecretBytes passphrase) throws IOException, CommandFailure {
        Path file = path.resolve(ROOT_KEY);
        try {
            RootKey root = RootFile.open(AtomicFile.read(file, MAX_ROOT_FILE_BYTES), passphrase)
                    .orElseThrow(() -> CommandFailure.of(
                            "wrong passphrase, or " + file + " was changed",
                            "run the command again and type it carefully"));
            if (!root.newsroomKey().equals(key)) {
                root.close();
                throw CommandFailure.of(
                        path.resolve(PUBLIC_KEY) + " is not the public half of " + file,
                        "restore both files from the same backup");
            }
            return root;
        } catch (MalformedException e) {
            throw damaged(file, e);
        }
    }

    Roster roster() throws IOException, CommandFailure {
        try {
            return Roster.verify(AtomicFile.read(path.resolve(ROSTER), SignedNote.MAX_BYTES), key);
        } catch (MalformedException e) {
            throw damaged(path.resolve(ROSTER), e);
        }
    }

    /** The last certificate, or nothing before the first. */
    Optional<StationCertificate> certificate() throws IOException, CommandFailure {
        Path file = path.resolve(CERTIFICATE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(StationCertificate.verify(AtomicFile.read(file, SignedNote.MAX_BYTES), key));
        } catch (MalformedException e) {
            throw damaged(file, e);
        }
    }

    void store(Roster roster) throws IOException {
        AtomicFile.write(path.resolve(ROSTER), roster.toByteArray(), Access.PUBLIC);
    }

    void store(StationCertificate certificate) throws IOException {
        AtomicFile.write(path.resolve(CERTIFICATE), certificate.toByteArray(), Access.PUBLIC);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static byte[] line(NewsroomKey key) {
        return (key.format() + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static CommandFailure damaged(Path file, MalformedException failure) {
        return CommandFailure.of(
                "cannot use " + file + " (" + failure.getMessage() + ")", "restore the folder from its backup");
    }
}
