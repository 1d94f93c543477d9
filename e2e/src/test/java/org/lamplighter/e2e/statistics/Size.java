package org.lamplighter.e2e.statistics;

/** How large the samples are: for every build, or with the profile {@code statistics}, which takes most of an hour. */
final class Size {
    private static final boolean FULL = "full".equals(System.getProperty("lamplighter.statistics"));

    private Size() {}

    static boolean isFull() {
        return FULL;
    }

    /** One of the two numbers. */
    static int of(int ci, int full) {
        return FULL ? full : ci;
    }
}
