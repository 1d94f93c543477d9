package org.lamplighter.bench.report;

import java.util.Locale;

/** How figures are written. */
final class Numbers {
    private Numbers() {}

    /** Three digits that count, no more: {@code 12,345}, {@code 123}, {@code 12.3}, {@code 1.23}, {@code 0.123}. */
    static String three(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value)) {
            return "unknown";
        }
        if (size >= 100 || value == 0) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        int decimals = size >= 10 ? 1 : 2;
        for (double s = size; s < 1 && decimals < 6; s *= 10) {
            decimals++;
        }
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
