package org.lamplighter.core.primitive.ristretto;

import java.util.Arrays;

/**
 * Integers modulo the group order l = 2^252 + c, c = 27742317777372353535851937790883648493, RFC 9496 §4.4, in constant
 * time.
 *
 * <p>Numbers are arrays of limbs of 28 bits, least significant first. Nine limbs are 252 bits, so what a number has
 * from its tenth limb on counts multiples of 2^252, which is -c modulo l.
 */
final class GroupOrder {
    /** Limbs of a reduced number: 280 bits for the 253 of l. */
    static final int LIMBS = 10;

    private static final int LIMB_BITS = 28;
    private static final long LIMB_MASK = (1L << LIMB_BITS) - 1;
    private static final int BYTES_OF_TWO_LIMBS = 7;
    private static final int LIMBS_BELOW_2_252 = 9;

    /** c, below 2^125. */
    private static final long[] C = {0xcf5d3ed, 0x12631a5, 0x79cd658, 0xf9dea2f, 0x14de};

    private GroupOrder() {}

    /** The limbs of a little-endian number, an even count of them. */
    static long[] limbs(byte[] bytes) {
        long[] limbs = new long[2 * ((bytes.length + BYTES_OF_TWO_LIMBS - 1) / BYTES_OF_TWO_LIMBS)];
        for (int pair = 0; pair < limbs.length / 2; pair++) {
            long two = 0;
            int start = pair * BYTES_OF_TWO_LIMBS;
            for (int i = Math.min(bytes.length, start + BYTES_OF_TWO_LIMBS) - 1; i >= start; i--) {
                two = (two << 8) | (bytes[i] & 0xff);
            }
            limbs[2 * pair] = two & LIMB_MASK;
            limbs[2 * pair + 1] = two >>> LIMB_BITS;
        }
        return limbs;
    }

    /** The 32 little-endian bytes of a reduced number. */
    static byte[] bytes(long[] limbs) {
        byte[] bytes = new byte[Scalar.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            int pair = i / BYTES_OF_TWO_LIMBS;
            long two = limbs[2 * pair] | (limbs[2 * pair + 1] << LIMB_BITS);
            bytes[i] = (byte) (two >>> (8 * (i % BYTES_OF_TWO_LIMBS)));
        }
        return bytes;
    }

    static long[] sum(long[] a, long[] b) {
        long[] sum = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            sum[i] = a[i] + b[i];
        }
        return reduce(sum);
    }

    static long[] negative(long[] a) {
        long[] negative = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            negative[i] = -a[i];
        }
        return reduce(negative);
    }

    static long[] product(long[] a, long[] b) {
        long[] product = new long[2 * LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            for (int j = 0; j < LIMBS; j++) {
                product[i + j] += a[i] * b[j]; // at most ten products of 2^56: below 2^60
            }
        }
        return reduce(product);
    }

    /**
     * The representative in [0, l) of a number of magnitude below 2^512, given by limbs of either sign below 2^62,
     * which it overwrites.
     */
    static long[] reduce(long[] number) {
        carry(number);
        // |v| < 2^512, then 2^386, then 2^260; after the third time -2^134 < v < 2^252.
        for (int i = 0; i < 3; i++) {
            foldAbove2To252(number);
        }
        // v < 2^252 < l is reduced unless negative, and then v + l is.
        long negative = number[number.length - 1] >> 63;
        for (int i = 0; i < C.length; i++) {
            number[i] += C[i] & negative;
        }
        number[LIMBS_BELOW_2_252] += 1 & negative;
        carry(number);
        long[] reduced = Arrays.copyOf(number, LIMBS);
        Arrays.fill(number, 0);
        return reduced;
    }

    /** Writes low + 2^252 high as low - c high. */
    private static void foldAbove2To252(long[] number) {
        long[] high = Arrays.copyOfRange(number, LIMBS_BELOW_2_252, number.length);
        Arrays.fill(number, LIMBS_BELOW_2_252, number.length, 0);
        for (int i = 0; i < high.length; i++) {
            for (int j = 0; j < C.length && i + j < number.length; j++) {
                number[i + j] -= high[i] * C[j]; // at most five products of 2^56 beside a limb: below 2^59
            }
        }
        carry(number);
    }

    /** Brings each limb into [0, 2^28) but the last, which keeps the sign. */
    private static void carry(long[] number) {
        for (int i = 0; i < number.length - 1; i++) {
            number[i + 1] += number[i] >> LIMB_BITS;
            number[i] &= LIMB_MASK;
        }
    }
}
