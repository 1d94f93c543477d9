package org.lamplighter.core.primitive.ristretto;

/**
 * What addition needs of its second operand: Y + X, Y - X, 2Z and 2dT. Mutable, so that the selected one is set in
 * place.
 */
final class CachedPoint {
    /** Limbs of the four coordinates. */
    static final int LIMBS = 20;

    final FieldElement yPlusX = new FieldElement();
    final FieldElement yMinusX = new FieldElement();
    final FieldElement zTwice = new FieldElement();
    final FieldElement tTwiceD = new FieldElement();

    private static final FieldElement TWICE_D = EdwardsPoint.D.add(EdwardsPoint.D);

    static CachedPoint of(EdwardsPoint point) {
        CachedPoint cached = new CachedPoint();
        cached.yPlusX.setSum(point.y, point.x);
        cached.yMinusX.setDifference(point.y, point.x);
        cached.zTwice.setSum(point.z, point.z);
        cached.tTwiceD.setProduct(point.t, TWICE_D);
        return cached;
    }

    /** Becomes its opposite where {@code mask} is -1, and stays where it is 0. */
    void setNegatedIf(long mask) {
        yPlusX.setSwappedIf(yMinusX, mask);
        tTwiceD.setNegatedIf(tTwiceD, mask);
    }

    /** Copies the limbs to {@code to[offset]} and the places behind it. */
    void store(long[] to, int offset) {
        yPlusX.store(to, offset);
        yMinusX.store(to, offset + 5);
        zTwice.store(to, offset + 10);
        tTwiceD.store(to, offset + 15);
    }

    /** Takes the limbs that {@link #store} copied to the start of {@code from}. */
    void setStored(long[] from) {
        yPlusX.setStored(from, 0);
        yMinusX.setStored(from, 5);
        zTwice.setStored(from, 10);
        tTwiceD.setStored(from, 15);
    }
}
