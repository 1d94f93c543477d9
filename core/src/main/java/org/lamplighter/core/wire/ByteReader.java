package org.lamplighter.core.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * Reads big-endian fields from a byte array and refuses whatever is short, long or out of range
 * (docs/spec/00-conventions.md). One thread at a time.
 */
public final class ByteReader {
    private final ByteBuffer buffer;
    private final String what;

    private ByteReader(ByteBuffer buffer, String what) {
        this.buffer = buffer;
        this.what = what;
    }

    /** Reads {@code bytes}, which must not change meanwhile; {@code what} names the object in errors. */
    public static ByteReader of(byte[] bytes, String what) {
        return new ByteReader(ByteBuffer.wrap(bytes), what);
    }

    /** Bytes that are left. */
    public int remaining() {
        return buffer.remaining();
    }

    /** Reads one byte and refuses any other value than {@code expected}. */
    public void version(int expected) throws MalformedException {
        if (u8() != expected) {
            throw new MalformedException(Reason.UNKNOWN_VERSION, what + ": unknown version");
        }
    }

    public int u8() throws MalformedException {
        need(1);
        return buffer.get() & 0xff;
    }

    public int u16() throws MalformedException {
        need(2);
        return buffer.getShort() & 0xffff;
    }

    /** An unsigned 32-bit number. */
    public long u32() throws MalformedException {
        need(4);
        return buffer.getInt() & 0xffff_ffffL;
    }

    /** An unsigned 64-bit number below 2^63; larger ones are refused. */
    public long u64() throws MalformedException {
        need(8);
        long value = buffer.getLong();
        if (value < 0) {
            throw new MalformedException(Reason.BAD_FIELD, what + ": number too large");
        }
        return value;
    }

    /** Exactly {@code length} bytes, as a new array. */
    public byte[] bytes(int length) throws MalformedException {
        need(length);
        byte[] out = new byte[length];
        buffer.get(out);
        return out;
    }

    /** UTF-8 text behind a 16-bit length in bytes, of at most {@code maxBytes}. */
    public String text16(int maxBytes) throws MalformedException {
        return text(u16(), maxBytes);
    }

    /** UTF-8 text behind a 32-bit length in bytes, of at most {@code maxBytes}. */
    public String text32(int maxBytes) throws MalformedException {
        return text(u32(), maxBytes);
    }

    /** Refuses anything but zero bytes up to the end. */
    public void zerosToEnd() throws MalformedException {
        int seen = 0;
        while (buffer.hasRemaining()) {
            seen |= buffer.get();
        }
        if (seen != 0) {
            throw new MalformedException(Reason.NOT_CANONICAL, what + ": padding is not zero");
        }
    }

    /** Refuses bytes that are left over. */
    public void end() throws MalformedException {
        if (buffer.hasRemaining()) {
            throw new MalformedException(Reason.TRAILING_BYTES, what + ": bytes after the end");
        }
    }

    private String text(long length, int maxBytes) throws MalformedException {
        if (length > maxBytes) {
            throw new MalformedException(Reason.TOO_LARGE, what + ": text too long");
        }
        byte[] utf8 = bytes((int) length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException(Reason.BAD_FIELD, what + ": text is not UTF-8");
        }
    }

    private void need(int length) throws MalformedException {
        if (length < 0 || buffer.remaining() < length) {
            throw new MalformedException(Reason.TRUNCATED, what + ": too short");
        }
    }
}
