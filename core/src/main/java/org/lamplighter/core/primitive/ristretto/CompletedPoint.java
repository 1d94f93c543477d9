package org.lamplighter.core.primitive.ristretto;

/**
 * A sum of two points before its denominators are brought together: x = X/Z, y = Y/T. An {@link EdwardsPoint} takes it
 * over with three multiplications if its next use is to be doubled, and four if it is to be added to. Mutable.
 *
 * <p>The formulas are those of Hisil, Wong, Carter and Dawson, "Twisted Edwards Curves Revisited" (2008), for a = -1.
 * They are complete: one sequence of operations serves all pairs of points, equal, opposite or the identity, so that
 * there are no cases to tell apart.
 */
final class CompletedPoint {
    final FieldElement x = new FieldElement();
    final FieldElement y = new FieldElement();
    final FieldElement z = new FieldElement();
    final FieldElement t = new FieldElement();

    private CompletedPoint() {}

    /** The neutral element, (0, 1). */
    static CompletedPoint identity() {
        CompletedPoint identity = new CompletedPoint();
        identity.y.setOne();
        identity.z.setOne();
        identity.t.setOne();
        return identity;
    }

    /** Becomes 2p. Does not read the T of {@code p}. */
    CompletedPoint setTwice(EdwardsPoint p) {
        z.setSquare(p.x);
        y.setSquare(p.y);
        t.setSquare(p.z);
        x.setSquareOfSum(p.x, p.y);
        z.setDifferenceAndSum(y); // z = Y^2 - X^2, y = Y^2 + X^2
        x.setDifference(x, y); // x = (X + Y)^2 - X^2 - Y^2 = 2XY
        t.setTwiceMinus(z); // t = 2Z^2 - (Y^2 - X^2)
        return this;
    }

    /** Becomes p + q. */
    CompletedPoint setSum(EdwardsPoint p, CachedPoint q) {
        z.setDifference(p.y, p.x);
        t.setSum(p.y, p.x);
        x.setProduct(z, q.yMinusX); // A = (Y1 - X1)(Y2 - X2)
        y.setProduct(t, q.yPlusX); // B = (Y1 + X1)(Y2 + X2)
        t.setProduct(p.t, q.tTwiceD); // C = T1 2d T2
        z.setProduct(p.z, q.zTwice); // D = Z1 2Z2
        x.setDifferenceAndSum(y); // x = B - A, y = B + A
        t.setDifferenceAndSum(z); // t = D - C, z = D + C
        return this;
    }
}
