package org.lamplighter.core.note;

import java.util.Optional;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** Reads the {@code KEY VALUE} lines of a document in the order given, none missing, none more. One thread at a time. */
public final class NoteLines {
    private final String[] lines;
    private final String what;
    private int next;

    private NoteLines(String[] lines, String what) {
        this.lines = lines;
        this.what = what;
    }

    /** Reads the text of a verified note, or of a document without signature, whose first line must be {@code title}. */
    public static NoteLines of(String text, String title, String what) throws MalformedException {
        if (!text.endsWith("\n")) {
            throw new MalformedException(Reason.TRUNCATED, what + ": the last line has no end");
        }
        NoteLines lines = new NoteLines(text.substring(0, text.length() - 1).split("\n", -1), what);
        if (!lines.lines[0].equals(title)) {
            throw new MalformedException(Reason.UNKNOWN_VERSION, what + ": does not begin with " + title);
        }
        lines.next = 1;
        return lines;
    }

    /** As {@link #of}, from bytes that carry no signature. */
    public static NoteLines ofUnsigned(byte[] bytes, String title, String what) throws MalformedException {
        return of(SignedNote.decode(bytes, what), title, what);
    }

    /** The value of the next line, whose key must be {@code key}. */
    public String value(String key) throws MalformedException {
        return optional(key)
                .orElseThrow(() -> new MalformedException(Reason.BAD_FIELD, what + ": expected line " + key));
    }

    /** The value of the next line when its key is {@code key}; otherwise nothing is read. */
    public Optional<String> optional(String key) {
        if (next == lines.length || !lines[next].startsWith(key + " ")) {
            return Optional.empty();
        }
        return Optional.of(lines[next++].substring(key.length() + 1));
    }

    /** A decimal number without sign or leading zeros, from {@code min} to {@code max}. */
    public long number(String key, long min, long max) throws MalformedException {
        return number(value(key), key, min, max);
    }

    /** Reads one number that stands within a line. */
    public long number(String text, String key, long min, long max) throws MalformedException {
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw new MalformedException(Reason.BAD_FIELD, what + ": " + key + " is not a number");
        }
        long number = Long.parseLong(text);
        if (number < min || number > max) {
            throw new MalformedException(Reason.BAD_FIELD, what + ": " + key + " is not from " + min + " to " + max);
        }
        return number;
    }

    /** Refuses lines that are left over. */
    public void end() throws MalformedException {
        if (next != lines.length) {
            throw new MalformedException(Reason.TRAILING_BYTES, what + ": unexpected line");
        }
    }
}
