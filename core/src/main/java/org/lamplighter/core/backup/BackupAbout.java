package org.lamplighter.core.backup;

import java.nio.charset.StandardCharsets;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.wire.MalformedException;

/**
 * The first file of a backup: of which moment it is (docs/spec 9.5). Immutable.
 *
 * @param epoch the last epoch that the folder knew; 0 when none
 * @param time unix seconds of that epoch; 0 when none
 */
public record BackupAbout(long epoch, long time) {
    /** The path of the file. */
    public static final String PATH = "about";

    /** It is never longer, in bytes. */
    public static final int MAX_BYTES = 256;

    private static final String TITLE = "lamplighter-backup/v1";
    private static final String WHAT = "backup";

    public byte[] toByteArray() {
        return (TITLE + "\nepoch " + epoch + "\ntime " + time + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    public static BackupAbout parse(byte[] document) throws MalformedException {
        NoteLines lines = NoteLines.ofUnsigned(document, TITLE, WHAT);
        long epoch = lines.number("epoch", 0, Long.MAX_VALUE);
        long time = lines.number("time", 0, 1L << 40);
        lines.end();
        return new BackupAbout(epoch, time);
    }
}
