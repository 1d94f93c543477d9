package org.lamplighter.core.signature;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.lamplighter.core.primitive.Ed25519;
import org.lamplighter.core.wire.MalformedException;

/** An Ed25519 public key, 32 bytes, checked to be a point of the prime-order group. Immutable and thread-safe. */
public final class VerifyingKey {
    public static final int BYTES = Ed25519.VERIFYING_KEY_BYTES;

    private final Ed25519.Verifier verifier;

    private VerifyingKey(Ed25519.Verifier verifier) {
        this.verifier = verifier;
    }

    /** Reads 32 bytes; refuses another length, an encoding that is not canonical, and points of small or mixed order. */
    public static VerifyingKey parse(byte[] encoded) throws MalformedException {
        return new VerifyingKey(Ed25519.Verifier.parse(encoded));
    }

    /**
     * Whether {@code signature}, of any length, is this key's over {@code u8 len(tag) || tag || message} (docs/spec 0.5).
     *
     * @param tag 1 to 31 ASCII characters
     */
    public boolean verifies(String tag, byte[] message, byte[] signature) {
        return verifier.verifiesTagged(SigningKey.requireTag(tag), message, signature);
    }

    /** Whether {@code signature}, of any length, is this key's over the text of a signed note (docs/spec 0.6). */
    public boolean verifiesNote(byte[] text, byte[] signature) {
        return verifier.verifies(text, signature);
    }

    /** The 32 bytes. */
    public byte[] toByteArray() {
        return verifier.toByteArray();
    }

    /** The 32 bytes in lower-case hex. */
    public String hex() {
        return HexFormat.of().formatHex(verifier.toByteArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey key && MessageDigest.isEqual(toByteArray(), key.toByteArray());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toByteArray());
    }

    @Override
    public String toString() {
        return hex();
    }
}
