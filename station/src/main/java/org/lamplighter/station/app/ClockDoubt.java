package org.lamplighter.station.app;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.lamplighter.station.log.StationLog.Event;

/** What the last head says about the clock of this machine. */
enum ClockDoubt {
    /** Nothing: it is a little later than the head. */
    NONE(""),
    /** Heads never go back. */
    BEFORE_LAST_HEAD(
            "the clock of this machine is before the last head: no epoch until it has caught up; check it (date -u)"),
    /** The station stood still for long, or the clock is ahead. */
    LAST_HEAD_OLD(Event.LAST_HEAD_OLD.text());

    private static final Duration LONG = Duration.ofDays(1);

    private final String text;

    ClockDoubt(String text) {
        this.text = text;
    }

    /** One line for the operator; empty for {@link #NONE}. */
    String text() {
        return text;
    }

    /** {@code lastHead}: the time of the last head that was signed; {@code epoch}: how long one lasts. */
    static ClockDoubt of(Optional<Instant> lastHead, Instant now, Duration epoch) {
        if (lastHead.isEmpty()) {
            return NONE;
        }
        if (lastHead.get().isAfter(now.plus(epoch))) { // the one of the coming boundary may be signed already
            return BEFORE_LAST_HEAD;
        }
        return lastHead.get().plus(epoch).plus(LONG).isBefore(now) ? LAST_HEAD_OLD : NONE;
    }
}
