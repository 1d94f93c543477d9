package org.lamplighter.core.newsroom;

import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * The name of a journalist or trustee (docs/spec 1.3): 1 to 64 characters without control, format (bidi) or line
 * characters and without space at either end, so that it can stand in a line and cannot pose as other text. Immutable.
 */
public record PersonName(String text) {
    private static final int MAX_CHARACTERS = 64;

    public PersonName {
        if (!isName(text)) {
            throw new IllegalArgumentException("not a name");
        }
    }

    public static PersonName parse(String text) throws MalformedException {
        if (!isName(text)) {
            throw new MalformedException(
                    Reason.BAD_FIELD, "name: 1 to 64 characters, no control characters, no space at the ends");
        }
        return new PersonName(text);
    }

    private static boolean isName(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= 1
                && length <= MAX_CHARACTERS
                && text.equals(text.strip())
                && text.codePoints().allMatch(PersonName::isShown);
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
