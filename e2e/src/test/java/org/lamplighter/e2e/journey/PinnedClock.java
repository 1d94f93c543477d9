package org.lamplighter.e2e.journey;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved. Thread-safe. */
final class PinnedClock implements InstantSource {
    private final AtomicLong millis;

    PinnedClock(long second) {
        this.millis = new AtomicLong(second * 1000);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
    }

    long second() {
        return Math.floorDiv(millis.get(), 1000L);
    }

    void set(Instant instant) {
        millis.set(instant.toEpochMilli());
    }
}
