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

    private final Station station;
    private final InstantSource clock;
    private final StationLog log = StationLog.system();
    private final Thread thread;
    private volatile boolean closed;

    private TurnSchedule(Station station, InstantSource clock) {
        this.station = station;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("station-turn").unstarted(this::run);
    }

    static TurnSchedule start(Station station, InstantSource clock) {
        TurnSchedule schedule = new TurnSchedule(station, clock);
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
                Thread.sleep(turn() ? untilDue() : AFTER_FAILURE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: the end of this thread
        }
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
