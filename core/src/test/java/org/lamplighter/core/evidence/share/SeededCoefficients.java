package org.lamplighter.core.evidence.share;

import java.security.SecureRandom;

/** A random source that gives the bytes of a vector, and nothing after them. */
final class SeededCoefficients extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;
    private int at;

    SeededCoefficients(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] out) {
        System.arraycopy(bytes, at, out, 0, out.length);
        at += out.length;
    }
}
