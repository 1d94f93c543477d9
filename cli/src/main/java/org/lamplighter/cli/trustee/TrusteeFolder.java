package org.lamplighter.cli.trustee;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.AtomicFile.Access;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.FolderLock;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.TrusteeRequest;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * A trustee's folder: {@code trustee.key}, a passphrase box (docs/spec 1.9) around {@code label || X-Wing seed 32}, and {@code
 * trustee-request}, the public half. Written once.
 */
final class TrusteeFolder {
    static final String REQUEST = "trustee-request";

    private static final String KEY = "trustee.key";
    private static final byte[] LABEL = "lamplighter-trustee/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final String WHAT = "trustee key file";
    private static final int MAX_FILE_BYTES = 4096;

    private final Path path;
    private final TrusteeRequest request;

    private TrusteeFolder(Path path, TrusteeRequest request) {
        this.path = path;
        this.request = request;
    }

    /** Refuses a folder that holds a trustee's key, which would be lost. */
    static void requireNone(Path path) throws CommandFailure {
        if (Files.exists(path.resolve(KEY))) {
            throw CommandFailure.of("there is a trustee's key in " + path + " already", "name another folder");
        }
    }

    /** Makes a key in {@code path}, a folder that is empty or does not exist, and yields its request. */
    static TrusteeRequest create(
            Path path, PersonName name, SecretBytes passphrase, PassphraseBox.Cost cost, SecureRandom random)
            throws IOException, CommandFailure {
        AtomicFile.createPrivateFolder(path);
        FolderLock lock = FolderLock.acquire(path);
        try (SecretBytes seed = SecretBytes.generate(PkeSecretKey.SEED_BYTES, random);
                PkeSecretKey key = PkeSecretKey.fromSeed(seed)) {
            requireNone(path);
            TrusteeRequest request = new TrusteeRequest(name, key.publicKey());
            AtomicFile.write(path.resolve(REQUEST), request.toByteArray(), Access.PUBLIC);
            // Last: a folder without it is nobody's yet, and making a key there may be tried again.
            AtomicFile.write(path.resolve(KEY), seal(seed, passphrase, cost, random), Access.PRIVATE);
            return request;
        } finally {
            lock.close();
        }
    }

    static TrusteeFolder open(Path path) throws IOException, CommandFailure {
        if (!Files.exists(path.resolve(KEY))) {
            throw CommandFailure.of(
                    "not a trustee's folder: " + path,
                    "make one with: lamplighter trustee init " + path + " --name NAME");
        }
        try {
            return new TrusteeFolder(
                    path, TrusteeRequest.parse(AtomicFile.read(path.resolve(REQUEST), MAX_FILE_BYTES)));
        } catch (MalformedException e) {
            throw damaged(path.resolve(REQUEST), e);
        }
    }

    TrusteeRequest request() {
        return request;
    }

    /** The key; a wrong passphrase and a key that is not that of the request are refused. */
    PkeSecretKey unlock(SecretBytes passphrase) throws IOException, CommandFailure {
        Path file = path.resolve(KEY);
        try (SecretBytes content = PassphraseBox.open(AtomicFile.read(file, MAX_FILE_BYTES), passphrase)
                        .orElseThrow(() -> CommandFailure.of(
                                "wrong passphrase, or " + file + " was changed",
                                "run the command again and type it carefully"));
                SecretBytes seed = seed(content)) {
            PkeSecretKey key = PkeSecretKey.fromSeed(seed);
            if (!key.publicKey().equals(request.key())) {
                key.close();
                throw CommandFailure.of(
                        path.resolve(REQUEST) + " is not the public half of " + file,
                        "restore both files from the same backup");
            }
            return key;
        } catch (MalformedException e) {
            throw damaged(file, e);
        }
    }

    private static byte[] seal(SecretBytes seed, SecretBytes passphrase, PassphraseBox.Cost cost, SecureRandom random) {
        try (SecretBytes content = SecretBytes.takeOver(
                seed.apply(bytes -> new ByteWriter().bytes(LABEL).bytes(bytes).toByteArray()))) {
            return PassphraseBox.seal(passphrase, content, random, cost);
        }
    }

    private static SecretBytes seed(SecretBytes content) throws MalformedException {
        byte[] bytes = content.reveal();
        try {
            ByteReader reader = ByteReader.of(bytes, WHAT);
            if (!Arrays.equals(reader.bytes(LABEL.length), LABEL)) {
                throw new MalformedException(Reason.UNKNOWN_VERSION, WHAT + ": seals something else");
            }
            SecretBytes seed = SecretBytes.takeOver(reader.bytes(PkeSecretKey.SEED_BYTES));
            reader.end();
            return seed;
        } finally {
            SecretBytes.wipe(bytes);
        }
    }

    private static CommandFailure damaged(Path file, MalformedException e) {
        return CommandFailure.of(
                file + " is damaged (" + e.getMessage() + ")", "restore the whole folder from a backup");
    }
}
