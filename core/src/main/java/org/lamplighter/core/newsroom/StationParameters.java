package org.lamplighter.core.newsroom;

import java.time.Duration;
import java.util.regex.Pattern;
import org.lamplighter.core.note.NoteLines;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * The numbers of a mailbox, fixed and signed (docs/spec 1.2, 4.3); never adaptive. Immutable.
 *
 * @param profile a word for people
 * @param slots N, rows of the mailbox
 * @param envelopes M, envelopes of a bundle
 * @param epochSeconds T
 * @param ttlSeconds how long a row lives at least
 * @param expirySeconds to a multiple of which a row's end is rounded up
 * @param burstSeconds how long a sleeping bucket saves
 * @param waitingSeconds how long a bundle takes part in the lottery
 * @param prekeySeconds length of a prekey slot
 * @param answerMillis to a multiple of which the answer to a bundle is delayed
 * @param chunkTtlDays how long evidence is kept
 * @param chunkBytesPerDay how much evidence is taken a day
 */
public record StationParameters(
        String profile,
        int slots,
        int envelopes,
        int epochSeconds,
        int ttlSeconds,
        int expirySeconds,
        int burstSeconds,
        int waitingSeconds,
        int prekeySeconds,
        int answerMillis,
        int chunkTtlDays,
        long chunkBytesPerDay) {
    private static final int DAY = 86_400;
    private static final long DEFAULT_CHUNK_BYTES = 1L << 34;
    private static final int BODY_FILES = 64;
    private static final int STALE_EPOCHS = 3;
    private static final int LEAST_STALE_SECONDS = 60;
    private static final int LEAST_SERVED_SECONDS = 1800;
    private static final int LEAST_SERVED_SECONDS_QUICK = 60;
    private static final Pattern WORD = Pattern.compile("[a-z0-9-]{1,32}");

    public StationParameters {
        requireRange("slots", slots, BODY_FILES, 65_536);
        requireRange("envelopes", envelopes, 2, 4);
        requireRange("epoch-seconds", epochSeconds, 1, DAY);
        requireRange("ttl-seconds", ttlSeconds, 60, 30 * DAY);
        requireRange("expiry-seconds", expirySeconds, 1, Math.min(DAY, ttlSeconds));
        requireRange("burst-seconds", burstSeconds, 0, ttlSeconds);
        requireRange("waiting-seconds", waitingSeconds, epochSeconds, 7 * DAY);
        requireRange("prekey-seconds", prekeySeconds, 10, 7 * DAY);
        requireRange("answer-millis", answerMillis, 10, 10_000);
        requireRange("chunk-ttl-days", chunkTtlDays, 1, 365);
        requireRange("chunk-bytes-per-day", chunkBytesPerDay, 0, 1L << 50);
        if (!WORD.matcher(profile).matches() || slots % BODY_FILES != 0) {
            throw new IllegalArgumentException("profile, or slots not a multiple of " + BODY_FILES);
        }
        if ((long) (slots / envelopes) * burstSeconds < (long) ttlSeconds + expirySeconds + burstSeconds) {
            throw new IllegalArgumentException("burst-seconds is too short: no bundle would ever be admitted");
        }
    }

    /** The named profile of docs/spec 1.2: solo, small, medium, demo or demo-solo. */
    public static StationParameters profile(String name) throws MalformedException {
        return switch (name) {
            case "solo" -> production(name, 1024, 2);
            case "small" -> production(name, 2048, 4);
            case "medium" -> production(name, 4096, 3);
            case "demo" -> demo(name, 4);
            case "demo-solo" -> demo(name, 2);
            default ->
                throw new MalformedException(Reason.BAD_FIELD, "profile: not solo, small, medium, demo or demo-solo");
        };
    }

    /** The same mailbox with another clock. */
    public StationParameters withEpochSeconds(int seconds) {
        return new StationParameters(
                profile,
                slots,
                envelopes,
                seconds,
                ttlSeconds,
                expirySeconds,
                burstSeconds,
                waitingSeconds,
                prekeySeconds,
                answerMillis,
                chunkTtlDays,
                chunkBytesPerDay);
    }

    /** C: bundles that can be in the mailbox at once (docs/spec 4.3). */
    public int liveBundlesMax() {
        return slots / envelopes;
    }

    /** W: the time over which C bundles are spread, in seconds. */
    public long windowSeconds() {
        return (long) ttlSeconds + expirySeconds + burstSeconds;
    }

    /** The one number of capacity: floor(C x 86400 / W). */
    public long bundlesPerDay() {
        return (long) liveBundlesMax() * DAY / windowSeconds();
    }

    /** How old a head may be (docs/spec 4.9). */
    public Duration staleAfter() {
        return Duration.ofSeconds(Math.max((long) STALE_EPOCHS * epochSeconds, LEAST_STALE_SECONDS));
    }

    /** How long the files of a past epoch are served (docs/spec 6.3). */
    public Duration servedFor() {
        int least = epochSeconds < LEAST_SERVED_SECONDS_QUICK ? LEAST_SERVED_SECONDS_QUICK : LEAST_SERVED_SECONDS;
        return Duration.ofSeconds(Math.max((long) STALE_EPOCHS * epochSeconds, least));
    }

    /** Number of the prekey slot at {@code unixSeconds} (docs/spec 0.7). */
    public long prekeySlot(long unixSeconds) {
        return Math.floorDiv(unixSeconds, (long) prekeySeconds);
    }

    /** First second after prekey slot {@code slot}. */
    public long prekeySlotEnd(long slot) {
        return Math.multiplyExact(slot + 1, (long) prekeySeconds);
    }

    String lines() {
        return "profile " + profile
                + "\nslots " + slots
                + "\nenvelopes " + envelopes
                + "\nepoch-seconds " + epochSeconds
                + "\nttl-seconds " + ttlSeconds
                + "\nexpiry-seconds " + expirySeconds
                + "\nburst-seconds " + burstSeconds
                + "\nwaiting-seconds " + waitingSeconds
                + "\nprekey-seconds " + prekeySeconds
                + "\nanswer-millis " + answerMillis
                + "\nchunk-ttl-days " + chunkTtlDays
                + "\nchunk-bytes-per-day " + chunkBytesPerDay
                + "\n";
    }

    static StationParameters read(NoteLines lines, String what) throws MalformedException {
        String profile = lines.value("profile");
        long[] n = new long[11];
        String[] keys = {
            "slots",
            "envelopes",
            "epoch-seconds",
            "ttl-seconds",
            "expiry-seconds",
            "burst-seconds",
            "waiting-seconds",
            "prekey-seconds",
            "answer-millis",
            "chunk-ttl-days",
            "chunk-bytes-per-day"
        };
        for (int i = 0; i < keys.length; i++) {
            n[i] = lines.number(keys[i], 0, i == keys.length - 1 ? 1L << 50 : Integer.MAX_VALUE);
        }
        try {
            return new StationParameters(
                    profile,
                    (int) n[0],
                    (int) n[1],
                    (int) n[2],
                    (int) n[3],
                    (int) n[4],
                    (int) n[5],
                    (int) n[6],
                    (int) n[7],
                    (int) n[8],
                    (int) n[9],
                    n[10]);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(Reason.BAD_FIELD, what + ": " + e.getMessage());
        }
    }

    private static StationParameters production(String name, int slots, int envelopes) {
        return new StationParameters(
                name, slots, envelopes, 3600, 14 * DAY, DAY, 3 * DAY, 3 * DAY, DAY / 2, 2000, 90, DEFAULT_CHUNK_BYTES);
    }

    private static StationParameters demo(String name, int envelopes) {
        return new StationParameters(name, 256, envelopes, 5, 600, 60, 180, 120, 600, 250, 1, DEFAULT_CHUNK_BYTES);
    }

    private static void requireRange(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + " is not from " + min + " to " + max);
        }
    }
}
