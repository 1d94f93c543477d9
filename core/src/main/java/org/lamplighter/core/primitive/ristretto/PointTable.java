package org.lamplighter.core.primitive.ristretto;

/** The multiples of a point from 0 to 8, from which one is taken by a secret digit. Immutable and thread-safe. */
final class PointTable {
    private static final int MULTIPLES = 9;
    private static final int ROW = CachedPoint.LIMBS;

    /** Row i, from {@code i * ROW} on, holds i times the point. */
    private final long[] limbs = new long[MULTIPLES * ROW];

    private PointTable() {}

    static PointTable of(EdwardsPoint point) {
        PointTable table = new PointTable();
        CachedPoint once = CachedPoint.of(point);
        CachedPoint.of(EdwardsPoint.identity()).store(table.limbs, 0);
        once.store(table.limbs, ROW);
        EdwardsPoint multiple = point;
        for (int i = 2; i < MULTIPLES; i++) {
            multiple = multiple.add(once);
            CachedPoint.of(multiple).store(table.limbs, i * ROW);
        }
        return table;
    }

    /**
     * Sets {@code selected} to {@code digit} times the point, for a digit from -8 to 8. Reads the whole table whatever
     * the digit is.
     */
    void select(int digit, CachedPoint selected) {
        int sign = digit >> 31;
        int magnitude = (digit ^ sign) - sign;
        long mask0 = maskOfEqual(0, magnitude);
        long mask1 = maskOfEqual(1, magnitude);
        long mask2 = maskOfEqual(2, magnitude);
        long mask3 = maskOfEqual(3, magnitude);
        long mask4 = maskOfEqual(4, magnitude);
        long mask5 = maskOfEqual(5, magnitude);
        long mask6 = maskOfEqual(6, magnitude);
        long mask7 = maskOfEqual(7, magnitude);
        long mask8 = maskOfEqual(8, magnitude);
        long[] row = new long[ROW];
        // One loop with the rows written out: the compiler makes vector instructions of it, but not of two nested
        // loops.
        for (int i = 0; i < ROW; i++) {
            row[i] = (limbs[i] & mask0)
                    | (limbs[ROW + i] & mask1)
                    | (limbs[2 * ROW + i] & mask2)
                    | (limbs[3 * ROW + i] & mask3)
                    | (limbs[4 * ROW + i] & mask4)
                    | (limbs[5 * ROW + i] & mask5)
                    | (limbs[6 * ROW + i] & mask6)
                    | (limbs[7 * ROW + i] & mask7)
                    | (limbs[8 * ROW + i] & mask8);
        }
        selected.setStored(row);
        selected.setNegatedIf(sign);
    }

    /** -1 where both are equal, else 0; both from 0 to 2^31 - 1. */
    private static long maskOfEqual(int a, int b) {
        return ((long) (a ^ b) - 1) >> 63;
    }
}
