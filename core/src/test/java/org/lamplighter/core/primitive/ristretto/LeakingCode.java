package org.lamplighter.core.primitive.ristretto;

/** The mistakes that {@link ConstantTimeCodeTest} must find, and one method in which there is none. */
final class LeakingCode {
    private LeakingCode() {}

    static long selectByBranch(long[] table, int digit) {
        long selected = 0;
        for (int i = 0; i < table.length; i++) {
            if (i == digit) {
                selected = table[i];
            }
        }
        return selected;
    }

    static long selectByIndex(long[] table, int digit) {
        return table[digit];
    }

    static long negateByBranch(long limb, long mask) {
        return mask != 0 ? -limb : limb;
    }

    static long reduceByDivision(long limb) {
        return limb % 19;
    }

    static long stopEarly(long[] a, long[] b) {
        int same = 0;
        while (a[same] == b[same]) {
            same++;
        }
        return same;
    }

    static long sumInConstantTime(long[] a) {
        long sum = 0;
        for (int i = a.length - 1; i >= 0; i--) {
            sum += a[i];
        }
        return sum;
    }
}
