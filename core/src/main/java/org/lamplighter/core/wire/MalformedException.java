package org.lamplighter.core.wire;

/**
 * Bytes or text from outside that are not what the specification says. One per parser boundary; the reason is a fact
 * about the input and never holds any of its content, so it may be shown and logged.
 */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the input did wrong; tests assert this and not the text. */
    public enum Reason {
        /** Shorter than its fields, or than the fixed size. */
        TRUNCATED,
        /** Bytes after the end. */
        TRAILING_BYTES,
        /** A version byte or first line that this program does not know. */
        UNKNOWN_VERSION,
        /** A field outside its range, or of another form than the specification's. */
        BAD_FIELD,
        /** Longer or more than the ceiling. */
        TOO_LARGE,
        /** Not the one encoding that the value has. */
        NOT_CANONICAL,
        /** The identity element where a key or a hint is expected. */
        IDENTITY,
        /** A signature that does not verify, or that is missing. */
        BAD_SIGNATURE,
        /** Signed, but by or for somebody else. */
        WRONG_SIGNER,
        /** Not valid at this time. */
        OUT_OF_DATE,
        /** A hash that differs from the one announced. */
        WRONG_HASH
    }

    private final Reason reason;

    /** {@code what} names the object and the field, lower case, without content of the input. */
    public MalformedException(Reason reason, String what) {
        super(what);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
