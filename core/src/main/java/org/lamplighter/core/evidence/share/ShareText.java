package org.lamplighter.core.evidence.share;

import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** Reads the lines of a share as people write them; the last line, which is secret, never becomes a string. */
final class ShareText {
    private final char[] text;
    private int at;

    ShareText(char[] text) {
        this.text = text;
    }

    /** The next line that is not empty, without the space around it. */
    String next() throws MalformedException {
        skipSpace();
        if (at == text.length) {
            throw new MalformedException(Reason.TRUNCATED, "share: a line is missing");
        }
        int start = at;
        while (at < text.length && text[at] != '\n' && text[at] != '\r') {
            at++;
        }
        return CharBuffer.wrap(text, start, at - start).toString().strip();
    }

    /** The value of the next line, whose key must be {@code key}. */
    String value(String key) throws MalformedException {
        expect(key);
        return next();
    }

    /** The {@code count} words after {@code key}, on whatever number of lines. */
    List<String> words(String key, int count) throws MalformedException {
        expect(key);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            skipSpace();
            int start = at;
            while (at < text.length && !isSpace(text[at])) {
                at++;
            }
            if (at == start) {
                throw new MalformedException(Reason.TRUNCATED, "share: the line " + key + " is not whole");
            }
            words.add(String.valueOf(text, start, at - start));
        }
        return words;
    }

    /** A copy of everything after {@code key}, on whatever number of lines. */
    char[] rest(String key) throws MalformedException {
        expect(key);
        return Arrays.copyOfRange(text, at, text.length);
    }

    private void expect(String key) throws MalformedException {
        skipSpace();
        int end = at + key.length();
        boolean found = end < text.length
                && CharBuffer.wrap(text, at, key.length()).compareTo(CharBuffer.wrap(key)) == 0
                && isSpace(text[end]);
        if (!found) {
            throw new MalformedException(
                    at == text.length ? Reason.TRUNCATED : Reason.BAD_FIELD, "share: expected line " + key);
        }
        at = end;
    }

    private void skipSpace() {
        while (at < text.length && isSpace(text[at])) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
