package org.lamplighter.core.message;

import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** What a structured message is (docs/spec/03-message.md 3.1). */
public enum MessageKind {
    /** A source to journalists: {@link SubmissionDocument}. */
    SUBMISSION(1),
    /** A journalist to a source, with copies to colleagues: {@link ReplyDocument}. */
    REPLY(2),
    /** A journalist's replies once more, before they expire: {@link ThreadDocument}. */
    THREAD(3),
    /** The sender to itself: {@link SelfCopy}. */
    SELF_COPY(4),
    /** Nobody to nobody; never seen by a reader. */
    DECOY(5);

    private final int code;

    MessageKind(int code) {
        this.code = code;
    }

    /** The byte on the wire. */
    public int code() {
        return code;
    }

    /** Whether the document may be spread over more than one message. */
    boolean mayHaveParts() {
        return this == REPLY || this == THREAD;
    }

    static MessageKind of(int code) throws MalformedException {
        for (MessageKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new MalformedException(Reason.BAD_FIELD, "structured message: unknown kind");
    }
}
