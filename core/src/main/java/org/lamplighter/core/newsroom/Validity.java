package org.lamplighter.core.newsroom;

import java.time.Instant;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * The days between which a document holds (docs/spec 1.2): {@code issued - 1 <= today < expires}. Immutable.
 *
 * @param issued days since 1970-01-01 UTC
 * @param expires days since 1970-01-01 UTC, later than {@code issued}
 */
public record Validity(long issued, long expires) {
    /** How long a certificate holds unless the newsroom says otherwise. */
    public static final int CERTIFICATE_DAYS = 400;
    /** How long a roster holds unless the newsroom says otherwise: so long a station can hide that a journalist was revoked. */
    public static final int ROSTER_DAYS = 90;

    private static final long SECONDS_PER_DAY = 86_400;
    private static final long LAST_DAY = 1_000_000;

    public Validity {
        if (issued < 0 || expires <= issued || expires > LAST_DAY) {
            throw new IllegalArgumentException("not a validity");
        }
    }

    /** From today for {@code days}. */
    public static Validity from(Instant now, int days) {
        return new Validity(day(now), day(now) + days);
    }

    public static long day(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), SECONDS_PER_DAY);
    }

    /** Refuses a day before {@link #issued}, less one for clocks and time zones, and from {@link #expires} on. */
    public void check(Instant now, String what) throws MalformedException {
        if (day(now) < issued - 1) {
            throw new MalformedException(Reason.OUT_OF_DATE, what + ": issued in the future");
        }
        if (day(now) >= expires) {
            throw new MalformedException(Reason.OUT_OF_DATE, what + ": expired");
        }
    }

    String lines() {
        return "issued " + issued + "\nexpires " + expires + "\n";
    }

    static Validity read(NoteLines lines, String what) throws MalformedException {
        long issued = lines.number("issued", 0, LAST_DAY);
        long expires = lines.number("expires", 0, LAST_DAY);
        if (expires <= issued) {
            throw new MalformedException(Reason.BAD_FIELD, what + ": expires before it is issued");
        }
        return new Validity(issued, expires);
    }
}
