package org.lamplighter.core.primitive.ristretto;

import org.lamplighter.core.primitive.ristretto.EdwardsPoint.Cached;

/** The multiples 0 to 8 of a point, from which one is taken by a secret index. Immutable. */
final class PointTable {
    private static final int MULTIPLES = 8;

    /** At index i, i times the point. */
    private final Cached[] multiples;

    private PointTable(Cached[] multiples) {
        this.multiples = multiples;
    }

    static PointTable of(EdwardsPoint point) {
        Cached[] multiples = new Cached[MULTIPLES + 1];
        multiples[0] = EdwardsPoint.IDENTITY.cached();
        multiples[1] = point.cached();
        EdwardsPoint multiple = point;
        for (int i = 2; i <= MULTIPLES; i++) {
            multiple = multiple.add(multiples[1]);
            multiples[i] = multiple.cached();
        }
        return new PointTable(multiples);
    }

    /** {@code digit} times the point, for a digit from -8 to 8. Reads the whole table whatever the digit. */
    Cached select(int digit) {
        int sign = digit >> 31;
        int magnitude = (digit ^ sign) - sign;
        Cached selected = multiples[0];
        for (int i = 1; i <= MULTIPLES; i++) {
            selected = select(selected, multiples[i], maskOfEqual(i, magnitude));
        }
        return select(selected, selected.negate(), sign);
    }

    private static Cached select(Cached here, Cached there, long mask) {
        return new Cached(
                here.yPlusX().orElse(there.yPlusX(), mask),
                here.yMinusX().orElse(there.yMinusX(), mask),
                here.zTwice().orElse(there.zTwice(), mask),
                here.tTwiceD().orElse(there.tTwiceD(), mask));
    }

    /** -1 where both are equal, else 0; both from 0 to 2^31 - 1. */
    private static long maskOfEqual(int a, int b) {
        return ((long) (a ^ b) - 1) >> 63;
    }
}
