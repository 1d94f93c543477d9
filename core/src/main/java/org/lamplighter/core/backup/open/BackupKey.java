package org.lamplighter.core.backup.open;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.lamplighter.core.backup.BackupRecipient;
import org.lamplighter.core.primitive.Hpke;
import org.lamplighter.core.primitive.XWing;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** The secret half of a backup key (docs/spec 9.1). Thread-safe until closed. */
public final class BackupKey implements AutoCloseable {
    private static final byte[] LABEL = "lamplighter-backup-key/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final String WHAT = "backup key file";
    private static final byte[] NO_AAD = {};

    private final SecretBytes seed;
    private final XWing.SecretKey key;

    private BackupKey(SecretBytes seed) {
        this.seed = seed;
        this.key = seed.apply(XWing.SecretKey::fromSeed);
    }

    public static BackupKey generate(SecureRandom random) {
        return new BackupKey(SecretBytes.generate(XWing.SEED_BYTES, random));
    }

    /** Reads what {@link #toSecretBytes} yields. */
    public static BackupKey parse(SecretBytes content) throws MalformedException {
        byte[] bytes = content.reveal();
        try {
            ByteReader reader = ByteReader.of(bytes, WHAT);
            if (!Arrays.equals(reader.bytes(LABEL.length), LABEL)) {
                throw new MalformedException(Reason.UNKNOWN_VERSION, WHAT + ": seals something else");
            }
            byte[] seed = reader.bytes(XWing.SEED_BYTES);
            reader.end();
            return new BackupKey(SecretBytes.takeOver(seed));
        } finally {
            SecretBytes.wipe(bytes);
        }
    }

    /** The content of the passphrase box. The caller closes it. */
    public SecretBytes toSecretBytes() {
        return SecretBytes.takeOver(
                seed.apply(bytes -> new ByteWriter().bytes(LABEL).bytes(bytes).toByteArray()));
    }

    public BackupRecipient recipient() {
        try {
            return BackupRecipient.ofKey(key.publicKey().toByteArray());
        } catch (MalformedException e) {
            throw new IllegalStateException("a public key of ours is well-formed", e);
        }
    }

    /** The key of a stream, or nothing when it was sealed to another key or under another prelude. */
    Optional<SecretBytes> open(byte[] info, byte[] sealed) {
        byte[] enc = Arrays.copyOf(sealed, XWing.CIPHERTEXT_BYTES);
        byte[] ciphertext = Arrays.copyOfRange(sealed, XWing.CIPHERTEXT_BYTES, sealed.length);
        return new Hpke.Base(info, NO_AAD).open(enc, key, ciphertext).map(SecretBytes::takeOver);
    }

    @Override
    public void close() {
        key.close();
        seed.close();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
