package org.lamplighter.station.http;

import java.time.Duration;

/**
 * What one client may cost. None depends on how full the mailbox is.
 *
 * @param headerBytes request line and headers; ours need some 200
 * @param connections open at once; for further ones those that are furthest behind make room
 * @param idle between two requests, and for all the headers of one, however they trickle in
 * @param grace for a request besides its bytes: the disk, the answer grid
 * @param bytesPerSecond a body, up or down, that comes slower than this on the whole is cut off
 * @param largeBodies uploads of chunks in progress at once, and of prekeys as many: bounds temporary files and memory
 * @param patience how far behind its pace a connection or an upload may be when others wait for its place
 */
public record HttpLimits(
        int headerBytes,
        int connections,
        Duration idle,
        Duration grace,
        long bytesPerSecond,
        int largeBodies,
        Duration patience) {
    /** More than any body has, either way: a claim of more buys no more time. */
    private static final long MOST_BYTES = 64L << 20;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int UPLOAD_PACE = 8;
    /** Newcomers for whom room is not made yet. */
    private static final int LEAST_NEWCOMERS = 16;

    /** For a station behind tor, where 20 kB/s is slow and 4 kB/s is broken. */
    public static HttpLimits standard() {
        return new HttpLimits(
                4096, 2048, Duration.ofSeconds(30), Duration.ofSeconds(45), 4096, 64, Duration.ofSeconds(2));
    }

    /** The same with another patience. */
    public HttpLimits withPatience(Duration other) {
        return new HttpLimits(headerBytes, connections, idle, grace, bytesPerSecond, largeBodies, other);
    }

    /** Connections beyond which further ones wait in the operating system. */
    int connectionsAtMost() {
        return connections + Math.max(LEAST_NEWCOMERS, connections / 8);
    }

    /** Uploads that may wait for a place: nobody closes their connections to make room, so they must not be all. */
    int uploadsWaiting() {
        return Math.max(1, connections / 4);
    }

    /** Bytes a second below which an upload loses its place when others wait. */
    long uploadBytesPerSecond() {
        return UPLOAD_PACE * bytesPerSecond;
    }

    /** Nanoseconds by which a connection is late that has moved {@code bytes} in {@code nanos}; negative when it is early. */
    long behind(long nanos, long bytes) {
        return nanos - bytes * NANOS_PER_SECOND / bytesPerSecond;
    }

    /** The same for an upload. */
    long behindAsUpload(long nanos, long bytes) {
        return nanos - bytes * NANOS_PER_SECOND / uploadBytesPerSecond();
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
