package org.lamplighter.core.primitive.ristretto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * A secret integer modulo the group order l = 2^252 + 27742317777372353535851937790883648493, RFC 9496 §4.4.
 *
 * <p>All operations take the same time whatever the values. Never printed; {@link #close} overwrites the value, after
 * which any use fails. Wiping is best effort, as for {@link SecretBytes}. Not thread-safe against a concurrent {@link
 * #close}; otherwise immutable.
 */
public final class Scalar implements AutoCloseable {
    /** Length of an encoding in bytes. */
    public static final int BYTES = 32;

    /** Length of the input of {@link #fromWideBytes} in bytes. */
    public static final int WIDE_BYTES = 64;

    /** Number of {@link #signedDigits}. */
    static final int DIGITS = 64;

    /** l - 2, little-endian: the exponent of inversion. It is public, so its bits may be branched upon. */
    private static final byte[] ORDER_MINUS_TWO =
            HexFormat.of().parseHex("ebd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

    private static final int ORDER_BITS = 253;

    /** As {@link GroupOrder} counts; a value in [0, l). */
    private final long[] limbs;

    private boolean closed;

    private Scalar(long[] limbs) {
        this.limbs = limbs;
    }

    /** 64 little-endian bytes modulo l, RFC 9496 §4.4: uniform if the bytes are. The caller wipes {@code wide}. */
    public static Scalar fromWideBytes(byte[] wide) {
        if (wide.length != WIDE_BYTES) {
            throw new IllegalArgumentException("needs " + WIDE_BYTES + " bytes");
        }
        return new Scalar(GroupOrder.reduce(GroupOrder.limbs(wide)));
    }

    /**
     * The scalar with this encoding of 32 little-endian bytes; zero is one. The caller wipes {@code encoding}.
     *
     * @throws MalformedException {@code NOT_CANONICAL} if it is l or more, or not 32 bytes long
     */
    public static Scalar decode(byte[] encoding) throws MalformedException {
        if (encoding.length != BYTES) {
            throw notCanonical();
        }
        long[] limbs = GroupOrder.reduce(GroupOrder.limbs(encoding));
        byte[] canonical = GroupOrder.bytes(limbs);
        boolean reduced = MessageDigest.isEqual(canonical, encoding);
        SecretBytes.wipe(canonical);
        if (!reduced) {
            throw notCanonical();
        }
        return new Scalar(limbs);
    }

    /** A uniform scalar from 1 to l - 1. */
    public static Scalar random(SecureRandom random) {
        byte[] wide = new byte[WIDE_BYTES];
        try {
            Scalar scalar;
            do {
                random.nextBytes(wide);
                scalar = fromWideBytes(wide);
            } while (scalar.isZero());
            return scalar;
        } finally {
            SecretBytes.wipe(wide);
        }
    }

    /** The one encoding, 32 little-endian bytes, which the caller must wipe. */
    public byte[] encode() {
        return GroupOrder.bytes(limbs());
    }

    /** Whether this is zero. */
    public boolean isZero() {
        long seen = 0;
        for (long limb : limbs()) {
            seen |= limb;
        }
        return seen == 0;
    }

    /** The sum modulo l. */
    public Scalar add(Scalar other) {
        return new Scalar(GroupOrder.sum(limbs(), other.limbs()));
    }

    /** The product modulo l. */
    public Scalar multiply(Scalar other) {
        return new Scalar(GroupOrder.product(limbs(), other.limbs()));
    }

    /** The negative modulo l. */
    public Scalar negate() {
        return new Scalar(GroupOrder.negative(limbs()));
    }

    /** The inverse modulo l, by Fermat's theorem; zero for zero. */
    public Scalar invert() {
        long[] base = limbs();
        long[] power = base;
        for (int bit = ORDER_BITS - 2; bit >= 0; bit--) {
            power = GroupOrder.product(power, power);
            if (((ORDER_MINUS_TWO[bit / 8] >> (bit % 8)) & 1) != 0) {
                power = GroupOrder.product(power, base);
            }
        }
        return new Scalar(power);
    }

    /** Whether both are the same, in constant time. */
    public boolean matches(Scalar other) {
        long seen = 0;
        for (int i = 0; i < GroupOrder.LIMBS; i++) {
            seen |= limbs()[i] ^ other.limbs()[i];
        }
        return seen == 0;
    }

    /**
     * This number in base 16, least significant digit first, with digits from -8 to 8. The caller wipes the array.
     */
    byte[] signedDigits() {
        byte[] bytes = encode();
        byte[] digits = new byte[DIGITS];
        int carry = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = ((bytes[i / 2] >> (4 * (i % 2))) & 0xf) + carry;
            carry = (digit + 8) >> 4;
            digits[i] = (byte) (digit - (carry << 4));
        }
        SecretBytes.wipe(bytes);
        // The last digit is 0 or 1, as the number is below 2^253, so that no carry is left.
        return digits;
    }

    @Override
    public void close() {
        Arrays.fill(limbs, 0);
        closed = true;
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }

    private long[] limbs() {
        if (closed) {
            throw new IllegalStateException("scalar was wiped");
        }
        return limbs;
    }

    private static MalformedException notCanonical() {
        return new MalformedException(Reason.NOT_CANONICAL, "ristretto255 scalar: not an encoding");
    }
}
