package org.lamplighter.core.box;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.lamplighter.core.primitive.Aead;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * Seals a few bytes under a passphrase: the key is Argon2id (RFC 9106) of the passphrase under a random salt, the box
 * {@code "LLBX" || u8 1 || memory KiB u32 || passes u8 || lanes u8 || salt 16 || AES-256-GCM ciphertext}, nonce zero because
 * each salt makes its own key, the part before the ciphertext as additional data (docs/spec 1.9). Stateless and thread-safe.
 */
public final class PassphraseBox {
    /** What whoever guesses passphrases pays for each guess; about a third of a second here. */
    public static final Cost DEFAULT_COST = new Cost(64 * 1024, 3, 1);

    /** Ceiling on the content, in bytes. */
    public static final int MAX_CONTENT_BYTES = 65_536;

    private static final byte[] MAGIC = {'L', 'L', 'B', 'X'};
    private static final int VERSION = 1;
    private static final int SALT_BYTES = 16;
    private static final int HEADER_BYTES = MAGIC.length + 1 + 4 + 1 + 1 + SALT_BYTES;
    private static final byte[] NONCE = new byte[Aead.NONCE_BYTES];
    private static final String WHAT = "sealed file";

    private PassphraseBox() {}

    /**
     * What one opening costs. The ceilings hold before any work is done, so that a forged file cannot exhaust the heap of
     * 256 MiB that the launcher grants.
     *
     * @param memoryKib 1,024 to 131,072
     * @param passes 1 to 12
     * @param lanes 1 to 4
     */
    public record Cost(int memoryKib, int passes, int lanes) {
        private static final int MIN_MEMORY_KIB = 1_024;
        private static final int MAX_MEMORY_KIB = 131_072;
        private static final int MAX_PASSES = 12;
        private static final int MAX_LANES = 4;

        public Cost {
            if (!isPermitted(memoryKib, passes, lanes)) {
                throw new IllegalArgumentException("cost out of range");
            }
        }

        private static boolean isPermitted(long memoryKib, int passes, int lanes) {
            return memoryKib >= MIN_MEMORY_KIB
                    && memoryKib <= MAX_MEMORY_KIB
                    && passes >= 1
                    && passes <= MAX_PASSES
                    && lanes >= 1
                    && lanes <= MAX_LANES;
        }
    }

    /** The box of {@code content}, 43 bytes longer than it. The caller keeps both secrets. */
    public static byte[] seal(SecretBytes passphrase, SecretBytes content, SecureRandom random) {
        return seal(passphrase, content, random, DEFAULT_COST);
    }

    /** As {@link #seal(SecretBytes, SecretBytes, SecureRandom)}, at another cost. */
    public static byte[] seal(SecretBytes passphrase, SecretBytes content, SecureRandom random, Cost cost) {
        if (content.length() > MAX_CONTENT_BYTES) {
            throw new IllegalArgumentException("content longer than " + MAX_CONTENT_BYTES + " bytes");
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] header = new ByteWriter()
                .bytes(MAGIC)
                .u8(VERSION)
                .u32(cost.memoryKib())
                .u8(cost.passes())
                .u8(cost.lanes())
                .bytes(salt)
                .toByteArray();
        try (SecretBytes key = key(passphrase, salt, cost)) {
            byte[] sealed = content.apply(bytes -> key.apply(k -> Aead.AES_256_GCM.seal(k, NONCE, header, bytes)));
            return new ByteWriter().bytes(header).bytes(sealed).toByteArray();
        }
    }

    /** The content, or nothing when the passphrase is another or the box was changed: the two cannot be told apart. */
    public static Optional<SecretBytes> open(byte[] box, SecretBytes passphrase) throws MalformedException {
        if (box.length > HEADER_BYTES + MAX_CONTENT_BYTES + Aead.TAG_BYTES) {
            throw new MalformedException(Reason.TOO_LARGE, WHAT + ": longer than a box");
        }
        ByteReader reader = ByteReader.of(box, WHAT);
        if (!Arrays.equals(reader.bytes(MAGIC.length), MAGIC)) {
            throw new MalformedException(Reason.UNKNOWN_VERSION, WHAT + ": not one of ours");
        }
        reader.version(VERSION);
        Cost cost = cost(reader);
        byte[] salt = reader.bytes(SALT_BYTES);
        byte[] sealed = reader.bytes(reader.remaining());
        if (sealed.length < Aead.TAG_BYTES) {
            throw new MalformedException(Reason.TRUNCATED, WHAT + ": too short");
        }
        byte[] header = Arrays.copyOf(box, HEADER_BYTES);
        try (SecretBytes key = key(passphrase, salt, cost)) {
            return key.apply(k -> Aead.AES_256_GCM.open(k, NONCE, header, sealed))
                    .map(SecretBytes::takeOver);
        }
    }

    private static Cost cost(ByteReader reader) throws MalformedException {
        long memory = reader.u32();
        int passes = reader.u8();
        int lanes = reader.u8();
        if (!Cost.isPermitted(memory, passes, lanes)) {
            throw new MalformedException(Reason.TOO_LARGE, WHAT + ": cost out of range");
        }
        return new Cost((int) memory, passes, lanes);
    }

    private static SecretBytes key(SecretBytes passphrase, byte[] salt, Cost cost) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] key = new byte[Aead.KEY_BYTES];
        passphrase.use(bytes -> argon2.generateBytes(bytes, key));
        return SecretBytes.takeOver(key);
    }
}
