package org.lamplighter.core.wire;

import java.util.HexFormat;
import org.lamplighter.core.wire.MalformedException.Reason;

/** Lower-case hex, the one form that docs/spec 0.1 allows. */
public final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    /** Two lower-case digits a byte. */
    public static String format(byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }

    /** Exactly {@code length} bytes; upper case, white space and any other length are refused. */
    public static byte[] parse(String text, int length, String what) throws MalformedException {
        if (text.length() != 2L * length || !text.chars().allMatch(Hex::isLowerDigit)) {
            throw new MalformedException(Reason.BAD_FIELD, what + ": not " + length + " bytes of lower-case hex");
        }
        return FORMAT.parseHex(text);
    }

    private static boolean isLowerDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
