package org.lamplighter.e2e.statistics;

import org.lamplighter.testkit.statistics.Significance;

/** Where the rows of each slot stand, and where they stand after they stood somewhere. One thread at a time. */
final class PositionStudy {
    private final long[][] slotAtPosition;
    private final long[][] positionAfterPosition;
    private int[] before = {};

    PositionStudy(int slots) {
        this.slotAtPosition = new long[slots][slots];
        this.positionAfterPosition = new long[slots][slots];
    }

    void add(int[] slotAt) {
        int[] positionOf = new int[slotAt.length];
        for (int position = 0; position < slotAt.length; position++) {
            slotAtPosition[slotAt[position]][position]++;
            positionOf[slotAt[position]] = position;
        }
        for (int slot = 0; slot < before.length; slot++) {
            positionAfterPosition[before[slot]][positionOf[slot]]++;
        }
        before = positionOf;
    }

    /** Chi-square: each slot is at each position equally often. */
    double uniformPValue() {
        return Significance.permutations(slotAtPosition);
    }

    /** Chi-square: a row's position in the next epoch does not depend on that in this one. */
    double independentPValue() {
        return Significance.permutations(positionAfterPosition);
    }
}
