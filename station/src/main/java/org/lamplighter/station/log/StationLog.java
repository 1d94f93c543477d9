package org.lamplighter.station.log;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The station's log. It takes an {@link Event}, whose text is a constant, and {@link LogValue}s, and no string: what a
 * source or journalist did cannot get into it. {@code WARNING} is for the operator, {@code ERROR} a fault of ours or of the
 * machine. Thread-safe.
 */
public final class StationLog {
    /** Name of the logger behind it. */
    public static final String NAME = "org.lamplighter.station";

    private static final long SILENCE_NANOS = Duration.ofHours(1).toNanos();

    private final System.Logger logger;
    private final ConcurrentMap<Event, Long> said = new ConcurrentHashMap<>();

    private StationLog(System.Logger logger) {
        this.logger = logger;
    }

    public static StationLog system() {
        return new StationLog(System.getLogger(NAME));
    }

    /**
     * Makes the JDK's own logging print the day, the level and the text, in one line. To be called before anything logs: the
     * JDK's default prints the time of day. A property that the operator has set wins.
     */
    public static void useDaysOnly() {
        String format = "java.util.logging.SimpleFormatter.format";
        if (System.getProperty(format) == null) {
            System.setProperty(format, "%1$tF %4$s %5$s%n");
        }
    }

    /** What can be said. */
    public enum Event {
        STARTED(Level.INFO, "station started"),
        STOPPED(Level.INFO, "station stopped"),
        LEFTOVERS_DISCARDED(Level.INFO, true, "left over from a crash and discarded"),
        EPOCH_COMPLETED(Level.INFO, "entered before a crash, now published"),
        CLOCK_WENT_AHEAD(
                Level.ERROR,
                "the clock went ahead by more than a day: no epoch, and nothing is removed; check it (date -u), then restart"),
        LAST_HEAD_OLD(
                Level.WARNING,
                "the last head is more than a day old: no epoch for ten minutes, and nothing is removed; if the station did"
                        + " not stand still for so long, stop it and set the clock (date -u)"),
        CLOCK_WENT_BACK(Level.WARNING, "the clock is before the last head; no epoch until it has caught up"),
        CERTIFICATE_EXPIRES(Level.WARNING, "the certificate expires soon"),
        CERTIFICATE_EXPIRED(Level.WARNING, "the certificate has expired; no epoch until a new one is installed"),
        ROSTER_MISSING(Level.WARNING, "no roster is installed; everything answers 503"),
        NEAR_CAPACITY(Level.WARNING, true, "disk space is low; chunks are refused"),
        EPOCH_FILES_LOST(Level.ERROR, "files of a published epoch are missing or damaged"),
        CHUNK_LOST(Level.ERROR, true, "a chunk that was acknowledged is missing or damaged"),
        TURN_FAILED(Level.ERROR, true, "the epoch could not be turned; trying again every few seconds"),
        DISK_FULL(Level.ERROR, true, "the disk is full; no epoch until there is room: see station status"),
        REQUEST_FAILED(Level.ERROR, true, "a request could not be served");

        private final Level level;
        private final boolean repeated;
        private final String text;

        Event(Level level, String text) {
            this(level, false, text);
        }

        Event(Level level, boolean repeated, String text) {
            this.level = level;
            this.repeated = repeated;
            this.text = text;
        }

        /** What the line says, before its values. */
        public String text() {
            return text;
        }
    }

    /** Says {@code event}; one that can come again and again is said once an hour: the log neither counts requests nor fills a disk. */
    public void log(Event event, LogValue... values) {
        if (event.repeated && isSaidLately(event)) {
            return;
        }
        StringJoiner line = new StringJoiner(": ");
        line.add(event.text);
        for (LogValue value : values) {
            line.add(value.text());
        }
        logger.log(event.level, line.toString());
    }

    private boolean isSaidLately(Event event) {
        long now = System.nanoTime();
        Long kept = said.merge(event, now, (before, fresh) -> fresh - before > SILENCE_NANOS ? fresh : before);
        return kept != now;
    }
}
