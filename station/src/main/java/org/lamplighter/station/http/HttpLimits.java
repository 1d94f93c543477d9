package org.lamplighter.station.http;

import java.time.Duration;

/**
 * What one client may cost. None depends on how full the mailbox is.
 *
 * @param headerBytes request line and headers; ours need some 200
 * @param connections open at once; further ones wait in the operating system
 * @param idle between two requests, and for all the headers of one, however they trickle in
 * @param grace for a request besides its bytes: the disk, the answer grid
 * @param bytesPerSecond a body, up or down, that comes slower than this on the whole is cut off
 * @param largeBodies uploads of chunks in progress at once, and of prekeys as many: bounds temporary files and memory
 */
public record HttpLimits(
        int headerBytes, int connections, Duration idle, Duration grace, long bytesPerSecond, int largeBodies) {
    /** More than any body has, either way: a claim of more buys no more time. */
    private static final long MOST_BYTES = 64L << 20;

    /** For a station behind tor, where 20 kB/s is slow and 4 kB/s is broken. */
    public static HttpLimits standard() {
        return new HttpLimits(4096, 1024, Duration.ofSeconds(30), Duration.ofSeconds(45), 4096, 64);
    }

    /** How long the first {@code received} bytes of a body may take: who claims much and sends little holds no place. */
    Duration allowedSoFar(long received) {
        return idle.plusSeconds(received / bytesPerSecond);
    }

    /** How long a request with {@code bytes} of body, up and down together, may take; that may be a client's claim. */
    Duration allowed(long bytes) {
        return grace.plusSeconds(Math.ceilDiv(Math.min(bytes, MOST_BYTES), bytesPerSecond));
    }
}
