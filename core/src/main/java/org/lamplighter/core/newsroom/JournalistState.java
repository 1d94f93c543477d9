package org.lamplighter.core.newsroom;

import java.util.Locale;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** What a roster says of a journalist (docs/spec 1.3). */
public enum JournalistState {
    /** May be written to. */
    ACTIVE,
    /** No longer written to; what they wrote is still theirs. */
    LEFT,
    /** Somebody else may hold the keys: nothing under them is believed. */
    COMPROMISED;

    public static JournalistState parse(String word) throws MalformedException {
        for (JournalistState state : values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        throw new MalformedException(Reason.BAD_FIELD, "state: not active, left or compromised");
    }

    /** The word in a roster. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
