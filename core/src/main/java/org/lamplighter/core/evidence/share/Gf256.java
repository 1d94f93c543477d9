package org.lamplighter.core.evidence.share;

/**
 * The field of 256 elements with the polynomial x^8 + x^4 + x^3 + x + 1, that of AES (FIPS 197 §4.2). No branch and no index
 * depends on an operand, so neither time nor cache tells a share.
 */
final class Gf256 {
    private static final int POLYNOMIAL = 0x11b;

    private Gf256() {}

    /** Product of two elements, 0 to 255. */
    static int multiply(int a, int b) {
        int product = 0;
        int shifted = a;
        for (int bit = 0; bit < 8; bit++) {
            product ^= shifted & -(b >>> bit & 1);
            shifted <<= 1;
            shifted ^= POLYNOMIAL & -(shifted >>> 8);
        }
        return product;
    }

    /** The inverse of an element other than 0, as its 254th power; 0 for 0. */
    static int invert(int a) {
        int result = 1;
        int power = a;
        // 254 = 2 + 4 + 8 + ... + 128
        for (int bit = 1; bit < 8; bit++) {
            power = multiply(power, power);
            result = multiply(result, power);
        }
        return result;
    }
}
