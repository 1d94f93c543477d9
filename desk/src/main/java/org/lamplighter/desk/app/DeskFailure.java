package org.lamplighter.desk.app;

/** What was asked cannot be done, for a reason that the journalist can understand. Holds nothing of any message. */
public final class DeskFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Kinds of reasons. */
    public enum Kind {
        /** The newsroom's roster does not list this journalist. */
        NOT_ENROLLED,
        /** The roster lists this journalist as left or compromised. */
        REVOKED,
        /** The station shows an older roster or certificate than it showed before. */
        WENT_BACK,
        /** No conversation has this designation. */
        UNKNOWN_CONVERSATION,
        /** No message has this number. */
        UNKNOWN_MESSAGE,
        /** There is no message by the source that one could answer. */
        NOTHING_TO_ANSWER,
        /** A reply that does not fit in eight bundles, or that is empty. */
        TEXT_LENGTH,
        /** The message has no files. */
        NO_EVIDENCE,
        /** The files' keys are sealed, and were not opened yet. */
        SEALED,
        /** The files' keys are not sealed, or not to this holder. */
        NOT_SEALED,
        /** The sealed keys were seen before, under other files. */
        COPIED,
        /** Shares that do not open the sealed keys. */
        SHARES,
        /** The vault lacks what every vault has. */
        DAMAGED
    }

    private final Kind kind;
    private final String hint;

    /** {@code error} says what is wrong, {@code hint} what to do next; one line each, lower case, without a full stop. */
    DeskFailure(Kind kind, String error, String hint) {
        super(error);
        this.kind = kind;
        this.hint = hint;
    }

    public Kind kind() {
        return kind;
    }

    public String error() {
        return String.valueOf(getMessage());
    }

    public String hint() {
        return hint;
    }
}
