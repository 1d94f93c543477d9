package org.lamplighter.core.primitive;

import java.nio.charset.StandardCharsets;

/** Byte strings as the standards write them down. */
final class Bytes {
    static final byte[] EMPTY = new byte[0];

    private Bytes() {}

    /** The parts one after the other. */
    static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** I2OSP(value, 2) of RFC 8017. */
    static byte[] u16(int value) {
        return new byte[] {(byte) (value >>> 8), (byte) value};
    }
}
