package org.lamplighter.desk.app;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved. Thread-safe. */
final class PinnedClock implements InstantSource {
    private final AtomicLong second;

    PinnedClock(long second) {
        this.second = new AtomicLong(second);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(second.get());
    }

    long second() {
        return second.get();
    }

    void set(long newSecond) {
        second.set(newSecond);
    }
}
