package org.lamplighter.core.primitive.ristretto;

import java.math.BigInteger;

/** Numbers as the tests compare them with the bytes of this package. */
final class LittleEndian {
    private LittleEndian() {}

    /** The {@code length} bytes of a number that is not negative and fits in them. */
    static byte[] bytes(BigInteger number, int length) {
        byte[] bigEndian = number.toByteArray();
        byte[] bytes = new byte[length];
        for (int i = 0; i < Math.min(length, bigEndian.length); i++) {
            bytes[i] = bigEndian[bigEndian.length - 1 - i];
        }
        return bytes;
    }

    static BigInteger number(byte[] bytes) {
        byte[] bigEndian = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            bigEndian[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, bigEndian);
    }
}
