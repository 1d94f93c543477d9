package org.lamplighter.core.primitive.ristretto;

/**
 * A point of edwards25519, -x^2 + y^2 = 1 + d x^2 y^2, in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.
 *
 * <p>Mutable by the methods that start with {@code set}, for the inner loop of a multiplication; whoever shares a point
 * with others does not call them.
 */
final class EdwardsPoint {
    /** The constant d of the curve, RFC 9496 §4.1. */
    static final FieldElement D =
            FieldElement.constant("52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3");

    final FieldElement x;
    final FieldElement y;
    final FieldElement z;
    final FieldElement t;

    EdwardsPoint(FieldElement x, FieldElement y, FieldElement z, FieldElement t) {
        this.x = x;
        this.y = y;
        this.z = z;
        this.t = t;
    }

    /** The neutral element, (0, 1), in elements of its own: the caller may set it. */
    static EdwardsPoint identity() {
        return new EdwardsPoint(
                new FieldElement(), new FieldElement().setOne(), new FieldElement().setOne(), new FieldElement());
    }

    EdwardsPoint add(CachedPoint other) {
        return identity().setExtended(CompletedPoint.identity().setSum(this, other));
    }

    EdwardsPoint negate() {
        return new EdwardsPoint(x.negate(), y, z, t.negate());
    }

    /** Becomes {@code point}, but for T, which is stale: enough if the next step doubles. */
    EdwardsPoint setProjective(CompletedPoint point) {
        x.setProduct(point.x, point.t);
        y.setProduct(point.y, point.z);
        z.setProduct(point.z, point.t);
        return this;
    }

    /** Becomes {@code point}. */
    EdwardsPoint setExtended(CompletedPoint point) {
        t.setProduct(point.x, point.y);
        return setProjective(point);
    }
}
