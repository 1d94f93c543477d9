package org.lamplighter.core.mailbox;

import java.security.SecureRandom;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * How many waiting bundles enter the mailbox at an epoch boundary (docs/spec/04-mailbox.md 4.3).
 *
 * <p>Two buckets, and neither knows how full the mailbox is. The <em>guard</em> follows the clock in exact arithmetic: what it has
 * let in during any {@code ttl + expiry} seconds never exceeds {@code C}, and nothing stays longer than that, so the slots
 * cannot run out. The <em>open</em> bucket gains a random number at each epoch, so that a sender who keeps it empty cannot
 * compute the others' bundles from the rate; and how many may enter at one boundary is random too, so that one who sends many
 * cannot compute the others' from a single epoch.
 *
 * <p>Levels are counted in units of {@code 1/W} bundle, in which one second is worth {@code C} units and one bundle {@code W}:
 * no rounding. Immutable.
 */
public final class AdmissionBuckets {
    /** Bytes of {@link #encode}. */
    public static final int LENGTH = 1 + 3 * 8;

    /** More than this never enter at one boundary (4.3): the work of a boundary is bounded. The cap of a boundary is drawn below it. */
    public static final int MAX_PER_EPOCH = 16;

    private final Rates rates;
    private final long guard;
    private final long open;
    private final long second;

    private AdmissionBuckets(Rates rates, long guard, long open, long second) {
        this.rates = rates;
        this.guard = guard;
        this.open = open;
        this.second = second;
    }

    /** Both buckets full at {@code second}: the state of a mailbox that never admitted anything. */
    public static AdmissionBuckets full(Rates rates, long second) {
        return new AdmissionBuckets(rates, rates.capacity(), rates.capacity(), second);
    }

    /**
     * The outcome of the boundary at {@code boundary} (Unix seconds) with {@code waiting} bundles in the queue. A clock that went
     * back gains nothing until it has caught up.
     */
    public Admission admit(long boundary, int waiting, SecureRandom random) {
        // A fixed cap would be a counter: who has sixteen waiting and sees eleven enter knows of five others.
        return admit(boundary, waiting, 1 + random.nextInt(MAX_PER_EPOCH), random);
    }

    Admission admit(long boundary, int waiting, int cap, SecureRandom random) {
        if (waiting < 0) {
            throw new IllegalArgumentException("negative number of waiting bundles");
        }
        // Drawn, like the cap, whether or not anything waits: the stream of refills does not depend on demand.
        long refill = Poisson.draw(rates.meanRefill(), rates.capacity() / rates.bundle() + 1, random);
        long openNow = Math.min(rates.capacity(), open + refill * rates.bundle());
        long elapsed = Math.max(0, boundary - second);
        long guardNow = elapsed >= rates.secondsToFull()
                ? rates.capacity()
                : Math.min(rates.capacity(), guard + elapsed * rates.perSecond());

        long count = Math.min(Math.min(guardNow, openNow) / rates.bundle(), Math.min(cap, waiting));
        long taken = count * rates.bundle();
        return new Admission(
                (int) count,
                new AdmissionBuckets(rates, guardNow - taken, openNow - taken, Math.max(second, boundary)));
    }

    /** What a boundary admits, and the state after it. */
    public record Admission(int count, AdmissionBuckets after) {}

    /** {@code u8 1 || guard u64 || open u64 || second u64}: {@value #LENGTH} bytes, kept by the station across restarts. */
    public byte[] encode() {
        return new ByteWriter().u8(1).u64(guard).u64(open).u64(second).toByteArray();
    }

    /**
     * Reads {@link #encode}.
     *
     * @throws MalformedException for another length or version, or a level above the capacity of {@code rates}: levels are in
     *     units of these rates, so buckets kept under other station parameters are refused and begin again
     */
    public static AdmissionBuckets parse(byte[] bytes, Rates rates) throws MalformedException {
        ByteReader reader = ByteReader.of(bytes, "admission buckets");
        reader.version(1);
        long guard = reader.u64();
        long open = reader.u64();
        long second = reader.u64();
        reader.end();
        if (guard > rates.capacity() || open > rates.capacity()) {
            throw new MalformedException(Reason.BAD_FIELD, "admission buckets: level above the capacity");
        }
        return new AdmissionBuckets(rates, guard, open, second);
    }

    /**
     * The constants of 4.3, from the station's parameters.
     *
     * @param slots N
     * @param envelopes M
     * @param ttlSeconds how long an admitted bundle stays at least
     * @param expirySeconds the grid on which it leaves
     * @param burstSeconds how much unused capacity the buckets keep
     * @param epochSeconds T
     */
    public record Rates(
            int slots, int envelopes, long ttlSeconds, long expirySeconds, long burstSeconds, long epochSeconds) {
        /** Refuses what cannot admit a single bundle; the ranges themselves are checked by the station's parameters. */
        public Rates {
            if (slots < envelopes
                    || envelopes < 1
                    || ttlSeconds < 1
                    || expirySeconds < 1
                    || burstSeconds < 1
                    || epochSeconds < 1) {
                throw new IllegalArgumentException("admission rates out of range");
            }
            long window = ttlSeconds + expirySeconds + burstSeconds;
            if (slots / envelopes * burstSeconds < window) {
                throw new IllegalArgumentException("burst-seconds too short: the bucket never holds one bundle");
            }
        }

        /** The rates of a station. */
        public static Rates of(StationParameters parameters) {
            return new Rates(
                    parameters.slots(),
                    parameters.envelopes(),
                    parameters.ttlSeconds(),
                    parameters.expirySeconds(),
                    parameters.burstSeconds(),
                    parameters.epochSeconds());
        }

        /** {@code C}: bundles that fit, and the most that are ever live. */
        public int liveBundlesMax() {
            return slots / envelopes;
        }

        /** One bundle, in units: {@code W}. */
        long bundle() {
            return ttlSeconds + expirySeconds + burstSeconds;
        }

        /** What the guard gains in a second, in units: {@code C}. */
        long perSecond() {
            return liveBundlesMax();
        }

        /** What a bucket holds, in units: {@code C x burst}. */
        long capacity() {
            return perSecond() * burstSeconds;
        }

        long secondsToFull() {
            return burstSeconds;
        }

        /** Mean refill of the open bucket, in bundles an epoch: {@code 0.85 x C x T / W}. */
        double meanRefill() {
            return 0.85 * perSecond() * epochSeconds / bundle();
        }
    }
}
