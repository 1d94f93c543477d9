package org.lamplighter.station.http;

import java.time.Duration;

/**
 * Answers to a bundle come at multiples of {@code answer-millis} after its last byte (docs/spec 6.4), so that their time
 * tells neither what became of the bundle nor how full the queue is. Thread-safe.
 */
final class AnswerGrid {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Ticker ticker;

    private AnswerGrid(Ticker ticker) {
        this.ticker = ticker;
    }

    static AnswerGrid of(Ticker ticker) {
        return new AnswerGrid(ticker);
    }

    /** A clock that only runs forward, and can be waited for. */
    interface Ticker {
        Ticker SYSTEM = new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(long nanos) throws InterruptedException {
                Thread.sleep(Duration.ofNanos(nanos));
            }
        };

        long nanos();

        void sleep(long nanos) throws InterruptedException;
    }

    /** Now, as the start of a wait. */
    long start() {
        return ticker.nanos();
    }

    /** Waits for the first multiple of {@code millis} after {@code start} that is not over, and at least for one. */
    void await(long start, int millis) throws InterruptedException {
        long step = millis * NANOS_PER_MILLI;
        long passed = ticker.nanos() - start;
        long steps = Math.max(1, Math.ceilDiv(passed, step));
        ticker.sleep(steps * step - passed);
    }
}
