package org.lamplighter.desk.inbox;

import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MessageId;

/** What became of one opened envelope. */
public sealed interface Sorted {
    /** New, and in the vault. */
    record Kept(MessageKey message) implements Sorted {}

    /** By a colleague; in the vault, and waiting for {@link Sorter#settle}, for its other parts, or for the message that it answers. */
    record Waiting() implements Sorted {}

    /** Known already: the mailbox is read again and again, and a station may repeat what it likes. */
    record Known() implements Sorted {}

    /** A copy of something this journalist sent, named by id and hash. */
    record OwnCopy(MessageId id, Digest message) implements Sorted {}

    /** Left out. */
    record Refused(Refusal reason) implements Sorted {}
}
