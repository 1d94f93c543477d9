package org.lamplighter.core.newsroom;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * The name of a journalist or trustee (docs/spec 1.3): 1 to 64 characters that show, so that it can stand in a line and
 * cannot pose as other text. No control, format (bidi), line or private characters, no letters that are invisible, and no
 * space but U+0020, which is neither first nor last nor twice in a row. Immutable.
 */
public record PersonName(String text) {
    private static final int MAX_CHARACTERS = 64;

    /** Letters and marks that show nothing: combining grapheme joiner, Hangul fillers, blank Braille pattern. */
    private static final Set<Integer> INVISIBLE = Set.of(0x034f, 0x115f, 0x1160, 0x2800, 0x3164, 0xffa0);

    public PersonName {
        if (!isName(text)) {
            throw new IllegalArgumentException("not a name");
        }
    }

    public static PersonName parse(String text) throws MalformedException {
        if (!isName(text)) {
            throw new MalformedException(
                    Reason.BAD_FIELD, "name: 1 to 64 visible characters, no space first, last or twice");
        }
        return new PersonName(text);
    }

    private static boolean isName(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= 1
                && length <= MAX_CHARACTERS
                && !text.startsWith(" ")
                && !text.endsWith(" ")
                && !text.contains("  ")
                && text.codePoints().allMatch(PersonName::isShown);
    }

    private static boolean isShown(int character) {
        if (INVISIBLE.contains(character)) {
            return false;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE -> false;
            // Unassigned ones pass: which they are depends on the Unicode version, and readers must agree.
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }

    /**
     * A typed name: white space at the ends goes, in between becomes one space, and letters with marks are composed
     * (Unicode normalization form C), so that the same name typed on two machines is the same.
     */
    public static PersonName typed(String text) throws MalformedException {
        return parse(Normalizer.normalize(text.strip(), Normalizer.Form.NFC).replaceAll("\\s+", " "));
    }

    /** Whether people could take one for the other: the same but for case, width and ways to write an accent. */
    public boolean looksLike(PersonName other) {
        return skeleton().equals(other.skeleton());
    }

    private String skeleton() {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text;
    }
}
