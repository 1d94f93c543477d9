package org.lamplighter.e2e.vectors;

import java.util.Arrays;

/** A vector that does not agree with this program, or that is not of its schema; the text names the field. */
final class Mismatch extends Exception {
    private static final long serialVersionUID = 1L;

    Mismatch(String what) {
        super(what);
    }

    static void unlessEqual(String field, byte[] expected, byte[] actual) throws Mismatch {
        unless(Arrays.equals(expected, actual), field + " differs");
    }

    static void unless(boolean condition, String what) throws Mismatch {
        if (!condition) {
            throw new Mismatch(what);
        }
    }
}
