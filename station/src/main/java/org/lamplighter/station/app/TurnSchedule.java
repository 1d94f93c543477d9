package org.lamplighter.station.app;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.lamplighter.station.log.LogValue.Fault;
import org.lamplighter.station.log.StationLog;
import org.lamplighter.station.log.StationLog.Event;

/**
 * Calls {@link Station#turn} when something is due, on a virtual thread of its own, until it is closed. It never sleeps for
 * longer than a second, so that a clock that is set, a machine that slept or a roster that is installed is noticed.
 */
final class TurnSchedule implements AutoCloseable {
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
    /** After a failure, e.g. a full disk: neither the disk nor the log is helped by trying at once. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    /** How long a turn in progress may still take when the station stops; it is safe to cut it off. */
    private static final Duration LAST_TURN = Duration.ofSeconds(3);

    /** A clock that is further ahead than what went by is not believed. More than a machine that was paused makes up for. */
    private static final Duration MOST_AHEAD = Duration.ofDays(1);

    /** How long a clock that is so far ahead when the station starts may take to be set right, by the network or by hand. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final Station station;
    private final InstantSource clock;
    private final Duration grace;
    private final StationLog log = StationLog.system();
    private final Thread thread;
    private final Instant start;
    private final long startNanos = System.nanoTime();
    /** Of the thread alone. */
    private boolean saidAhead;

    private boolean saidOld;

    private volatile boolean closed;

    private TurnSchedule(Station station, InstantSource clock, Duration grace) {
        this.station = station;
        this.clock = clock;
        this.grace = grace;
        this.start = clock.instant();
        this.thread = Thread.ofVirtual().name("station-turn").unstarted(this::run);
    }

    static TurnSchedule start(Station station, InstantSource clock) {
        return start(station, clock, GRACE);
    }

    /** As {@link #start(Station, InstantSource)}, with another patience with a clock that is ahead at the start. */
    static TurnSchedule start(Station station, InstantSource clock, Duration grace) {
        TurnSchedule schedule = new TurnSchedule(station, clock, grace);
        schedule.thread.start();
        return schedule;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(LAST_TURN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                if (isAhead() || isDoubtful()) {
                    Thread.sleep(LONGEST_SLEEP);
                    continue;
                }
                Thread.sleep(turn() ? untilDue() : AFTER_FAILURE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: the end of this thread
        }
    }

    /**
     * Whether the clock has run away from the time that went by since this process started. A head of the future would keep the
     * station silent until then, since heads never go back, and what is kept until a day would be removed: both could not be
     * made good again. A restart says that the clock is right.
     */
    private boolean isAhead() {
        Duration passed = Duration.ofNanos(System.nanoTime() - startNanos);
        boolean ahead = Duration.between(start, clock.instant()).minus(passed).compareTo(MOST_AHEAD) > 0;
        if (ahead && !saidAhead) {
            log.log(Event.CLOCK_WENT_AHEAD);
        }
        saidAhead = ahead;
        return ahead;
    }

    /**
     * Whether the last head is so old that the clock may be wrong since before the start. The station may as well have stood
     * still for so long: nobody here can tell, so the clock gets its time to be set, and is believed after that.
     */
    private boolean isDoubtful() {
        if (Duration.ofNanos(System.nanoTime() - startNanos).compareTo(grace) >= 0) {
            return false;
        }
        boolean old = station.clockDoubt() == ClockDoubt.LAST_HEAD_OLD;
        if (old && !saidOld) {
            log.log(Event.LAST_HEAD_OLD);
        }
        saidOld = old;
        return old;
    }

    private boolean turn() {
        try {
            station.turn();
            return true;
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                log.log(station.isDiskFull() ? Event.DISK_FULL : Event.TURN_FAILED, Fault.of(e));
            }
            return false;
        }
    }

    private Duration untilDue() {
        Optional<Instant> due = station.nextDue();
        if (due.isEmpty()) {
            return LONGEST_SLEEP;
        }
        Duration left = Duration.between(clock.instant(), due.get());
        if (left.isNegative()) {
            return Duration.ofMillis(1);
        }
        return left.compareTo(LONGEST_SLEEP) < 0 ? left.plusMillis(1) : LONGEST_SLEEP;
    }
}
