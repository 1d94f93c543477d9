package org.lamplighter.core.evidence.share;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sharing by tables of powers, with whatever coefficients are given: an oracle, and a home for planted faults. */
final class NaiveShamir {
    private static final int[] LOG = new int[256];
    private static final int[] POWER = new int[512];

    static {
        // 3 generates the field: powers by repeated x + 1.
        int value = 1;
        for (int i = 0; i < 255; i++) {
            POWER[i] = value;
            POWER[i + 255] = value;
            LOG[value] = i;
            int twice = value << 1;
            value ^= twice >= 256 ? twice ^ 0x11b : twice;
        }
    }

    private NaiveShamir() {}

    /** How shares are made from a secret. */
    @FunctionalInterface
    interface Splitter {
        List<byte[]> split(byte[] secret, int threshold, int count, SecureRandom random);
    }

    static int multiply(int a, int b) {
        return a == 0 || b == 0 ? 0 : POWER[LOG[a] + LOG[b]];
    }

    /** {@code coefficients[d - 1][b]} belongs to x^d in byte b. */
    static List<byte[]> split(byte[] secret, byte[][] coefficients, int count) {
        List<byte[]> shares = new ArrayList<>();
        for (int x = 1; x <= count; x++) {
            byte[] share = secret.clone();
            int power = 1;
            for (byte[] row : coefficients) {
                power = multiply(power, x);
                for (int b = 0; b < share.length; b++) {
                    share[b] ^= (byte) multiply(row[b] & 0xff, power);
                }
            }
            shares.add(share);
        }
        return shares;
    }

    /** The planted fault of libraries that take 0 for a bad coefficient. */
    static List<byte[]> splitWithoutZero(byte[] secret, int threshold, int count, SecureRandom random) {
        byte[][] coefficients = new byte[threshold - 1][secret.length];
        for (byte[] row : coefficients) {
            for (int b = 0; b < row.length; b++) {
                row[b] = (byte) (1 + random.nextInt(255));
            }
        }
        return split(secret, coefficients, count);
    }

    /** The planted fault of one coefficient for all powers. */
    static List<byte[]> splitRepeatingPowers(byte[] secret, int threshold, int count, SecureRandom random) {
        byte[][] coefficients = new byte[threshold - 1][secret.length];
        random.nextBytes(coefficients[0]);
        for (int d = 1; d < threshold - 1; d++) {
            coefficients[d] = coefficients[0];
        }
        return split(secret, coefficients, count);
    }

    /** The planted fault of one coefficient for all bytes. */
    static List<byte[]> splitRepeatingBytes(byte[] secret, int threshold, int count, SecureRandom random) {
        byte[][] coefficients = new byte[threshold - 1][secret.length];
        for (byte[] row : coefficients) {
            Arrays.fill(row, (byte) random.nextInt(256));
        }
        return split(secret, coefficients, count);
    }
}
