package org.lamplighter.core.primitive.ristretto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An integer modulo p = 2^255 - 19, in constant time. Nearly all the time of this package is spent here.
 *
 * <p><b>Representation.</b> The value is l0 + 2^51 l1 + 2^102 l2 + 2^153 l3 + 2^204 l4, with signed limbs that are not unique. Sums
 * and differences leave carries where they are; only products and squares carry.
 *
 * <p><b>Products without a 128-bit type.</b> The high word of {@code (x << 6) * (y << 7)} is floor(xy / 2^51), as the shifts make up
 * the 13 bits between 51 and 64. A column of the product is kept as two words: H, the sum of those high words, and S, the sum of
 * the products modulo 2^64. The column is then H 2^51 + L, where L = S - H 2^51 sums the remainders of the products modulo
 * 2^51: few and not negative, so that L, computed modulo 2^64, is exact although S has long overflowed. H moves to the next
 * column, and the columns from 2^255 on come back 19 times at the bottom.
 *
 * <p><b>Bounds.</b> Why nothing else overflows:
 *
 * <ol>
 *   <li>Operands of products and squares have limbs of magnitude at most {@link #LIMB_LIMIT}, 2^53; an assertion checks it. The
 *       differences inside a product are then within 2^54, and their shifts by at most 8 within 2^62; 19 times a limb, shifted by
 *       5, is below 2^62.3.
 *   <li>Column k of a product, after folding, weighs products of limbs, each within 2^106, by at most 1 + 4 * 19 = 77 (column
 *       0), 58, 39, 20 and 5: so H is below 77 * 2^55 < 2^61.3. L has at most 115 remainders (column 0: one, and 19 times four
 *       squares and two crosses): below 2^58.
 *   <li>The limbs before the last carry are L0 + 19 H4, with 19 H4 below 95 * 2^55, and Lk + H(k-1): all below 2^62.
 *   <li>The last carry is taken from all limbs at once: each passes its part from 2^51 on, below 2^11, to the next, and the top
 *       limb passes 19 times its own, below 2^14, to the lowest. So results have limbs from -2^14 to 2^51 + 2^14: "tight".
 *   <li>What is multiplied or squared is tight, or the sum or difference of two tight elements (below 2^52.1), or twice a tight one
 *       less such a difference (below 2^52.7, in the doubling of a point): never above the 2^53 of 1.
 * </ol>
 *
 * <p><b>Mutability.</b> Methods whose names start with {@code set} overwrite this element and return it, after reading their
 * operands, of which it may be one: the multiplication of points works in place on elements of its own. All other methods leave
 * their operands alone and yield a new element; code outside that loop uses these only. Not thread-safe while being set.
 */
final class FieldElement {
    /** Length of an encoding in bytes. */
    static final int BYTES = 32;

    /** What a limb of an operand may be at most, in magnitude. */
    static final long LIMB_LIMIT = 1L << 53;

    private static final int LIMB_BITS = 51;
    private static final long LIMB_MASK = (1L << LIMB_BITS) - 1;
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static final FieldElement ZERO = new FieldElement();
    static final FieldElement ONE = new FieldElement().setOne();

    /** A square root of -1: SQRT_M1 of RFC 9496 §4.1. */
    static final FieldElement SQRT_M1 = constant("2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0");

    private long l0;
    private long l1;
    private long l2;
    private long l3;
    private long l4;

    /** Zero, to be set. */
    FieldElement() {}

    /** The element with these limbs, least significant first. */
    static FieldElement of(long l0, long l1, long l2, long l3, long l4) {
        return new FieldElement().setLimbs(l0, l1, l2, l3, l4);
    }

    /** A constant of the standard, from 64 hexadecimal digits, most significant first. */
    static FieldElement constant(String bigEndianHex) {
        byte[] bigEndian = HexFormat.of().parseHex(bigEndianHex);
        byte[] littleEndian = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            littleEndian[i] = bigEndian[BYTES - 1 - i];
        }
        return decode(littleEndian, 0);
    }

    /**
     * The element that 32 little-endian bytes at {@code offset} stand for. The top bit is ignored and values from p to 2^255 - 1
     * are taken modulo p: a caller that must refuse them compares with {@link #encode}.
     */
    static FieldElement decode(byte[] bytes, int offset) {
        long w0 = (long) WORDS.get(bytes, offset);
        long w1 = (long) WORDS.get(bytes, offset + 8);
        long w2 = (long) WORDS.get(bytes, offset + 16);
        long w3 = (long) WORDS.get(bytes, offset + 24);
        return of(
                w0 & LIMB_MASK,
                ((w0 >>> 51) | (w1 << 13)) & LIMB_MASK,
                ((w1 >>> 38) | (w2 << 26)) & LIMB_MASK,
                ((w2 >>> 25) | (w3 << 39)) & LIMB_MASK,
                (w3 >>> 12) & LIMB_MASK);
    }

    /** The 32 little-endian bytes of the one representative in [0, p). */
    byte[] encode() {
        FieldElement unique = reduced();
        byte[] bytes = new byte[BYTES];
        WORDS.set(bytes, 0, unique.l0 | (unique.l1 << 51));
        WORDS.set(bytes, 8, (unique.l1 >>> 13) | (unique.l2 << 38));
        WORDS.set(bytes, 16, (unique.l2 >>> 26) | (unique.l3 << 25));
        WORDS.set(bytes, 24, (unique.l3 >>> 39) | (unique.l4 << 12));
        return bytes;
    }

    FieldElement add(FieldElement other) {
        return new FieldElement().setSum(this, other);
    }

    FieldElement subtract(FieldElement other) {
        return new FieldElement().setDifference(this, other);
    }

    FieldElement negate() {
        return new FieldElement().setDifference(ZERO, this);
    }

    FieldElement multiply(FieldElement other) {
        return new FieldElement().setProduct(this, other);
    }

    FieldElement square() {
        return new FieldElement().setSquare(this);
    }

    FieldElement setLimbs(long l0, long l1, long l2, long l3, long l4) {
        this.l0 = l0;
        this.l1 = l1;
        this.l2 = l2;
        this.l3 = l3;
        this.l4 = l4;
        return this;
    }

    FieldElement setOne() {
        return setLimbs(1, 0, 0, 0, 0);
    }

    FieldElement setSum(FieldElement a, FieldElement b) {
        return setLimbs(a.l0 + b.l0, a.l1 + b.l1, a.l2 + b.l2, a.l3 + b.l3, a.l4 + b.l4);
    }

    FieldElement setDifference(FieldElement a, FieldElement b) {
        return setLimbs(a.l0 - b.l0, a.l1 - b.l1, a.l2 - b.l2, a.l3 - b.l3, a.l4 - b.l4);
    }

    /**
     * The product, after Karatsuba with 15 multiplications of limbs instead of 25: a_i b_j + a_j b_i is a_i b_i + a_j b_j + (a_i - a_j)(b_j - b_i).
     * So column k is the sum of all a_i b_i that take part in it, and of its crosses.
     */
    FieldElement setProduct(FieldElement a, FieldElement b) {
        assert a.isWithinLimit() && b.isWithinLimit();
        long a0 = a.l0;
        long a1 = a.l1;
        long a2 = a.l2;
        long a3 = a.l3;
        long a4 = a.l4;
        long b0 = b.l0;
        long b1 = b.l1;
        long b2 = b.l2;
        long b3 = b.l3;
        long b4 = b.l4;
        // h0k, s0k: the sum of a_i b_i for i from 0 to k.
        long h00 = high(a0, b0);
        long s00 = a0 * b0;
        long h01 = h00 + high(a1, b1);
        long s01 = s00 + a1 * b1;
        long h02 = h01 + high(a2, b2);
        long s02 = s01 + a2 * b2;
        long h03 = h02 + high(a3, b3);
        long s03 = s02 + a3 * b3;
        long h04 = h03 + high(a4, b4);
        long s04 = s03 + a4 * b4;
        // hk, sk: column k, and 19 times column k + 5, whose a_i b_i are those from k + 1 to 4.
        long h0 = h00 + 19 * (h04 - h00 + crossHigh(a1, a4, b1, b4) + crossHigh(a2, a3, b2, b3));
        long s0 = s00 + 19 * (s04 - s00 + cross(a1, a4, b1, b4) + cross(a2, a3, b2, b3));
        long h1 = h01 + crossHigh(a0, a1, b0, b1) + 19 * (h04 - h01 + crossHigh(a2, a4, b2, b4));
        long s1 = s01 + cross(a0, a1, b0, b1) + 19 * (s04 - s01 + cross(a2, a4, b2, b4));
        long h2 = h02 + crossHigh(a0, a2, b0, b2) + 19 * (h04 - h02 + crossHigh(a3, a4, b3, b4));
        long s2 = s02 + cross(a0, a2, b0, b2) + 19 * (s04 - s02 + cross(a3, a4, b3, b4));
        long h3 = h03 + crossHigh(a0, a3, b0, b3) + crossHigh(a1, a2, b1, b2) + 19 * (h04 - h03);
        long s3 = s03 + cross(a0, a3, b0, b3) + cross(a1, a2, b1, b2) + 19 * (s04 - s03);
        long h4 = h04 + crossHigh(a0, a4, b0, b4) + crossHigh(a1, a3, b1, b3);
        long s4 = s04 + cross(a0, a4, b0, b4) + cross(a1, a3, b1, b3);
        return setCarried(low(s0, h0) + 19 * h4, low(s1, h1) + h0, low(s2, h2) + h1, low(s3, h3) + h2, low(s4, h4) + h3);
    }

    FieldElement setSquare(FieldElement a) {
        return setSquare(a.l0, a.l1, a.l2, a.l3, a.l4);
    }

    FieldElement setSquareOfSum(FieldElement a, FieldElement b) {
        return setSquare(a.l0 + b.l0, a.l1 + b.l1, a.l2 + b.l2, a.l3 + b.l3, a.l4 + b.l4);
    }

    private FieldElement setSquare(long a0, long a1, long a2, long a3, long a4) {
        assert areWithinLimit(a0, a1, a2, a3, a4);
        long f3 = 19 * a3;
        long f4 = 19 * a4;
        long h0 = high(a0, a0) + 2 * (high(a1, f4) + high(a2, f3));
        long s0 = a0 * a0 + 2 * (a1 * f4 + a2 * f3);
        long h1 = high(a3, f3) + 2 * (high(a0, a1) + high(a2, f4));
        long s1 = a3 * f3 + 2 * (a0 * a1 + a2 * f4);
        long h2 = high(a1, a1) + 2 * (high(a0, a2) + high(a3, f4));
        long s2 = a1 * a1 + 2 * (a0 * a2 + a3 * f4);
        long h3 = high(a4, f4) + 2 * (high(a0, a3) + high(a1, a2));
        long s3 = a4 * f4 + 2 * (a0 * a3 + a1 * a2);
        long h4 = high(a2, a2) + 2 * (high(a0, a4) + high(a1, a3));
        long s4 = a2 * a2 + 2 * (a0 * a4 + a1 * a3);
        return setCarried(low(s0, h0) + 19 * h4, low(s1, h1) + h0, low(s2, h2) + h1, low(s3, h3) + h2, low(s4, h4) + h3);
    }

    /** This element becomes b - a and {@code b} becomes b + a, where a is this element. */
    void setDifferenceAndSum(FieldElement b) {
        long a0 = l0;
        long a1 = l1;
        long a2 = l2;
        long a3 = l3;
        long a4 = l4;
        setLimbs(b.l0 - a0, b.l1 - a1, b.l2 - a2, b.l3 - a3, b.l4 - a4);
        b.setLimbs(b.l0 + a0, b.l1 + a1, b.l2 + a2, b.l3 + a3, b.l4 + a4);
    }

    /** This element becomes 2a - b, where a is this element. */
    void setTwiceMinus(FieldElement b) {
        setLimbs(2 * l0 - b.l0, 2 * l1 - b.l1, 2 * l2 - b.l2, 2 * l3 - b.l3, 2 * l4 - b.l4);
    }

    /** This element to the power 2^{@code times}, for at least 1. */
    FieldElement squared(int times) {
        FieldElement power = square();
        for (int i = 1; i < times; i++) {
            power.setSquare(power);
        }
        return power;
    }

    /** Mask of whether both are the same element. */
    long matches(FieldElement other) {
        return subtract(other).isZero();
    }

    /** Mask of whether this is zero. */
    long isZero() {
        FieldElement unique = reduced();
        long seen = unique.l0 | unique.l1 | unique.l2 | unique.l3 | unique.l4;
        return (seen - 1) >> 63;
    }

    /** Mask of whether the representative in [0, p) is odd: IS_NEGATIVE of RFC 9496 §3.1. */
    long isNegative() {
        return -(reduced().l0 & 1);
    }

    /** This element where {@code mask} is 0, the other where it is -1. */
    FieldElement orElse(FieldElement other, long mask) {
        return of(
                l0 ^ ((l0 ^ other.l0) & mask),
                l1 ^ ((l1 ^ other.l1) & mask),
                l2 ^ ((l2 ^ other.l2) & mask),
                l3 ^ ((l3 ^ other.l3) & mask),
                l4 ^ ((l4 ^ other.l4) & mask));
    }

    /** This element where {@code mask} is 0, its negative where it is -1. */
    FieldElement negatedIf(long mask) {
        return of((l0 ^ mask) - mask, (l1 ^ mask) - mask, (l2 ^ mask) - mask, (l3 ^ mask) - mask, (l4 ^ mask) - mask);
    }

    /** The non-negative one of this and its negative: CT_ABS of RFC 9496 §3.1. */
    FieldElement absolute() {
        return negatedIf(isNegative());
    }

    void negateIf(long mask) {
        setLimbs((l0 ^ mask) - mask, (l1 ^ mask) - mask, (l2 ^ mask) - mask, (l3 ^ mask) - mask, (l4 ^ mask) - mask);
    }

    void swapIf(FieldElement b, long mask) {
        long d0 = (l0 ^ b.l0) & mask;
        long d1 = (l1 ^ b.l1) & mask;
        long d2 = (l2 ^ b.l2) & mask;
        long d3 = (l3 ^ b.l3) & mask;
        long d4 = (l4 ^ b.l4) & mask;
        setLimbs(l0 ^ d0, l1 ^ d1, l2 ^ d2, l3 ^ d3, l4 ^ d4);
        b.setLimbs(b.l0 ^ d0, b.l1 ^ d1, b.l2 ^ d2, b.l3 ^ d3, b.l4 ^ d4);
    }

    /** Copies the limbs to {@code to[offset]} and the four places behind it. */
    void store(long[] to, int offset) {
        to[offset] = l0;
        to[offset + 1] = l1;
        to[offset + 2] = l2;
        to[offset + 3] = l3;
        to[offset + 4] = l4;
    }

    /** Takes the limbs that {@link #store} copied. */
    void load(long[] from, int offset) {
        setLimbs(from[offset], from[offset + 1], from[offset + 2], from[offset + 3], from[offset + 4]);
    }

    /** floor(xy / 2^51). */
    private static long high(long x, long y) {
        return Math.multiplyHigh(x << 8, y << 5);
    }

    /** What stays in a column when {@code high} moves to the next. */
    private static long low(long sum, long high) {
        return sum - (high << LIMB_BITS);
    }

    private static long cross(long ai, long aj, long bi, long bj) {
        return (ai - aj) * (bj - bi);
    }

    private static long crossHigh(long ai, long aj, long bi, long bj) {
        return high(ai - aj, bj - bi);
    }

    private FieldElement setCarried(long r0, long r1, long r2, long r3, long r4) {
        return setLimbs(
                (r0 & LIMB_MASK) + 19 * (r4 >> LIMB_BITS),
                (r1 & LIMB_MASK) + (r0 >> LIMB_BITS),
                (r2 & LIMB_MASK) + (r1 >> LIMB_BITS),
                (r3 & LIMB_MASK) + (r2 >> LIMB_BITS),
                (r4 & LIMB_MASK) + (r3 >> LIMB_BITS));
    }

    /** The representative in [0, p), each limb in [0, 2^51). */
    private FieldElement reduced() {
        // The first round leaves a small excess of either sign in the lowest limb, the second none: 0 <= v < 2^255 = p + 19.
        FieldElement v = carriedInSequence().carriedInSequence();
        // So v >= p exactly when v + 19 carries out of bit 255, and then v - p = v + 19 - 2^255.
        long carry = (v.l0 + 19) >> LIMB_BITS;
        carry = (v.l1 + carry) >> LIMB_BITS;
        carry = (v.l2 + carry) >> LIMB_BITS;
        carry = (v.l3 + carry) >> LIMB_BITS;
        carry = (v.l4 + carry) >> LIMB_BITS;
        return of(v.l0 + 19 * carry, v.l1, v.l2, v.l3, v.l4 - (carry << LIMB_BITS)).carriedInSequence();
    }

    private FieldElement carriedInSequence() {
        long c1 = l1 + (l0 >> LIMB_BITS);
        long c2 = l2 + (c1 >> LIMB_BITS);
        long c3 = l3 + (c2 >> LIMB_BITS);
        long c4 = l4 + (c3 >> LIMB_BITS);
        return of(
                (l0 & LIMB_MASK) + 19 * (c4 >> LIMB_BITS),
                c1 & LIMB_MASK,
                c2 & LIMB_MASK,
                c3 & LIMB_MASK,
                c4 & LIMB_MASK);
    }

    private boolean isWithinLimit() {
        return areWithinLimit(l0, l1, l2, l3, l4);
    }

    private static boolean areWithinLimit(long... limbs) {
        return Arrays.stream(limbs).allMatch(limb -> Math.abs(limb) <= LIMB_LIMIT);
    }
}
