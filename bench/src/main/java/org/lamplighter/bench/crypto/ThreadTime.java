package org.lamplighter.bench.crypto;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.UnaryOperator;
import org.lamplighter.bench.report.Spread;

/** Processor time of the calling thread, so that waiting for a core does not count; the clock of the core and its caches still do. */
final class ThreadTime {
    private static final int WARM_UP_ROUNDS = 2;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ThreadTime() {}

    /**
     * Microseconds a call, of so many rounds after two that do not count. Each result is the next input, so that no call can be
     * left out or moved.
     */
    static <T> Spread micros(int rounds, int calls, T start, UnaryOperator<T> operation) {
        double[] micros = new double[rounds];
        T value = start;
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            long before = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < calls; i++) {
                value = operation.apply(value);
            }
            if (round >= 0) {
                micros[round] = (THREADS.getCurrentThreadCpuTime() - before) / 1e3 / calls;
            }
        }
        return Spread.of(micros, false);
    }
}
