package org.lamplighter.core.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the fields that {@link ByteReader} reads: big-endian numbers, raw bytes, length-prefixed UTF-8. A value that does
 * not fit is a fault of the caller. One thread at a time.
 */
public final class ByteWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public ByteWriter u8(int value) {
        return number(value, 1);
    }

    public ByteWriter u16(int value) {
        return number(value, 2);
    }

    public ByteWriter u32(long value) {
        return number(value, 4);
    }

    public ByteWriter u64(long value) {
        return number(value, 8);
    }

    public ByteWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** UTF-8 behind a 16-bit length in bytes. */
    public ByteWriter text16(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return u16(utf8.length).bytes(utf8);
    }

    /** UTF-8 behind a 32-bit length in bytes. */
    public ByteWriter text32(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return u32(utf8.length).bytes(utf8);
    }

    /** ASCII as it is, without a length: for labels. */
    public ByteWriter ascii(String label) {
        return bytes(label.getBytes(StandardCharsets.US_ASCII));
    }

    /** Zero bytes up to a total size of {@code size}. */
    public ByteWriter padTo(int size) {
        if (out.size() > size) {
            throw new IllegalArgumentException("longer than " + size + " bytes");
        }
        return bytes(new byte[size - out.size()]);
    }

    /** Bytes written so far. */
    public int size() {
        return out.size();
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }

    private ByteWriter number(long value, int length) {
        if (value < 0 || (length < 8 && value >>> (8 * length) != 0)) {
            throw new IllegalArgumentException("number does not fit in " + length + " bytes");
        }
        for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
        return this;
    }
}
