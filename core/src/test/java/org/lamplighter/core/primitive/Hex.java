package org.lamplighter.core.primitive;

import java.util.HexFormat;
import java.util.Random;

/** Bytes for tests: from hex, seeded, and with one bit changed. */
public final class Hex {
    private Hex() {}

    public static byte[] hex(String... parts) {
        return HexFormat.of().parseHex(String.join("", parts));
    }

    public static byte[] seeded(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    public static byte[] flipped(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        copy[at] ^= 1;
        return copy;
    }
}
