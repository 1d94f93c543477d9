package org.lamplighter.testkit.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Changes to a document as an input: with it a fuzzer works inside a long document, or one that is signed after the change, and its
 * inputs stay short. An input is a row of {@code offset u16 || length u8 || bytes}, where the two highest bits of the length say
 * what is done with the bytes.
 */
public final class Patch {
    private static final int LENGTH = 0x3f;
    private static final int INSERT = 0x40;
    private static final int DELETE = 0x80;

    private Patch() {}

    /** {@code document} after the changes in {@code input}, any bytes whatever; no change for an empty input. */
    public static byte[] apply(byte[] document, byte[] input) {
        ByteBuffer in = ByteBuffer.wrap(input);
        byte[] out = document;
        while (in.remaining() >= 3) {
            int place = in.getShort() & 0xffff;
            int operation = in.get() & 0xff;
            // Two bytes reach any place of 64 KiB; a longer document is divided into as many.
            int step = 1 + document.length / 0x10000;
            int at = (int) Math.min(out.length, (long) place * step);
            out = change(out, at, operation, in);
        }
        return out.clone();
    }

    private static byte[] change(byte[] document, int at, int operation, ByteBuffer in) {
        int length = operation & LENGTH;
        if ((operation & DELETE) != 0) {
            int end = Math.min(document.length, at + length);
            return splice(document, at, end, new byte[0]);
        }
        byte[] bytes = new byte[Math.min(length, in.remaining())];
        in.get(bytes);
        boolean insert = (operation & INSERT) != 0;
        return splice(document, at, insert ? at : Math.min(document.length, at + bytes.length), bytes);
    }

    private static byte[] splice(byte[] document, int from, int to, byte[] bytes) {
        byte[] out = Arrays.copyOf(document, document.length - (to - from) + bytes.length);
        System.arraycopy(bytes, 0, out, from, bytes.length);
        System.arraycopy(document, to, out, from + bytes.length, document.length - to);
        return out;
    }
}
