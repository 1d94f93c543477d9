package org.lamplighter.desk.inbox;

import org.lamplighter.core.wire.JournalistId;

/** Who wrote a message of a conversation. */
public sealed interface Author {
    /** The source whose conversation it is. */
    record Source() implements Author {}

    /** The journalist whose vault this is. */
    record Me() implements Author {}

    /** Another journalist, who sent a copy; {@code name} is that of the roster when the copy came. */
    record Colleague(JournalistId id, String name) implements Author {}

    /** Distinguishes authors in names of entries. */
    default String tag() {
        return switch (this) {
            case Source source -> "source";
            case Me me -> "me";
            case Colleague colleague -> colleague.id().hex();
        };
    }
}
