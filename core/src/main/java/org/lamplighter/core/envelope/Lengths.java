package org.lamplighter.core.envelope;

import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** Lengths that are fixed. */
final class Lengths {
    private Lengths() {}

    static void check(byte[] bytes, int length, String what) throws MalformedException {
        if (bytes.length != length) {
            throw new MalformedException(
                    bytes.length < length ? Reason.TRUNCATED : Reason.TRAILING_BYTES, what + ": wrong length");
        }
    }
}
