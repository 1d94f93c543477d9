package org.lamplighter.core.hint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

final class RowLoopTest {
    @Test
    void forEach_anyNumberOfThreads_callsTheBodyOnceForEachRow() {
        for (int threads : new int[] {1, 2, 5}) {
            for (int rows : new int[] {0, 1, 15, 16, 1000}) {
                AtomicIntegerArray calls = new AtomicIntegerArray(rows);
                RowLoop.forEach(rows, threads, calls::incrementAndGet);
                for (int row = 0; row < rows; row++) {
                    assertThat(calls.get(row)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void forEach_bodyThatThrows_throwsToTheCaller() {
        for (int threads : new int[] {1, 3}) {
            assertThatThrownBy(() -> RowLoop.forEach(100, threads, row -> {
                        if (row == 50) {
                            throw new UnsupportedOperationException("row 50");
                        }
                    }))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void forEach_interrupted_endsAllRowsAndKeepsTheInterrupt() {
        AtomicIntegerArray calls = new AtomicIntegerArray(200);
        Thread.currentThread().interrupt();
        RowLoop.forEach(200, 2, calls::incrementAndGet);

        assertThat(Thread.interrupted()).isTrue();
        for (int row = 0; row < 200; row++) {
            assertThat(calls.get(row)).isEqualTo(1);
        }
    }
}
