package org.lamplighter.core.evidence.seal;

/**
 * A file that is not, or no longer, what was announced. Its chunks so far are worthless: their keys are gone, and a new
 * attempt begins with new ones (docs/spec 5.6).
 */
public final class FileChangedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** How it differs. */
    public enum Reason {
        /** It ended before the announced size. */
        SHORTER,
        /** It goes on after the announced size. */
        LONGER,
        /** As long as announced, with other content than at the first reading. */
        OTHER_CONTENT
    }

    private final Reason reason;

    FileChangedException(Reason reason) {
        super(
                switch (reason) {
                    case SHORTER -> "the file is shorter than announced";
                    case LONGER -> "the file is longer than announced";
                    case OTHER_CONTENT -> "the file changed between two readings";
                });
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
