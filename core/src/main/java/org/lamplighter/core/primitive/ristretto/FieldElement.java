package org.lamplighter.core.primitive.ristretto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * An integer modulo p = 2^255 - 19, in constant time. Nearly all the time of this package is spent here.
 *
 * <p><b>Representation.</b> The value is l0 + 2^51 l1 + 2^102 l2 + 2^153 l3 + 2^204 l4, with signed limbs that are not
 * unique. Sums and differences leave carries where they are; only products and squares carry.
 *
 * <p><b>Products without a 128-bit type.</b> The high word of {@code (x << 8) * (y << 5)} is floor(xy / 2^51), as the
 * shifts make up the 13 bits between 51 and 64. A column of the product is kept as two words: H, the sum of those high
 * words, and S, the sum of the products modulo 2^64. The column is then H 2^51 + L, where L = S - H 2^51 sums the
 * remainders of the products modulo 2^51: they are few and not negative, so L, computed modulo 2^64, is exact although
 * S has long overflowed. H moves to the next column, and what reaches 2^255 comes back 19 times at the bottom.
 *
 * <p><b>Bounds.</b> Why nothing else overflows:
 *
 * <ol>
 *   <li>Operands of products and squares have limbs of magnitude below {@link #LIMB_LIMIT}, 2^53; an assertion checks
 *       it. Differences of limbs are then below 2^54, and 2^62 when shifted by 8; 19 times a limb, shifted by 5, is
 *       below 2^62.3.
 *   <li>The five columns of a product weigh products of limbs, each below 2^106, by at most 77 (one, and four times
 *       19), 59, 41, 23 and 5. So H is below 77 * 2^55 < 2^61.3. L has at most 115 remainders (column 0: one, and 19
 *       times four squares and two crosses), so it is below 2^58.
 *   <li>Before the last carry the limbs are L0 + 19 H4, with 19 H4 below 95 * 2^55, and Lk + H(k-1): all below 2^62,
 *       the top one below 2^60.
 *   <li>The last carry is taken from all limbs at once: each passes what it has from 2^51 on, below 2^11, to the next,
 *       and the top one 19 times that, below 2^14, to the lowest. So limbs of a result are from -2^14 to 2^51 + 2^14.
 *       Call them tight.
 *   <li>What is multiplied or squared is tight; or the sum or difference of two that are tight, below 2^52.1; or, in
 *       the doubling of a point, one or two that are tight less such a sum or difference, below 2^52.7. All below the
 *       2^53 of 1.
 * </ol>
 *
 * <p><b>Mutability.</b> Methods whose names start with {@code set} overwrite this element, having read their operands,
 * of which it may be one: the multiplication of points works in place on elements of its own. All other methods leave
 * their operands alone and yield a new element; code outside that loop uses these only. Not thread-safe while being
 * set.
 */
final class FieldElement {
    /** Length of an encoding in bytes. */
    static final int BYTES = 32;

    /** What the limbs of an operand of a product stay below, in magnitude. */
    static final long LIMB_LIMIT = 1L << 53;

    private static final int LIMB_BITS = 51;
    private static final long LIMB_MASK = (1L << LIMB_BITS) - 1;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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
     * The element that 32 little-endian bytes at {@code offset} stand for. The top bit is ignored and values from p to
     * 2^255 - 1 are taken modulo p: a caller that must refuse them compares with {@link #encode}.
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
     * Becomes ab. After Karatsuba, with 15 multiplications of limbs instead of 25: ai bj + aj bi is ai bi + aj bj plus
     * their cross, (ai - aj)(bj - bi). So a column is the sum of all ai bi that take part in it, and of its crosses.
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
        // H and S of the sum of ai bi for i from 0 to k.
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
        // H and S of column k, with 19 times column k + 5, in which i runs from k + 1 to 4.
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
        return setCarried(
                low(s0, h0) + 19 * h4, low(s1, h1) + h0, low(s2, h2) + h1, low(s3, h3) + h2, low(s4, h4) + h3);
    }

    /** Becomes a^2. */
    FieldElement setSquare(FieldElement a) {
        return setSquare(a.l0, a.l1, a.l2, a.l3, a.l4);
    }

    /** Becomes (a + b)^2. */
    FieldElement setSquareOfSum(FieldElement a, FieldElement b) {
        return setSquare(a.l0 + b.l0, a.l1 + b.l1, a.l2 + b.l2, a.l3 + b.l3, a.l4 + b.l4);
    }

    private FieldElement setSquare(long a0, long a1, long a2, long a3, long a4) {
        assert areWithinLimit(a0, a1, a2, a3, a4);
        // 19 for what reaches 2^255: a1 a4, a2 a3 and so on.
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
        return setCarried(
                low(s0, h0) + 19 * h4, low(s1, h1) + h0, low(s2, h2) + h1, low(s3, h3) + h2, low(s4, h4) + h3);
    }

    /** With a for what this element is: it becomes b - a, and {@code b} becomes b + a. */
    void setDifferenceAndSum(FieldElement b) {
        long a0 = l0;
        long a1 = l1;
        long a2 = l2;
        long a3 = l3;
        long a4 = l4;
        setLimbs(b.l0 - a0, b.l1 - a1, b.l2 - a2, b.l3 - a3, b.l4 - a4);
        b.setLimbs(b.l0 + a0, b.l1 + a1, b.l2 + a2, b.l3 + a3, b.l4 + a4);
    }

    /** With a for what this element is: it becomes 2a - b. */
    void setTwiceMinus(FieldElement b) {
        setLimbs(2 * l0 - b.l0, 2 * l1 - b.l1, 2 * l2 - b.l2, 2 * l3 - b.l3, 2 * l4 - b.l4);
    }

    /** This element squared {@code times} times, at least once. */
    FieldElement squareRepeatedly(int times) {
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
        return new FieldElement().setNegatedIf(this, mask);
    }

    /** The non-negative one of this and its negative: CT_ABS of RFC 9496 §3.1. */
    FieldElement absolute() {
        return negatedIf(isNegative());
    }

    /** Becomes a where {@code mask} is 0, -a where it is -1. */
    FieldElement setNegatedIf(FieldElement a, long mask) {
        return setLimbs(
                (a.l0 ^ mask) - mask,
                (a.l1 ^ mask) - mask,
                (a.l2 ^ mask) - mask,
                (a.l3 ^ mask) - mask,
                (a.l4 ^ mask) - mask);
    }

    /** This element and {@code b} change places where {@code mask} is -1. */
    void setSwappedIf(FieldElement b, long mask) {
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
    FieldElement setStored(long[] from, int offset) {
        return setLimbs(from[offset], from[offset + 1], from[offset + 2], from[offset + 3], from[offset + 4]);
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
        // The first round leaves a small excess of either sign in the lowest limb, the second none: 0 <= v < 2^255.
        FieldElement v = carriedInSequence().carriedInSequence();
        // As 2^255 = p + 19, v >= p exactly when v + 19 carries out of bit 255, and then v - p = v + 19 - 2^255.
        long carry = (v.l0 + 19) >> LIMB_BITS;
        carry = (v.l1 + carry) >> LIMB_BITS;
        carry = (v.l2 + carry) >> LIMB_BITS;
        carry = (v.l3 + carry) >> LIMB_BITS;
        carry = (v.l4 + carry) >> LIMB_BITS;
        return of(v.l0 + 19 * carry, v.l1, v.l2, v.l3, v.l4 - (carry << LIMB_BITS))
                .carriedInSequence();
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

    private static boolean areWithinLimit(long l0, long l1, long l2, long l3, long l4) {
        return (Math.abs(l0) | Math.abs(l1) | Math.abs(l2) | Math.abs(l3) | Math.abs(l4)) < LIMB_LIMIT;
    }
}
