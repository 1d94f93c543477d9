package org.lamplighter.core.newsroom;

import java.security.SecureRandom;
import org.lamplighter.core.note.SignedNote;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.ByteWriter;

/**
 * A station's signing key: heads of epochs and receipts of chunks. It opens nothing. Never printed; wiped on close.
 * Thread-safe until then.
 */
public final class StationKey implements AutoCloseable {
    private final SigningKey key;

    private StationKey(SigningKey key) {
        this.key = key;
    }

    public static StationKey generate(SecureRandom random) {
        return new StationKey(SigningKey.generate(random));
    }

    /** The key of a seed of 32 bytes, of which a copy is taken. */
    public static StationKey fromSeed(SecretBytes seed) {
        return new StationKey(SigningKey.fromSeed(seed));
    }

    /** A copy of the seed, 32 bytes, for keeping it. */
    public SecretBytes seed() {
        return key.seed();
    }

    /** The content of the file {@code station-key}, {@code u8 1 || seed 32}. The caller closes it. */
    public SecretBytes toFile() {
        try (SecretBytes seed = seed()) {
            return SecretBytes.takeOver(
                    seed.apply(bytes -> new ByteWriter().u8(1).bytes(bytes).toByteArray()));
        }
    }

    public VerifyingKey verifyingKey() {
        return key.verifyingKey();
    }

    /** The note over {@code text}, signed under the station's name. */
    public byte[] signNote(String text, Origin origin) {
        return SignedNote.sign(text, origin.stationName(), key);
    }

    /** A tagged signature, 64 bytes (docs/spec 0.5). */
    public byte[] sign(String tag, byte[] message) {
        return key.sign(tag, message);
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
