package org.lamplighter.core.newsroom;

import org.lamplighter.core.note.NoteKey;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.wire.NewsroomId;

/** A newsroom's root verifying key: what a client pins, one line (docs/spec 1.1). Immutable and thread-safe. */
public record NewsroomKey(Origin origin, VerifyingKey key) {
    /** Reads the line {@code ORIGIN/newsroom+ID+KEY}, with or without its end. */
    public static NewsroomKey parse(String line) throws MalformedException {
        NoteKey note = NoteKey.parse(line.endsWith("\n") ? line.substring(0, line.length() - 1) : line);
        String suffix = "/newsroom";
        if (!note.name().endsWith(suffix)) {
            throw new MalformedException(Reason.BAD_FIELD, "newsroom key: not the key of a newsroom");
        }
        Origin origin = Origin.parse(note.name().substring(0, note.name().length() - suffix.length()));
        return new NewsroomKey(origin, note.key());
    }

    /** The line that {@link #parse} reads, without its end. */
    public String format() {
        return noteKey().format();
    }

    /** NR = SHA-256 of the root verifying key (docs/spec 0.8). */
    public NewsroomId id() {
        return NewsroomId.copyOf(Sha256.digest(key.toByteArray()));
    }

    public Fingerprint fingerprint() {
        return Fingerprint.of(key.toByteArray());
    }

    NoteKey noteKey() {
        return new NoteKey(origin.rootName(), key);
    }
}
