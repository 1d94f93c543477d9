package org.lamplighter.core.evidence;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.lamplighter.core.primitive.Hkdf;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;

/**
 * The secret of one part, 32 random bytes, and what is derived from it (docs/spec 5.3). It seals one plaintext and never a
 * second one. Immutable until closed, thread-safe until closed; never printed.
 */
public final class PartKey implements AutoCloseable {
    /** Size in bytes. */
    public static final int LENGTH = 32;

    private static final byte[] NO_SALT = {};

    private final SecretBytes secret;

    private PartKey(SecretBytes secret) {
        this.secret = secret;
    }

    /** A fresh key. */
    public static PartKey generate(SecureRandom random) {
        return new PartKey(SecretBytes.generate(LENGTH, random));
    }

    /** Takes a copy of {@code bytes}, which must be {@value #LENGTH} bytes. */
    public static PartKey copyOf(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a part key has " + LENGTH + " bytes, not " + bytes.length);
        }
        return new PartKey(SecretBytes.copyOf(bytes));
    }

    /** The raw 32 bytes; closing them closes this key. */
    public SecretBytes secret() {
        return secret;
    }

    /** The AES-256-GCM key of the part's segments, 32 bytes, to be closed by the caller (docs/spec 5.3). */
    public SecretBytes encryptionKey() {
        return SecretBytes.takeOver(derive(label("ll-part-key/v1"), 32));
    }

    /**
     * What the submission says about the key besides the key (docs/spec 5.3): GCM alone does not commit to a key, and one
     * ciphertext could otherwise be made to open to two plaintexts.
     */
    public Digest commitment() {
        return Digest.copyOf(derive(label("ll-part-commit/v1"), Digest.LENGTH));
    }

    /** The id of chunk {@code index}, from 0, of this part (docs/spec 5.3). */
    public ChunkId chunkId(int index) {
        byte[] info = new ByteWriter().ascii("ll-chunk-id/v1").u32(index).toByteArray();
        return ChunkId.copyOf(derive(info, ChunkId.LENGTH));
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "PartKey[REDACTED]";
    }

    private byte[] derive(byte[] info, int length) {
        return secret.apply(key -> Hkdf.derive(key, NO_SALT, info, length));
    }

    private static byte[] label(String label) {
        return label.getBytes(StandardCharsets.US_ASCII);
    }
}
