package org.lamplighter.core.evidence.share;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.lamplighter.core.secret.SecretBytes;

/**
 * Shamir's secret sharing over {@link Gf256}, byte by byte (docs/spec 7.1). Each byte of the secret has a polynomial of its
 * own, of degree k - 1, whose constant term it is; share i is its value at x = i.
 *
 * <p>Every other coefficient is uniform, 0 included: one that avoided 0, or that served two bytes, would tell k - 1 holders
 * something about the secret. A wrong share gives a wrong secret without any sign; {@link KeyOpener} checks both.
 */
final class Shamir {
    /** x is a byte, and x = 0 is the secret itself. */
    private static final int MAX_INDEX = 255;

    private Shamir() {}

    /** Shares 1 to {@code count} of {@code secret}, any {@code threshold} of which give it back. */
    static List<SecretBytes> split(SecretBytes secret, int threshold, int count, SecureRandom random) {
        if (threshold < 2 || threshold > count || count > MAX_INDEX) {
            throw new IllegalArgumentException(threshold + " of " + count + " is no rule");
        }
        int length = secret.length();
        // coefficients[d][b] belongs to x^d in the polynomial of byte b.
        byte[][] coefficients = new byte[threshold][length];
        try {
            secret.use(bytes -> System.arraycopy(bytes, 0, coefficients[0], 0, length));
            for (int degree = 1; degree < threshold; degree++) {
                random.nextBytes(coefficients[degree]);
            }
            List<SecretBytes> shares = new ArrayList<>();
            for (int x = 1; x <= count; x++) {
                shares.add(SecretBytes.takeOver(evaluate(coefficients, x)));
            }
            return List.copyOf(shares);
        } finally {
            for (byte[] row : coefficients) {
                SecretBytes.wipe(row);
            }
        }
    }

    /** The secret from shares under their indexes: Lagrange's polynomial at 0. All of them take part. */
    static SecretBytes combine(SortedMap<Integer, SecretBytes> shares) {
        Set<Integer> lengths = new HashSet<>();
        shares.values().forEach(share -> lengths.add(share.length()));
        if (shares.size() < 2 || shares.firstKey() < 1 || shares.lastKey() > MAX_INDEX || lengths.size() != 1) {
            throw new IllegalArgumentException("shares that cannot stand together");
        }
        byte[] secret = new byte[lengths.iterator().next()];
        for (Map.Entry<Integer, SecretBytes> share : shares.entrySet()) {
            int weight = weight(share.getKey(), shares);
            share.getValue().use(bytes -> {
                for (int i = 0; i < secret.length; i++) {
                    secret[i] ^= (byte) Gf256.multiply(bytes[i] & 0xff, weight);
                }
            });
        }
        return SecretBytes.takeOver(secret);
    }

    /** The product of x / (x - x_i) over all other x; plus and minus are the same here. */
    private static int weight(int xi, SortedMap<Integer, SecretBytes> shares) {
        int weight = 1;
        for (int x : shares.keySet()) {
            if (x != xi) {
                weight = Gf256.multiply(weight, Gf256.multiply(x, Gf256.invert(x ^ xi)));
            }
        }
        return weight;
    }

    /** Horner's rule for all bytes at once. */
    private static byte[] evaluate(byte[][] coefficients, int x) {
        byte[] value = new byte[coefficients[0].length];
        for (int degree = coefficients.length - 1; degree >= 0; degree--) {
            for (int i = 0; i < value.length; i++) {
                value[i] = (byte) (Gf256.multiply(value[i] & 0xff, x) ^ coefficients[degree][i]);
            }
        }
        return value;
    }
}
