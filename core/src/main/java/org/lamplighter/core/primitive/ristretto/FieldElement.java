package org.lamplighter.core.primitive.ristretto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * An integer modulo p = 2^255 - 19, in constant time.
 *
 * <p>The value is l0 + 2^51 l1 + 2^102 l2 + 2^153 l3 + 2^204 l4, with signed limbs that are not unique: sums and differences
 * leave carries where they are, and only a product brings the limbs back. Why nothing overflows:
 *
 * <ol>
 *   <li>A product or a square accepts limbs of magnitude at most 2^53. Column k of the product sums at most five products
 *       of limbs, each at most 2^106; folded by 2^255 = 19 it weighs at most 77 of them (column 0: one plain and four
 *       times 19), and 77 * 2^106 / 2^51 < 2^61.3 fits 63 bits.
 *   <li>The last step of a product is one parallel carry: each limb gives its upper part, at most 2^10.3, to the next, and
 *       the top limb gives 19 times its own to the lowest. So results have limbs in [-2^15, 2^51 + 2^15]: call them tight.
 *   <li>The sum or difference of two tight elements is below 2^52.1, of such a one and a tight one below 2^52.7, and both
 *       stay under the 2^53 of point 1. Formulas with more additions than that in a row do not exist in this package.
 * </ol>
 *
 * Immutable.
 */
final class FieldElement {
    /** Length of an encoding in bytes. */
    static final int BYTES = 32;

    private static final long MASK = (1L << 51) - 1;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static final FieldElement ZERO = new FieldElement(0, 0, 0, 0, 0);
    static final FieldElement ONE = new FieldElement(1, 0, 0, 0, 0);

    /** A square root of -1: SQRT_M1 of RFC 9496 §4.1. */
    static final FieldElement SQRT_M1 = constant("2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0");

    private final long l0;
    private final long l1;
    private final long l2;
    private final long l3;
    private final long l4;

    FieldElement(long l0, long l1, long l2, long l3, long l4) {
        this.l0 = l0;
        this.l1 = l1;
        this.l2 = l2;
        this.l3 = l3;
        this.l4 = l4;
    }

    /** A constant of the standard, from 64 hexadecimal digits, most significant first. */
    static FieldElement constant(String bigEndianHex) {
        byte[] bytes = HexFormat.of().parseHex(bigEndianHex);
        for (int i = 0; i < BYTES / 2; i++) {
            byte swapped = bytes[i];
            bytes[i] = bytes[BYTES - 1 - i];
            bytes[BYTES - 1 - i] = swapped;
        }
        return decode(bytes, 0);
    }

    /**
     * The element that 32 little-endian bytes at {@code offset} stand for. The top bit is ignored and values from p to
     * 2^255 - 1 are reduced: a caller that must refuse them compares with {@link #encode}.
     */
    static FieldElement decode(byte[] bytes, int offset) {
        long w0 = (long) WORDS.get(bytes, offset);
        long w1 = (long) WORDS.get(bytes, offset + 8);
        long w2 = (long) WORDS.get(bytes, offset + 16);
        long w3 = (long) WORDS.get(bytes, offset + 24);
        return new FieldElement(
                w0 & MASK,
                ((w0 >>> 51) | (w1 << 13)) & MASK,
                ((w1 >>> 38) | (w2 << 26)) & MASK,
                ((w2 >>> 25) | (w3 << 39)) & MASK,
                (w3 >>> 12) & MASK);
    }

    /** The 32 little-endian bytes of the one representative in [0, p). */
    byte[] encode() {
        FieldElement once = carriedInSequence().carriedInSequence(); // now each limb is in [0, 2^51)
        // The value is v < 2^255 = p + 19, so v >= p exactly when v + 19 carries out of bit 255.
        long carry = (once.l0 + 19) >> 51;
        carry = (once.l1 + carry) >> 51;
        carry = (once.l2 + carry) >> 51;
        carry = (once.l3 + carry) >> 51;
        carry = (once.l4 + carry) >> 51;
        // v - p = v + 19 - 2^255, and the mask of the top limb takes the 2^255 away.
        long v0 = once.l0 + 19 * carry;
        long v1 = once.l1 + (v0 >> 51);
        long v2 = once.l2 + (v1 >> 51);
        long v3 = once.l3 + (v2 >> 51);
        long v4 = once.l4 + (v3 >> 51);
        return packed(v0 & MASK, v1 & MASK, v2 & MASK, v3 & MASK, v4 & MASK);
    }

    FieldElement add(FieldElement other) {
        return new FieldElement(l0 + other.l0, l1 + other.l1, l2 + other.l2, l3 + other.l3, l4 + other.l4);
    }

    FieldElement subtract(FieldElement other) {
        return new FieldElement(l0 - other.l0, l1 - other.l1, l2 - other.l2, l3 - other.l3, l4 - other.l4);
    }

    FieldElement negate() {
        return new FieldElement(-l0, -l1, -l2, -l3, -l4);
    }

    FieldElement multiply(FieldElement other) {
        long a0 = l0;
        long a1 = l1;
        long a2 = l2;
        long a3 = l3;
        long a4 = l4;
        long b0 = other.l0;
        long b1 = other.l1;
        long b2 = other.l2;
        long b3 = other.l3;
        long b4 = other.l4;
        // Column k of the product is h_k 2^51 + (s_k - h_k 2^51): h_k sums floor(xy / 2^51), s_k sums xy modulo 2^64.
        long h0 = high(a0, b0);
        long s0 = a0 * b0;
        long h1 = high(a0, b1) + high(a1, b0);
        long s1 = a0 * b1 + a1 * b0;
        long h2 = high(a0, b2) + high(a1, b1) + high(a2, b0);
        long s2 = a0 * b2 + a1 * b1 + a2 * b0;
        long h3 = high(a0, b3) + high(a1, b2) + high(a2, b1) + high(a3, b0);
        long s3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0;
        long h4 = high(a0, b4) + high(a1, b3) + high(a2, b2) + high(a3, b1) + high(a4, b0);
        long s4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0;
        long h5 = high(a1, b4) + high(a2, b3) + high(a3, b2) + high(a4, b1);
        long s5 = a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1;
        long h6 = high(a2, b4) + high(a3, b3) + high(a4, b2);
        long s6 = a2 * b4 + a3 * b3 + a4 * b2;
        long h7 = high(a3, b4) + high(a4, b3);
        long s7 = a3 * b4 + a4 * b3;
        long h8 = high(a4, b4);
        long s8 = a4 * b4;
        return carried(
                low(s0, h0) + 19 * (low(s5, h5) + h4),
                low(s1, h1) + h0 + 19 * (low(s6, h6) + h5),
                low(s2, h2) + h1 + 19 * (low(s7, h7) + h6),
                low(s3, h3) + h2 + 19 * (low(s8, h8) + h7),
                low(s4, h4) + h3 + 19 * h8);
    }

    FieldElement square() {
        long a0 = l0;
        long a1 = l1;
        long a2 = l2;
        long a3 = l3;
        long a4 = l4;
        long d0 = a0 << 1;
        long d1 = a1 << 1;
        long d2 = a2 << 1;
        long d3 = a3 << 1;
        long h0 = high(a0, a0);
        long s0 = a0 * a0;
        long h1 = high(d0, a1);
        long s1 = d0 * a1;
        long h2 = high(d0, a2) + high(a1, a1);
        long s2 = d0 * a2 + a1 * a1;
        long h3 = high(d0, a3) + high(d1, a2);
        long s3 = d0 * a3 + d1 * a2;
        long h4 = high(d0, a4) + high(d1, a3) + high(a2, a2);
        long s4 = d0 * a4 + d1 * a3 + a2 * a2;
        long h5 = high(d1, a4) + high(d2, a3);
        long s5 = d1 * a4 + d2 * a3;
        long h6 = high(d2, a4) + high(a3, a3);
        long s6 = d2 * a4 + a3 * a3;
        long h7 = high(d3, a4);
        long s7 = d3 * a4;
        long h8 = high(a4, a4);
        long s8 = a4 * a4;
        return carried(
                low(s0, h0) + 19 * (low(s5, h5) + h4),
                low(s1, h1) + h0 + 19 * (low(s6, h6) + h5),
                low(s2, h2) + h1 + 19 * (low(s7, h7) + h6),
                low(s3, h3) + h2 + 19 * (low(s8, h8) + h7),
                low(s4, h4) + h3 + 19 * h8);
    }

    /** This element squared {@code times} times: its power 2^times. */
    FieldElement squared(int times) {
        FieldElement power = this;
        for (int i = 0; i < times; i++) {
            power = power.square();
        }
        return power;
    }

    /** This element to the power (p - 5) / 8 = 2^252 - 3, by the addition chain 1, 2, 4, 5, 10, 20, 40, 50, 100, ... of ones. */
    FieldElement powerOfFiveEighths() {
        FieldElement ones2 = square().multiply(this);
        FieldElement ones4 = ones2.squared(2).multiply(ones2);
        FieldElement ones5 = ones4.square().multiply(this);
        FieldElement ones10 = ones5.squared(5).multiply(ones5);
        FieldElement ones20 = ones10.squared(10).multiply(ones10);
        FieldElement ones40 = ones20.squared(20).multiply(ones20);
        FieldElement ones50 = ones40.squared(10).multiply(ones10);
        FieldElement ones100 = ones50.squared(50).multiply(ones50);
        FieldElement ones200 = ones100.squared(100).multiply(ones100);
        FieldElement ones250 = ones200.squared(50).multiply(ones50);
        return ones250.squared(2).multiply(this);
    }

    /** A root and, as a mask, whether it is one. */
    record Root(long wasSquare, FieldElement value) {}

    /**
     * The non-negative square root of {@code u / v}, or that of SQRT_M1 times it if it is no square: SQRT_RATIO_M1 of RFC
     * 9496 §4.2.
     */
    static Root squareRootOfRatio(FieldElement u, FieldElement v) {
        FieldElement v3 = v.square().multiply(v);
        FieldElement v7 = v3.square().multiply(v);
        FieldElement r = u.multiply(v3).multiply(u.multiply(v7).powerOfFiveEighths());
        FieldElement check = v.multiply(r.square());
        FieldElement minusU = u.negate();
        long correctSign = check.matches(u);
        long flippedSign = check.matches(minusU);
        long flippedSignTimesI = check.matches(minusU.multiply(SQRT_M1));
        FieldElement root = r.orElse(r.multiply(SQRT_M1), flippedSign | flippedSignTimesI);
        return new Root(correctSign | flippedSign, root.absolute());
    }

    /** Mask of whether both are the same element. */
    long matches(FieldElement other) {
        return subtract(other).isZero();
    }

    /** Mask of whether this is zero. */
    long isZero() {
        byte[] bytes = encode();
        long seen = 0;
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            seen |= (long) WORDS.get(bytes, i);
        }
        return ~((seen | -seen) >> 63);
    }

    /** Mask of whether the canonical representative is odd: IS_NEGATIVE of RFC 9496 §3.1. */
    long isNegative() {
        return -(encode()[0] & 1L);
    }

    /** This element where {@code mask} is 0, the other where it is -1. */
    FieldElement orElse(FieldElement other, long mask) {
        return new FieldElement(
                l0 ^ ((l0 ^ other.l0) & mask),
                l1 ^ ((l1 ^ other.l1) & mask),
                l2 ^ ((l2 ^ other.l2) & mask),
                l3 ^ ((l3 ^ other.l3) & mask),
                l4 ^ ((l4 ^ other.l4) & mask));
    }

    /** This element where {@code mask} is 0, its negative where it is -1. */
    FieldElement negatedIf(long mask) {
        return new FieldElement(
                (l0 ^ mask) - mask, (l1 ^ mask) - mask, (l2 ^ mask) - mask, (l3 ^ mask) - mask, (l4 ^ mask) - mask);
    }

    /** The non-negative one of this and its negative: CT_ABS of RFC 9496 §3.1. */
    FieldElement absolute() {
        return negatedIf(isNegative());
    }

    /** Copies the limbs to {@code to[offset]} and the four places behind it. */
    void store(long[] to, int offset) {
        to[offset] = l0;
        to[offset + 1] = l1;
        to[offset + 2] = l2;
        to[offset + 3] = l3;
        to[offset + 4] = l4;
    }

    /** floor(xy / 2^51): shifted by 13 in all, the product has its bit 51 at bit 64. */
    private static long high(long x, long y) {
        return Math.multiplyHigh(x << 6, y << 7);
    }

    /** What is left of a column of sum {@code sum} modulo 2^64 when {@code high} times 2^51 moves to the next. */
    private static long low(long sum, long high) {
        return sum - (high << 51);
    }

    private static FieldElement carried(long r0, long r1, long r2, long r3, long r4) {
        return new FieldElement(
                (r0 & MASK) + 19 * (r4 >> 51),
                (r1 & MASK) + (r0 >> 51),
                (r2 & MASK) + (r1 >> 51),
                (r3 & MASK) + (r2 >> 51),
                (r4 & MASK) + (r3 >> 51));
    }

    private FieldElement carriedInSequence() {
        long c1 = l1 + (l0 >> 51);
        long c2 = l2 + (c1 >> 51);
        long c3 = l3 + (c2 >> 51);
        long c4 = l4 + (c3 >> 51);
        return new FieldElement((l0 & MASK) + 19 * (c4 >> 51), c1 & MASK, c2 & MASK, c3 & MASK, c4 & MASK);
    }

    private static byte[] packed(long l0, long l1, long l2, long l3, long l4) {
        byte[] bytes = new byte[BYTES];
        WORDS.set(bytes, 0, l0 | (l1 << 51));
        WORDS.set(bytes, 8, (l1 >>> 13) | (l2 << 38));
        WORDS.set(bytes, 16, (l2 >>> 26) | (l3 << 25));
        WORDS.set(bytes, 24, (l3 >>> 39) | (l4 << 12));
        return bytes;
    }
}
