package org.lamplighter.core.primitive;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * X25519 (RFC 7748 §5) over Bouncy Castle's implementation, which has no secret branch or index. Stateless and thread-safe.
 */
public final class X25519 {
    /** Bytes of a secret key, of a public key and of a shared secret. */
    public static final int BYTES = 32;

    /** The encodings below p of all points of order 1, 2, 4 and 8 on the curve and on its twist. */
    static final List<byte[]> LOW_ORDER = List.of(
            HexFormat.of().parseHex("0000000000000000000000000000000000000000000000000000000000000000"),
            HexFormat.of().parseHex("0100000000000000000000000000000000000000000000000000000000000000"),
            HexFormat.of().parseHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            HexFormat.of().parseHex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
            HexFormat.of().parseHex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"));

    private X25519() {}

    /** A copy of {@code secretKey} with the bits set that RFC 7748 §5 sets; the form in which keys are stored. */
    public static byte[] clamp(byte[] secretKey) {
        byte[] clamped = requireLength(secretKey).clone();
        org.bouncycastle.math.ec.rfc7748.X25519.clampPrivateKey(clamped);
        return clamped;
    }

    /** The public key of {@code secretKey}, whether it is clamped or not. */
    public static byte[] publicKey(byte[] secretKey) {
        byte[] publicKey = new byte[BYTES];
        org.bouncycastle.math.ec.rfc7748.X25519.scalarMultBase(requireLength(secretKey), 0, publicKey, 0);
        return publicKey;
    }

    /**
     * The shared secret, or nothing when it is all zero, which only a public key of low order brings about (RFC 7748 §6.1,
     * RFC 9180 §7.1.4). Accepts encodings that are not canonical, as RFC 7748 demands.
     */
    public static Optional<byte[]> agree(byte[] secretKey, byte[] publicKey) {
        byte[] shared = new byte[BYTES];
        boolean nonZero = org.bouncycastle.math.ec.rfc7748.X25519.calculateAgreement(
                requireLength(secretKey), 0, requireLength(publicKey), 0, shared, 0);
        return nonZero ? Optional.of(shared) : Optional.empty();
    }

    /**
     * {@link #agree} with a public key that {@link #checkPublicKey} has accepted, where the shared secret cannot be zero:
     * clamped scalars are not multiples of the large prime orders.
     */
    static byte[] agreeChecked(byte[] secretKey, byte[] checkedPublicKey) {
        return agree(secretKey, checkedPublicKey)
                .orElseThrow(() -> new IllegalStateException("a checked public key has low order"));
    }

    /**
     * Refuses a key of another length, one that is not the canonical encoding of its point (top bit set, or a number of p or
     * more), and one of low order. Stricter than RFC 7748: no honest key looks like this, and a key that has two spellings
     * would be two senders.
     */
    public static void checkPublicKey(byte[] publicKey) throws MalformedException {
        if (publicKey.length != BYTES) {
            throw new MalformedException(
                    publicKey.length < BYTES ? Reason.TRUNCATED : Reason.TRAILING_BYTES, "x25519 key: wrong length");
        }
        if (!isCanonical(publicKey)) {
            throw new MalformedException(Reason.NOT_CANONICAL, "x25519 key: not canonical");
        }
        for (byte[] lowOrder : LOW_ORDER) {
            if (MessageDigest.isEqual(lowOrder, publicKey)) {
                throw new MalformedException(Reason.IDENTITY, "x25519 key: low order");
            }
        }
    }

    /** Whether the little-endian number is below p = 2^255 - 19. */
    private static boolean isCanonical(byte[] key) {
        if (key[31] != 0x7f) {
            return key[31] >= 0;
        }
        for (int i = 30; i > 0; i--) {
            if (key[i] != -1) {
                return true;
            }
        }
        return (key[0] & 0xff) < 0xed;
    }

    private static byte[] requireLength(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("x25519 key of the wrong length");
        }
        return key;
    }
}
