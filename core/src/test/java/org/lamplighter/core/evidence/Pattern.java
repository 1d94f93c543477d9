package org.lamplighter.core.evidence;

import java.io.InputStream;

/** Content of any length that needs no memory: byte i is 131 i + 7 floor(i / 65,536) + floor(i / 256), modulo 256. */
public final class Pattern extends InputStream {
    private final long size;
    private long at;

    public Pattern(long size) {
        this.size = size;
    }

    public static byte[] bytes(int size) {
        byte[] out = new byte[size];
        for (int i = 0; i < size; i++) {
            out[i] = at(i);
        }
        return out;
    }

    public static byte at(long i) {
        return (byte) (131 * i + 7 * (i >> 16) + (i >> 8));
    }

    @Override
    public int read() {
        return at == size ? -1 : at(at++) & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length > 0 && at == size) {
            return -1;
        }
        int count = (int) Math.min(length, size - at);
        for (int i = 0; i < count; i++) {
            buffer[offset + i] = at(at++);
        }
        return count;
    }
}
