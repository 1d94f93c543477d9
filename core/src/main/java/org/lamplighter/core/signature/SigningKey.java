package org.lamplighter.core.signature;

import java.security.SecureRandom;
import org.lamplighter.core.primitive.Ed25519;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;

/** An Ed25519 secret key. Never printed; wiped on close. Thread-safe until then. */
public final class SigningKey implements AutoCloseable {
    public static final int SEED_BYTES = Ed25519.SEED_BYTES;
    public static final int SIGNATURE_BYTES = Ed25519.SIGNATURE_BYTES;
    /**
     * Shorter than the protocol's 255: the first byte of what a tagged signature signs is then below 32, which is never the
     * first byte of a note's text, so that neither can be taken for the other (docs/spec 0.6).
     */
    public static final int MAX_TAG_BYTES = 31;

    private final SecretBytes seed;
    private final VerifyingKey verifyingKey;

    private SigningKey(SecretBytes seed, VerifyingKey verifyingKey) {
        this.seed = seed;
        this.verifyingKey = verifyingKey;
    }

    /** The key of a seed of 32 bytes, of which a copy is taken. */
    public static SigningKey fromSeed(SecretBytes seed) {
        try {
            byte[] verifyingKey = seed.apply(Ed25519::verifyingKey);
            return new SigningKey(SecretBytes.takeOver(seed.reveal()), VerifyingKey.parse(verifyingKey));
        } catch (MalformedException e) {
            throw new IllegalStateException("a derived key is always valid", e);
        }
    }

    public static SigningKey generate(SecureRandom random) {
        try (SecretBytes seed = SecretBytes.generate(SEED_BYTES, random)) {
            return fromSeed(seed);
        }
    }

    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    /** A copy of the seed, 32 bytes, for keeping it. */
    public SecretBytes seed() {
        return SecretBytes.takeOver(seed.reveal());
    }

    /**
     * The signature, 64 bytes, over {@code u8 len(tag) || tag || message} (docs/spec 0.5).
     *
     * @param tag 1 to 31 ASCII characters
     */
    public byte[] sign(String tag, byte[] message) {
        return seed.apply(secret -> Ed25519.signTagged(secret, requireTag(tag), message));
    }

    /** The signature, 64 bytes, over the text of a signed note (docs/spec 0.6), which begins with a letter. */
    public byte[] signNote(byte[] text) {
        if (text.length == 0 || text[0] <= MAX_TAG_BYTES) {
            throw new IllegalArgumentException("a note begins with a letter");
        }
        return seed.apply(secret -> Ed25519.sign(secret, text));
    }

    @Override
    public void close() {
        seed.close();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }

    static String requireTag(String tag) {
        if (tag.length() > MAX_TAG_BYTES) {
            throw new IllegalArgumentException("tag longer than 31 characters");
        }
        return tag;
    }
}
