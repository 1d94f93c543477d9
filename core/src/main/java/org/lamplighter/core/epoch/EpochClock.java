package org.lamplighter.core.epoch;

import org.lamplighter.core.newsroom.StationParameters;

/**
 * The one clock of a mailbox (docs/spec/04-mailbox.md 4.5, 4.9). Times are Unix seconds.
 *
 * @param epochSeconds T
 */
public record EpochClock(long epochSeconds) {
    public EpochClock {
        if (epochSeconds < 1) {
            throw new IllegalArgumentException("an epoch has at least one second");
        }
    }

    /** The clock of a station. */
    public static EpochClock of(StationParameters parameters) {
        return new EpochClock(parameters.epochSeconds());
    }

    /** The first boundary after {@code second}. */
    public long boundaryAfter(long second) {
        return Math.multiplyExact(Math.floorDiv(second, epochSeconds) + 1, epochSeconds);
    }

    /** Whether {@code second} is a boundary. */
    public boolean isBoundary(long second) {
        return Math.floorMod(second, epochSeconds) == 0;
    }

    /** Bundles accepted later than this enter at the next boundary but one: {@code min(60 s, T / 5)} before it. */
    public long cutOff(long boundary) {
        return boundary - Math.min(60, epochSeconds / 5);
    }

    /** Whether a head of {@code headTime} is to be believed at {@code now}: {@code limit = max(3T, 60 s)}. */
    public Freshness freshness(long headTime, long now) {
        long limit = Math.max(3 * epochSeconds, 60);
        if (headTime < now - limit) {
            return Freshness.STALE;
        }
        return headTime > now + limit ? Freshness.CLOCKS_DISAGREE : Freshness.CURRENT;
    }

    /** Only with {@link #CURRENT} may a client send, or show what it found as complete. */
    public enum Freshness {
        CURRENT,
        /** The station has stopped turning epochs, or somebody replays an old one. */
        STALE,
        /** A head from the future: the station's clock or this machine's is wrong. */
        CLOCKS_DISAGREE
    }
}
