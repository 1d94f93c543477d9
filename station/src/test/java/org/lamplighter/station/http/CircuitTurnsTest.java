package org.lamplighter.station.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lamplighter.testkit.SeededRandom;

final class CircuitTurnsTest {
    private static final byte[] BUNDLE = {1, 2, 3};
    private static final byte[] OTHER = {1, 2, 4};

    private final CircuitTurns turns = CircuitTurns.of(SeededRandom.of(1));

    @Test
    void circuit_hasOneTurnAnEpoch_andMayRepeatItself() {
        assertThat(turns.take(7, BUNDLE, 1)).isTrue();
        assertThat(turns.take(7, BUNDLE, 1)).isTrue();
        assertThat(turns.take(7, OTHER, 1)).isFalse();
        assertThat(turns.take(8, OTHER, 1)).isTrue();
        assertThat(turns.take(7, BUNDLE, 1)).isTrue();
    }

    @Test
    void nextEpoch_remembersNothing() {
        assertThat(turns.take(7, BUNDLE, 1)).isTrue();
        assertThat(turns.take(7, OTHER, 2)).isTrue();
        assertThat(turns.take(7, BUNDLE, 2)).isFalse();
    }

    @Test
    void fullTable_forgetsTheOldest_soThatASecondTurnCostsAsManyCircuitsAsItHolds() {
        CircuitTurns small = CircuitTurns.of(SeededRandom.of(1), 100);
        assertThat(small.take(0, BUNDLE, 1)).isTrue();
        for (int circuit = 1; circuit < 100; circuit++) {
            assertThat(small.take(circuit, BUNDLE, 1)).isTrue();
        }
        assertThat(small.take(0, OTHER, 1)).isFalse();
        assertThat(small.take(100, BUNDLE, 1)).isTrue();
        assertThat(small.take(0, OTHER, 1)).isTrue();
    }

    /** The planted fault: a table that keeps nothing lets everybody have a second turn. */
    @Test
    void tableThatForgetsAtOnce_isNoticed() {
        CircuitTurns none = CircuitTurns.of(SeededRandom.of(1), 0);
        assertThat(none.take(7, BUNDLE, 1)).isTrue();
        assertThat(none.take(7, OTHER, 1)).isTrue();
    }
}
