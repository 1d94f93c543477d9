package org.lamplighter.desk.vault;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/**
 * The vault could not do what was asked. Whatever the reason, what was in the vault before is still in it. The text names
 * files and entries of the vault, never their content.
 */
public final class VaultException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Reason {
        /** The folder is not empty, so no vault can be made there. */
        NOT_EMPTY,
        /** The folder holds no vault. */
        NOT_A_VAULT,
        /** Another program, or another part of this one, has the vault open. */
        IN_USE,
        /** The passphrase is not that of this vault, or the file with the wrapped key was changed: the two look alike. */
        WRONG_PASSPHRASE,
        /** An entry does not open: bytes were changed or are missing. The other entries are not affected. */
        DAMAGED,
        /** No room is left on the disk. */
        DISK_FULL,
        /** Reading or writing failed. */
        FAILED
    }

    private final Reason reason;

    VaultException(Reason reason, String what) {
        super(what);
        this.reason = reason;
    }

    private VaultException(Reason reason, String what, IOException cause) {
        super(what, cause);
        this.reason = reason;
    }

    /** The failure of a file operation on the vault, told apart into "disk full" and everything else. */
    public static VaultException of(String what, IOException cause) {
        return new VaultException(isDiskFull(cause) ? Reason.DISK_FULL : Reason.FAILED, what, cause);
    }

    public Reason reason() {
        return reason;
    }

    /** The JDK has no type for a full disk; the operating system's text is all there is. */
    private static boolean isDiskFull(IOException cause) {
        String reason =
                cause instanceof FileSystemException f && f.getReason() != null ? f.getReason() : cause.getMessage();
        if (reason == null) {
            return false;
        }
        String text = reason.toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded") || text.contains("not enough space");
    }
}
