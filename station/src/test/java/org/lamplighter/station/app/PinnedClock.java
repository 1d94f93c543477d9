package org.lamplighter.station.app;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved. Thread-safe. */
public final class PinnedClock implements InstantSource {
    private final AtomicLong second;

    private PinnedClock(long second) {
        this.second = new AtomicLong(second);
    }

    public static PinnedClock at(long second) {
        return new PinnedClock(second);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(second.get());
    }

    public long second() {
        return second.get();
    }

    public void advance(long seconds) {
        second.addAndGet(seconds);
    }

    public void set(long newSecond) {
        second.set(newSecond);
    }
}
