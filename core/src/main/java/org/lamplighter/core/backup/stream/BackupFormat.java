package org.lamplighter.core.backup.stream;

import java.util.regex.Pattern;
import org.lamplighter.core.backup.BackupKind;
import org.lamplighter.core.backup.BackupRecipient;
import org.lamplighter.core.primitive.XWing;
import org.lamplighter.core.wire.ByteWriter;

/** Lengths, labels and names of the format (docs/spec 9.2, 9.4). */
public final class BackupFormat {
    /** The first bytes of a backup. */
    public static final String MAGIC = "LLBK";

    public static final int VERSION = 1;

    /** Bytes of the prelude, which is bound to the sealed key: magic, version, kind, id of the recipient. */
    public static final int PRELUDE_BYTES = 4 + 1 + 1 + BackupRecipient.ID_BYTES;

    /** Bytes of the key of a stream. */
    public static final int STREAM_KEY_BYTES = 32;

    /** Bytes of the sealed key: X-Wing ciphertext, key, tag. */
    public static final int SEALED_KEY_BYTES = XWing.CIPHERTEXT_BYTES + STREAM_KEY_BYTES + 16;

    /** Most bytes of a path. */
    public static final int MAX_PATH_BYTES = 255;

    /** What an item is. */
    public static final int END = 0;

    public static final int FILE = 1;
    public static final int FOLDER = 2;

    private static final Pattern PATH =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,3}");

    private BackupFormat() {}

    /** The prelude of a backup. */
    public static byte[] prelude(BackupKind kind, byte[] recipient) {
        return new ByteWriter()
                .ascii(MAGIC)
                .u8(VERSION)
                .u8(kind.code())
                .bytes(recipient)
                .toByteArray();
    }

    /** The info under which the key of the stream is sealed. */
    public static byte[] info(byte[] prelude) {
        return new ByteWriter().ascii("lamplighter/backup/v1").bytes(prelude).toByteArray();
    }

    /** One to four names, none of which begins with a dot: nothing in a backup can lead out of the folder. */
    public static boolean isPath(String path) {
        return path.length() <= MAX_PATH_BYTES && PATH.matcher(path).matches();
    }
}
