package org.lamplighter.core.primitive.ristretto;

/**
 * A point of edwards25519, -x^2 + y^2 = 1 + d x^2 y^2, in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.
 *
 * <p>The formulas are those of Hisil, Wong, Carter and Dawson, "Twisted Edwards Curves Revisited" (2008), §3.1 and §3.3. They are
 * complete: one sequence of operations serves all pairs of points, equal, opposite or the identity. Immutable.
 */
record EdwardsPoint(FieldElement x, FieldElement y, FieldElement z, FieldElement t) {
    static final EdwardsPoint IDENTITY =
            new EdwardsPoint(FieldElement.ZERO, FieldElement.ONE, FieldElement.ONE, FieldElement.ZERO);

    /** The constant d of the curve, RFC 9496 §4.1. */
    static final FieldElement D =
            FieldElement.constant("52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3");

    private static final FieldElement TWICE_D = D.add(D);

    EdwardsPoint add(Cached other) {
        return sum(other).extended();
    }

    EdwardsPoint doubled() {
        return new Projective(x, y, z).doubled().extended();
    }

    EdwardsPoint negate() {
        return new EdwardsPoint(x.negate(), y, z, t.negate());
    }

    /** The sum, left as numerators and denominators. */
    Completed sum(Cached other) {
        FieldElement a = y.subtract(x).multiply(other.yMinusX);
        FieldElement b = y.add(x).multiply(other.yPlusX);
        FieldElement c = t.multiply(other.tTwiceD);
        FieldElement d = z.multiply(other.zTwice);
        return new Completed(b.subtract(a), b.add(a), d.add(c), d.subtract(c));
    }

    /** This point prepared to be added to others. */
    Cached cached() {
        return new Cached(y.add(x), y.subtract(x), z.add(z), t.multiply(TWICE_D));
    }

    /** What addition needs of its second operand: Y + X, Y - X, 2Z, 2dT. */
    record Cached(FieldElement yPlusX, FieldElement yMinusX, FieldElement zTwice, FieldElement tTwiceD) {
        Cached negate() {
            return new Cached(/* yPlusX= */ yMinusX, /* yMinusX= */ yPlusX, zTwice, tTwiceD.negate());
        }
    }

    /** Extended coordinates without T, all that doubling needs. */
    record Projective(FieldElement x, FieldElement y, FieldElement z) {
        Completed doubled() {
            FieldElement xx = x.square();
            FieldElement yy = y.square();
            FieldElement zz = z.square();
            FieldElement sum = yy.add(xx);
            FieldElement difference = yy.subtract(xx);
            return new Completed(
                    x.add(y).square().subtract(sum), sum, difference, zz.add(zz).subtract(difference));
        }
    }

    /** x = X/Z and y = Y/T: the point before the denominators are brought together. */
    record Completed(FieldElement x, FieldElement y, FieldElement z, FieldElement t) {
        /** Three multiplications, where only doublings follow. */
        Projective projective() {
            return new Projective(x.multiply(t), y.multiply(z), z.multiply(t));
        }

        /** Four multiplications, where an addition follows. */
        EdwardsPoint extended() {
            return new EdwardsPoint(x.multiply(t), y.multiply(z), z.multiply(t), x.multiply(y));
        }
    }
}
