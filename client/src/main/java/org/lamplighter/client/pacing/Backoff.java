package org.lamplighter.client.pacing;

import java.time.Duration;

/** Waits between two tries of one request. */
@FunctionalInterface
public interface Backoff {
    /**
     * Waits before try {@code retry} (from 1).
     *
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    void await(int retry) throws InterruptedException;

    /** One second, then twice as long each time, at most {@code limit}. */
    static Backoff doubling(Duration limit) {
        return retry -> {
            Duration wanted = Duration.ofSeconds(1L << Math.min(retry - 1, 20));
            Thread.sleep(wanted.compareTo(limit) < 0 ? wanted : limit);
        };
    }

    /** Does not wait: for tests and for a station on this machine. */
    static Backoff none() {
        return retry -> {};
    }
}
