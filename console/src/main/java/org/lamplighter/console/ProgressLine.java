package org.lamplighter.console;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How far a long transfer is, on standard error: one line that is written over at a terminal, and a line now and then where
 * there is none. Any thread may call it; the calls of one transfer come in order.
 */
public final class ProgressLine implements AutoCloseable {
    private static final Duration REWRITE = Duration.ofMillis(200);
    private static final Duration SPARSE = Duration.ofSeconds(10);
    private static final int WIDTH = 78;

    private final PrintStream err;
    private final boolean rewrites;
    private final InstantSource clock;
    private String what = "";
    private Instant started = Instant.EPOCH;
    private Instant shown = Instant.EPOCH;
    private boolean lineIsOpen;

    private ProgressLine(PrintStream err, boolean rewrites, InstantSource clock) {
        this.err = err;
        this.rewrites = rewrites;
        this.clock = clock;
    }

    /** Writes to {@code err}; {@code rewrites} says whether that is a terminal. */
    static ProgressLine of(PrintStream err, boolean rewrites, InstantSource clock) {
        return new ProgressLine(err, rewrites, clock);
    }

    /** {@code done} of {@code total} bytes of {@code what} are through. */
    public synchronized void update(String what, long done, long total) {
        Instant now = clock.instant();
        if (!what.equals(this.what)) {
            close();
            this.what = what;
            started = now;
            shown = rewrites ? Instant.EPOCH : now;
        }
        boolean last = done >= total;
        if (!last && Duration.between(shown, now).compareTo(rewrites ? REWRITE : SPARSE) < 0) {
            return;
        }
        shown = now;
        show(text(done, total, now), last);
        if (last) {
            this.what = "";
        }
    }

    /** Ends the line, if one is open, so that what is printed next stands on its own. */
    @Override
    public synchronized void close() {
        if (lineIsOpen) {
            err.println();
            err.flush();
            lineIsOpen = false;
        }
        what = "";
    }

    private void show(String text, boolean last) {
        if (rewrites) {
            err.print('\r' + String.format("%-" + WIDTH + "s", text));
            lineIsOpen = true;
            if (last) {
                err.println();
                lineIsOpen = false;
            }
        } else {
            err.println(text);
        }
        err.flush();
    }

    private String text(long done, long total, Instant now) {
        String far = what + ": " + Sizes.bytes(done) + " of " + Sizes.bytes(total);
        long millis = Duration.between(started, now).toMillis();
        if (done <= 0 || done >= total || millis < 1000) {
            return far;
        }
        long left = (long) (millis / 1000.0 * (total - done) / done);
        return far + " (" + 100 * done / total + " %), about " + Sizes.seconds(left + 1) + " left";
    }
}
