package org.lamplighter.core.primitive;

import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * Ed25519 (RFC 8032 §5.1, no prehash, no context) over Bouncy Castle, verified strictly: whatever is accepted here is
 * accepted by every implementation of the RFC, so that no two readers of a document can disagree.
 *
 * <p>Strict means: the verifying key and the point R of the signature are canonical encodings of points of the prime-order
 * group other than the identity, and S is below the order. Then the equation with the cofactor and the one without it
 * are the same. Honest keys and signatures are all of this kind.
 */
public final class Ed25519 {
    public static final int SEED_BYTES = 32;
    public static final int VERIFYING_KEY_BYTES = 32;
    public static final int SIGNATURE_BYTES = 64;
    /** Longest tag of a tagged signature. */
    public static final int MAX_TAG_BYTES = 255;

    private Ed25519() {}

    /** The verifying key, 32 bytes, of a seed of 32 bytes. */
    public static byte[] verifyingKey(byte[] seed) {
        requireSeed(seed);
        byte[] key = new byte[VERIFYING_KEY_BYTES];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, key, 0);
        return key;
    }

    /** The signature, 64 bytes, of {@code message} as it is. */
    public static byte[] sign(byte[] seed, byte[] message) {
        requireSeed(seed);
        byte[] signature = new byte[SIGNATURE_BYTES];
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /** The signature, 64 bytes, of {@link #preimage}{@code (tag, message)}. */
    public static byte[] signTagged(byte[] seed, String tag, byte[] message) {
        return sign(seed, preimage(tag, message));
    }

    /**
     * {@code u8 len(tag) || tag || message} (protocol 0.4, Notation, note on preimages): what a tagged signature signs. A tag
     * is 1 to 255 ASCII characters.
     */
    public static byte[] preimage(String tag, byte[] message) {
        if (tag.isEmpty() || tag.length() > MAX_TAG_BYTES || !tag.chars().allMatch(c -> c < 0x80)) {
            throw new IllegalArgumentException("a tag is 1 to 255 ASCII characters");
        }
        return Bytes.concat(new byte[] {(byte) tag.length()}, Bytes.ascii(tag), message);
    }

    private static void requireSeed(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("ed25519 seed of the wrong length");
        }
    }

    /** A verifying key that has passed the checks above. Immutable and thread-safe. */
    public static final class Verifier {
        private final byte[] encoded;
        private final PublicPoint point;

        private Verifier(byte[] encoded, PublicPoint point) {
            this.encoded = encoded;
            this.point = point;
        }

        /** Reads 32 bytes; refuses another length, an encoding that is not canonical, and points outside the group. */
        public static Verifier parse(byte[] key) throws MalformedException {
            if (key.length != VERIFYING_KEY_BYTES) {
                throw new MalformedException(
                        key.length < VERIFYING_KEY_BYTES ? Reason.TRUNCATED : Reason.TRAILING_BYTES,
                        "ed25519 key: wrong length");
            }
            byte[] copy = key.clone();
            PublicPoint point = org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFullExport(copy, 0);
            if (point == null) {
                throw new MalformedException(Reason.NOT_CANONICAL, "ed25519 key: not a point of the group");
            }
            return new Verifier(copy, point);
        }

        /** The 32 bytes. */
        public byte[] toByteArray() {
            return encoded.clone();
        }

        /** Whether {@code signature} is this key's over {@code message} as it is. Any length of signature may be given. */
        public boolean verifies(byte[] message, byte[] signature) {
            // validatePublicKeyFull, asked about R: canonical, prime order, not the identity. Without it Bouncy Castle,
            // which
            // multiplies by the cofactor, accepts signatures that the JDK, which does not, refuses.
            return signature.length == SIGNATURE_BYTES
                    && org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(signature, 0)
                    && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(signature, 0, point, message, 0, message.length);
        }

        /** Whether {@code signature} is this key's over {@link Ed25519#preimage}{@code (tag, message)}. */
        public boolean verifiesTagged(String tag, byte[] message, byte[] signature) {
            return verifies(preimage(tag, message), signature);
        }
    }
}
