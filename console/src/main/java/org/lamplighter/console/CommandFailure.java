package org.lamplighter.console;

/**
 * A command that cannot do what was asked, for a reason that its user can understand and act on. Shown as two lines,
 * {@code error: …} and {@code hint: …}; the exit code is 1. Holds nothing secret: both lines end up in terminals and logs.
 */
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String hint;

    private CommandFailure(String error, String hint) {
        super(error);
        this.hint = hint;
    }

    /** {@code error} says what is wrong, {@code hint} what to do next; each is one line, lower case, without a full stop. */
    public static CommandFailure of(String error, String hint) {
        return new CommandFailure(error, hint);
    }

    public String error() {
        return String.valueOf(getMessage());
    }

    public String hint() {
        return hint;
    }
}
