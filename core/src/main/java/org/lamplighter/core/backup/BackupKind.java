package org.lamplighter.core.backup;

import java.util.Arrays;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** Whose folder a backup holds (docs/spec 9.2). */
public enum BackupKind {
    STATION(1),
    JOURNALIST(2);

    private final int code;

    BackupKind(int code) {
        this.code = code;
    }

    /** The byte in the header. */
    public int code() {
        return code;
    }

    /** The kind of this byte; {@code BAD_FIELD} when there is none. */
    public static BackupKind of(int code) throws MalformedException {
        return Arrays.stream(values())
                .filter(kind -> kind.code == code)
                .findFirst()
                .orElseThrow(() -> new MalformedException(Reason.BAD_FIELD, "backup: of an unknown kind"));
    }
}
