package org.lamplighter.station.store;

import java.io.IOException;

/** The store could not read or write. Nothing of the failed call is kept. */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What an operator has to do about it. */
    public enum Kind {
        /** No space is left on the disk. */
        FULL,
        /** The disk cannot be written, and what is on it cannot be read without. */
        READ_ONLY,
        /** Another process holds the store. */
        BUSY,
        /** Made by a newer version of this program. */
        NEWER,
        /** Not a store of this program, or damaged. */
        DAMAGED,
        /** Anything else that the disk or the driver says. */
        FAILED
    }

    private final Kind kind;

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
