package org.lamplighter.core.primitive.ristretto;

import java.security.MessageDigest;
import java.util.Arrays;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * An element of ristretto255, the group of prime order l = 2^252 + 27742317777372353535851937790883648493 of RFC 9496.
 *
 * <p>An element is represented by any of the points of edwards25519 in its class; which one is never seen outside. All
 * operations take the same time whatever the elements and scalars, except that {@link #decode} tells by its exception
 * that it refuses. Immutable and thread-safe.
 */
public final class RistrettoElement {
    /** Length of an encoding in bytes. */
    public static final int BYTES = 32;

    /** Length of the input of {@link #fromUniformBytes} in bytes. */
    public static final int UNIFORM_BYTES = 64;

    // Constants of RFC 9496 §4.1, named as there.
    private static final FieldElement D = EdwardsPoint.D;
    private static final FieldElement SQRT_M1 = FieldElement.SQRT_M1;
    private static final FieldElement SQRT_AD_MINUS_ONE =
            FieldElement.constant("376931bf2b8348ac0f3cfcc931f5d1fdaf9d8e0c1b7854bd7e97f6a0497b2e1b");
    private static final FieldElement INVSQRT_A_MINUS_D =
            FieldElement.constant("786c8905cfaffca216c27b91fe01d8409d2f16175a4172be99c8fdaa805d40ea");
    private static final FieldElement ONE_MINUS_D_SQ =
            FieldElement.constant("029072a8b2b3e0d79994abddbe70dfe42c81a138cd5e350fe27c09c1945fc176");
    private static final FieldElement D_MINUS_ONE_SQ =
            FieldElement.constant("5968b37af66c22414cdcd32f529b4eebd29e4a2cb01e199931ad5aaa44ed4d20");

    private static final FieldElement ONE = FieldElement.ONE;

    /** The generator of RFC 9496 §4.1: the class of the point (x, 4/5) of RFC 8032. */
    private static final RistrettoElement BASEPOINT = new RistrettoElement(affine(
            FieldElement.constant("216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a"),
            FieldElement.constant("6666666666666666666666666666666666666666666666666666666666666658")));

    private final EdwardsPoint point;

    /** The class of {@code point}, which nobody sets from now on. */
    RistrettoElement(EdwardsPoint point) {
        this.point = point;
    }

    /**
     * The element with this encoding of 32 bytes, RFC 9496 §4.3.1. The identity, 32 zero bytes, is one: where a key or
     * a hint is read, use {@link #decodeNonIdentity}.
     *
     * @throws MalformedException {@code NOT_CANONICAL} if no element has this encoding
     */
    public static RistrettoElement decode(byte[] encoding) throws MalformedException {
        if (encoding.length != BYTES) {
            throw notCanonical();
        }
        // Steps 1 and 2: s is the canonical encoding of a non-negative field element.
        FieldElement s = FieldElement.decode(encoding, 0);
        long canonical = MessageDigest.isEqual(s.encode(), encoding) ? -1 : 0;
        // Step 3.
        FieldElement ss = s.square();
        FieldElement u1 = ONE.subtract(ss);
        FieldElement u2 = ONE.add(ss);
        FieldElement u2Squared = u2.square();
        FieldElement v = D.multiply(u1.square()).negate().subtract(u2Squared);
        SquareRoot inverseRoot = SquareRoot.ofRatio(ONE, v.multiply(u2Squared));
        FieldElement denX = inverseRoot.value().multiply(u2);
        FieldElement denY = inverseRoot.value().multiply(denX).multiply(v);
        FieldElement x = s.add(s).multiply(denX).absolute();
        FieldElement y = u1.multiply(denY);
        FieldElement t = x.multiply(y);
        // Step 4.
        long valid = canonical & ~s.isNegative() & inverseRoot.wasSquare() & ~t.isNegative() & ~y.isZero();
        if (valid == 0) {
            throw notCanonical();
        }
        return new RistrettoElement(new EdwardsPoint(x, y, ONE, t));
    }

    /**
     * As {@link #decode}, and refuses the identity.
     *
     * @throws MalformedException {@code NOT_CANONICAL} as there, or {@code IDENTITY} for 32 zero bytes
     */
    public static RistrettoElement decodeNonIdentity(byte[] encoding) throws MalformedException {
        RistrettoElement element = decode(encoding);
        if (element.isIdentity()) {
            throw new MalformedException(Reason.IDENTITY, "ristretto255 element: identity");
        }
        return element;
    }

    /** The generator, RFC 9496 §4.1. */
    public static RistrettoElement basepoint() {
        return BASEPOINT;
    }

    /** {@code scalar} times the generator, some three times faster than {@link #multiply}. */
    public static RistrettoElement multiplyBase(Scalar scalar) {
        return new RistrettoElement(PointAccumulator.multiplyBase(scalar));
    }

    /**
     * The element derived from 64 bytes, RFC 9496 §4.3.4: uniform if the bytes are, and its discrete logarithm is
     * unknown to everybody if they come from a hash.
     */
    public static RistrettoElement fromUniformBytes(byte[] uniform) {
        if (uniform.length != UNIFORM_BYTES) {
            throw new IllegalArgumentException("needs " + UNIFORM_BYTES + " bytes");
        }
        EdwardsPoint first = map(FieldElement.decode(uniform, 0));
        EdwardsPoint second = map(FieldElement.decode(uniform, BYTES));
        return new RistrettoElement(first.add(CachedPoint.of(second)));
    }

    /** {@code scalar} times this element. */
    public RistrettoElement multiply(Scalar scalar) {
        return new RistrettoElement(PointAccumulator.multiply(point, scalar));
    }

    /** The sum. */
    public RistrettoElement add(RistrettoElement other) {
        return new RistrettoElement(point.add(CachedPoint.of(other.point)));
    }

    /** The difference. */
    public RistrettoElement subtract(RistrettoElement other) {
        return new RistrettoElement(point.add(CachedPoint.of(other.point.negate())));
    }

    /** The opposite element. */
    public RistrettoElement negate() {
        return new RistrettoElement(point.negate());
    }

    /** Whether this is the neutral element. */
    public boolean isIdentity() {
        // Equality of §4.3.3 with the identity (0, 1): x1 1 = y1 0 or y1 1 = x1 0.
        return (point.x.isZero() | point.y.isZero()) != 0;
    }

    /** The one encoding of this element, 32 bytes, RFC 9496 §4.3.2. */
    public byte[] encode() {
        FieldElement x0 = point.x;
        FieldElement y0 = point.y;
        FieldElement z0 = point.z;
        FieldElement t0 = point.t;
        // Step 1.
        FieldElement u1 = z0.add(y0).multiply(z0.subtract(y0));
        FieldElement u2 = x0.multiply(y0);
        FieldElement inverseRoot =
                SquareRoot.ofRatio(ONE, u1.multiply(u2.square())).value();
        FieldElement den1 = inverseRoot.multiply(u1);
        FieldElement den2 = inverseRoot.multiply(u2);
        FieldElement zInverse = den1.multiply(den2).multiply(t0);
        long rotate = t0.multiply(zInverse).isNegative();
        FieldElement x = x0.orElse(y0.multiply(SQRT_M1), rotate);
        FieldElement y = y0.orElse(x0.multiply(SQRT_M1), rotate);
        FieldElement denInverse = den2.orElse(den1.multiply(INVSQRT_A_MINUS_D), rotate);
        FieldElement yOfSign = y.negatedIf(x.multiply(zInverse).isNegative());
        FieldElement s = denInverse.multiply(z0.subtract(yOfSign)).absolute();
        // Step 2.
        return s.encode();
    }

    /** Whether both are the same element, in constant time, RFC 9496 §4.3.3. */
    @Override
    public boolean equals(Object object) {
        return object instanceof RistrettoElement other && matches(other) != 0;
    }

    /** A hash of the encoding, so that equal elements have equal hashes. Costs as much as {@link #encode}. */
    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    /** Names the type only: an element may be a shared secret. */
    @Override
    public String toString() {
        return "RistrettoElement[REDACTED]";
    }

    /** The point that stands for the class. */
    EdwardsPoint representative() {
        return point;
    }

    /** Mask of whether both points stand for the same class. */
    private long matches(RistrettoElement other) {
        FieldElement x1 = point.x;
        FieldElement y1 = point.y;
        FieldElement x2 = other.point.x;
        FieldElement y2 = other.point.y;
        return x1.multiply(y2).matches(y1.multiply(x2)) | y1.multiply(y2).matches(x1.multiply(x2));
    }

    /** MAP of RFC 9496 §4.3.4. */
    private static EdwardsPoint map(FieldElement t) {
        FieldElement r = SQRT_M1.multiply(t.square());
        FieldElement u = r.add(ONE).multiply(ONE_MINUS_D_SQ);
        FieldElement v = ONE.add(r.multiply(D)).negate().multiply(r.add(D));
        SquareRoot root = SquareRoot.ofRatio(u, v);
        FieldElement other = root.value().multiply(t).absolute().negate();
        FieldElement s = other.orElse(root.value(), root.wasSquare());
        FieldElement c = r.orElse(ONE.negate(), root.wasSquare());
        FieldElement n = c.multiply(r.subtract(ONE)).multiply(D_MINUS_ONE_SQ).subtract(v);
        FieldElement w0 = s.add(s).multiply(v);
        FieldElement w1 = n.multiply(SQRT_AD_MINUS_ONE);
        FieldElement ss = s.square();
        FieldElement w2 = ONE.subtract(ss);
        FieldElement w3 = ONE.add(ss);
        return new EdwardsPoint(w0.multiply(w3), w2.multiply(w1), w1.multiply(w3), w0.multiply(w2));
    }

    private static EdwardsPoint affine(FieldElement x, FieldElement y) {
        return new EdwardsPoint(x, y, ONE, x.multiply(y));
    }

    private static MalformedException notCanonical() {
        return new MalformedException(Reason.NOT_CANONICAL, "ristretto255 element: not an encoding");
    }
}
