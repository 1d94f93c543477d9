package org.lamplighter.core.newsroom;

import java.util.Arrays;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** The number that each document of a kind carries, one more than its predecessor's (docs/spec 1.3). */
final class Serial {
    private Serial() {}

    /** Refuses to go back, and to have two documents under one number. */
    static void checkSuccessor(long serial, byte[] note, long newerSerial, byte[] newerNote, String what)
            throws MalformedException {
        if (newerSerial < serial) {
            throw new MalformedException(Reason.OUT_OF_DATE, what + ": older than the one in force");
        }
        if (newerSerial == serial && !Arrays.equals(newerNote, note)) {
            throw new MalformedException(
                    Reason.OUT_OF_DATE, what + ": another one with the serial of the one in force");
        }
    }
}
