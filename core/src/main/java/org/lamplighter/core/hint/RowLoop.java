package org.lamplighter.core.hint;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs one body for each row, on the calling thread or on several, and returns when all rows are done. */
public final class RowLoop {
    /** Rows that a thread takes at a time. */
    private static final int BATCH = 16;

    private RowLoop() {}

    /**
     * Calls {@code body} once for each of {@code 0 … rows - 1}, in no promised order; with {@code threads} above one, on so many
     * new threads, and on the caller's otherwise. What a body throws is thrown here, after all threads have ended. An
     * interrupt does not shorten the loop and is kept.
     */
    public static void forEach(int rows, int threads, IntConsumer body) {
        if (threads < 1) {
            throw new IllegalArgumentException("needs a thread");
        }
        AtomicInteger next = new AtomicInteger();
        if (threads == 1) {
            takeBatches(rows, next, body);
            return;
        }
        List<Future<?>> workers;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            workers = IntStream.range(0, threads)
                    .<Future<?>>mapToObj(i -> pool.submit(() -> takeBatches(rows, next, body)))
                    .toList();
        }
        workers.forEach(RowLoop::rethrow);
    }

    private static void takeBatches(int rows, AtomicInteger next, IntConsumer body) {
        for (int start = next.getAndAdd(BATCH); start < rows; start = next.getAndAdd(BATCH)) {
            for (int row = start; row < Math.min(rows, start + BATCH); row++) {
                body.accept(row);
            }
        }
    }

    private static void rethrow(Future<?> worker) {
        if (worker.state() != Future.State.FAILED) {
            return;
        }
        switch (worker.exceptionNow()) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException("a row failed", e);
        }
    }
}
