package org.lamplighter.core.backup;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.lamplighter.core.newsroom.Fingerprint;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.primitive.Hpke;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.primitive.XWing;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Base64Text;
import org.lamplighter.core.wire.MalformedException;

/** To whom backups are sealed: the public half of a backup key (docs/spec 9.1). Immutable and thread-safe. */
public final class BackupRecipient {
    /** Bytes of {@link #id}. */
    public static final int ID_BYTES = 8;

    private static final String TITLE = "lamplighter-backup-key/v1";
    private static final String WHAT = "backup key";
    private static final byte[] NO_AAD = {};

    private final XWing.PublicKey key;

    private BackupRecipient(XWing.PublicKey key) {
        this.key = key;
    }

    /** Reads an X-Wing key of 1216 bytes. */
    public static BackupRecipient ofKey(byte[] key) throws MalformedException {
        return new BackupRecipient(XWing.PublicKey.parse(key));
    }

    /** Reads the file that {@link #toByteArray} writes. */
    public static BackupRecipient parse(byte[] document) throws MalformedException {
        NoteLines lines = NoteLines.ofUnsigned(document, TITLE, WHAT);
        BackupRecipient recipient = ofKey(Base64Text.parse(lines.value("key"), XWing.PUBLIC_KEY_BYTES, WHAT + ": key"));
        lines.end();
        return recipient;
    }

    /** A small text file; public. */
    public byte[] toByteArray() {
        return (TITLE + "\nkey " + Base64Text.format(key.toByteArray()) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** By which a backup says whose it is: the first {@value #ID_BYTES} bytes of SHA-256 of the key. */
    public byte[] id() {
        return Arrays.copyOf(Sha256.digest(key.toByteArray()), ID_BYTES);
    }

    public Fingerprint fingerprint() {
        return Fingerprint.of(key.toByteArray());
    }

    /** {@code X-Wing ciphertext 1120 || streamKey sealed}, 1168 bytes for a key of 32. */
    byte[] seal(byte[] info, SecretBytes streamKey, SecureRandom random) {
        try (SecretBytes randomness = SecretBytes.generate(XWing.RANDOMNESS_BYTES, random)) {
            Hpke.Sealed sealed = randomness.apply(
                    bytes -> streamKey.apply(plain -> new Hpke.Base(info, NO_AAD).seal(bytes, key, plain)));
            byte[] out = Arrays.copyOf(sealed.enc(), sealed.enc().length + sealed.ciphertext().length);
            System.arraycopy(sealed.ciphertext(), 0, out, sealed.enc().length, sealed.ciphertext().length);
            return out;
        }
    }
}
