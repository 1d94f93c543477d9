package org.lamplighter.console;

import java.util.Locale;

/** Numbers of bytes and seconds as people read them. */
public final class Sizes {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;

    private Sizes() {}

    /** For example {@code 512 bytes}, {@code 16.9 MB}; a kB is 1000 bytes. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        double value = bytes / 1000.0;
        int unit = 0;
        while (value >= 999.95 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** For example {@code 40 s}, {@code 12 min}, {@code 3 h 5 min}; rounded up to the unit shown last. */
    public static String seconds(long seconds) {
        if (seconds < 2 * MINUTE) {
            return seconds + " s";
        }
        long minutes = Math.ceilDiv(seconds, MINUTE);
        if (minutes < HOUR / MINUTE * 2) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        return minutes % 60 == 0 ? hours + " h" : hours + " h " + minutes % 60 + " min";
    }
}
