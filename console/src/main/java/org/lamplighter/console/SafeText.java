package org.lamplighter.console;

import java.util.List;

/**
 * Text by strangers, made harmless for a terminal. A message must not move the cursor, change colours, clear the screen, set
 * the title, write backwards, or hide what it says; and it must not look like a line of this program.
 *
 * <p>Control characters (so every escape sequence loses its first byte), format characters (so bidirectional overrides and
 * invisible letters), line and paragraph separators, lone surrogates and code points without a meaning are shown by their
 * number, as {@code <U+202E>}. Only the two joiners that scripts and emoji are written with pass. Of marks piled up on one
 * letter, which would run over the lines above and below, the first four are shown and the others counted, as
 * {@code <+30 marks>}; no script needs more.
 */
public final class SafeText {
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    private static final int MOST_MARKS = 4;
    private static final String TAB = "    ";
    private static final String QUOTE = "  | ";

    private SafeText() {}

    /** One line; line breaks are shown by their number too. For names and whatever stands inside a line of ours. */
    public static String line(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int marks = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (isMark(point)) {
                marks++;
            } else if (!isJoiner(point)) {
                appendLeftOut(out, marks);
                marks = 0;
            }
            // A joiner between two marks does not begin a new pile.
            if (marks <= MOST_MARKS) {
                append(out, point);
            }
        }
        appendLeftOut(out, marks);
        return out.toString();
    }

    /**
     * The lines of a text, each behind a bar that no line of ours begins with. CR LF and CR end a line as LF does, a tab
     * becomes four spaces.
     */
    public static List<String> quoted(String text) {
        return text.lines().map(line -> QUOTE + line(line.replace("\t", TAB))).toList();
    }

    private static void append(StringBuilder out, int point) {
        if (isHarmless(point)) {
            out.appendCodePoint(point);
        } else {
            out.append(String.format("<U+%04X>", point));
        }
    }

    private static void appendLeftOut(StringBuilder out, int marks) {
        if (marks > MOST_MARKS) {
            out.append("<+").append(marks - MOST_MARKS).append(" marks>");
        }
    }

    private static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    private static boolean isJoiner(int point) {
        return point == NON_JOINER || point == JOINER;
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            case Character.FORMAT -> isJoiner(point);
            default -> true;
        };
    }
}
