package org.lamplighter.client.pacing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Waits for a moment of the clock; injected with it. */
@FunctionalInterface
public interface Pause {
    /** Returns at {@code instant}, or at once when that is past. */
    void until(Instant instant) throws InterruptedException;

    /** Sleeps. */
    static Pause of(InstantSource clock) {
        return instant -> {
            Duration left = Duration.between(clock.instant(), instant);
            if (left.isPositive()) {
                Thread.sleep(left);
            }
        };
    }
}
