package org.lamplighter.station.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerGridTest {
    private static final long MILLI = 1_000_000;

    @Test
    void answer_comesAtTheFirstMultipleThatIsNotOver() throws Exception {
        assertThat(answerAt(0)).isEqualTo(2000 * MILLI);
        assertThat(answerAt(1)).isEqualTo(2000 * MILLI);
        assertThat(answerAt(1999 * MILLI)).isEqualTo(2000 * MILLI);
        assertThat(answerAt(2000 * MILLI)).isEqualTo(2000 * MILLI);
        assertThat(answerAt(2000 * MILLI + 1)).isEqualTo(4000 * MILLI);
        assertThat(answerAt(11_000 * MILLI)).isEqualTo(12_000 * MILLI);
    }

    /** When the answer comes, after work of this many nanoseconds. */
    private static long answerAt(long work) throws InterruptedException {
        List<Long> now = new ArrayList<>(List.of(Long.MAX_VALUE - 10)); // the clock may wrap around
        AnswerGrid grid = AnswerGrid.of(new AnswerGrid.Ticker() {
            @Override
            public long nanos() {
                return now.getFirst();
            }

            @Override
            public void sleep(long nanos) {
                now.set(0, now.getFirst() + nanos);
            }
        });
        long start = grid.start();
        now.set(0, start + work);
        grid.await(start, 2000);
        return now.getFirst() - start;
    }
}
