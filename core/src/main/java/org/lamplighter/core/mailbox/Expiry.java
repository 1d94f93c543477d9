package org.lamplighter.core.mailbox;

import org.lamplighter.core.newsroom.StationParameters;

/**
 * When an admitted row leaves (docs/spec/04-mailbox.md 4.4): on a coarse grid, so that the time of leaving does not tell the
 * time of admission more finely than the grid.
 *
 * @param ttlSeconds how long a row stays at least
 * @param expirySeconds the grid
 */
public record Expiry(long ttlSeconds, long expirySeconds) {
    public Expiry {
        if (ttlSeconds < 1 || expirySeconds < 1) {
            throw new IllegalArgumentException("expiry out of range");
        }
    }

    /** The expiry of a station. */
    public static Expiry of(StationParameters parameters) {
        return new Expiry(parameters.ttlSeconds(), parameters.expirySeconds());
    }

    /** The second from which on the first boundary removes a row admitted at {@code admitted}; less than ttl + expiry later. */
    public long dueAt(long admitted) {
        return Math.multiplyExact(expirySeconds, Math.ceilDiv(Math.addExact(admitted, ttlSeconds), expirySeconds));
    }

    /** Whether a row admitted at {@code admitted} leaves at the boundary {@code boundary}. */
    public boolean isDue(long admitted, long boundary) {
        return dueAt(admitted) <= boundary;
    }
}
