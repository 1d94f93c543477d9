package org.lamplighter.core.wire;

import java.util.Base64;
import org.lamplighter.core.wire.MalformedException.Reason;

/** Base64 of the standard alphabet with padding, in its one canonical form (docs/spec 0.1). */
public final class Base64Text {
    private Base64Text() {}

    public static String format(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Exactly {@code length} bytes; missing padding, bits after the end and any other length are refused. */
    public static byte[] parse(String text, int length, String what) throws MalformedException {
        if (text.length() != 4L * ((length + 2) / 3)) {
            throw new MalformedException(Reason.BAD_FIELD, what + ": base64 of another length");
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            // The decoder ignores bits after the end: two texts would then mean the same bytes.
            if (bytes.length != length || !format(bytes).equals(text)) {
                throw new MalformedException(Reason.NOT_CANONICAL, what + ": base64 is not canonical");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new MalformedException(Reason.BAD_FIELD, what + ": not base64");
        }
    }
}
