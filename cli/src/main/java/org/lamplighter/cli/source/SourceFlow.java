package org.lamplighter.cli.source;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationClient;
import org.lamplighter.client.StationFailure;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.core.epoch.HeadMemory;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.source.SourceKeys;

/**
 * What a source does, without a word to the terminal: hand over, look, wait. Keeps nothing between calls. Thread-safe as far
 * as what was injected is.
 */
public final class SourceFlow {
    /** What may pass while one waits: the next look may do better. */
    private static final Set<Kind> PASSING =
            EnumSet.of(Kind.UNREACHABLE, Kind.NOT_READY, Kind.EPOCH_GONE, Kind.CORRUPT, Kind.STALE_HEAD);

    private final StationClient station;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Pause pause;

    private SourceFlow(StationClient station, SecureRandom random, InstantSource clock, Pause pause) {
        this.station = station;
        this.random = random;
        this.clock = clock;
        this.pause = pause;
    }

    /** A source of the newsroom behind {@code station}. */
    public static SourceFlow of(StationClient station, SecureRandom random, InstantSource clock, Pause pause) {
        return new SourceFlow(station, random, clock, pause);
    }

    /**
     * Hands over {@code draft}: one session, the evidence, one bundle. After a long upload the bundle goes out in a second
     * session, as the first one's epoch is over.
     */
    public Delivery send(SourceKeys keys, Draft draft, Progress progress)
            throws StationFailure, CommandFailure, IOException {
        try (Handover handover = new Handover(station, keys, draft, random, clock, pause, progress)) {
            return handover.run();
        }
    }

    /** Looks into the mailbox. */
    public Findings read(SourceKeys keys, Progress progress) throws StationFailure {
        return Inbox.read(fetch(Optional.empty(), Optional.empty(), progress), keys, progress);
    }

    /**
     * Looks again after each turn of the mailbox until {@code delivery} is found in it, or {@code limit} has passed.
     *
     * @return what was found with the message in it, or nothing
     */
    public Optional<Findings> await(SourceKeys keys, Delivery delivery, Duration limit, Progress progress)
            throws StationFailure, CommandFailure {
        Instant end = clock.instant().plus(limit);
        Optional<HeadMemory> memory = Optional.empty();
        Optional<StationCertificate> certificate = Optional.empty();
        for (Instant next = delivery.expected(); !next.isAfter(end); next = after(delivery)) {
            sleepUntil(pause, next.plus(jitter(delivery)));
            try {
                VerifiedEpoch epoch = fetch(memory, certificate, progress);
                memory = Optional.of(epoch.memory());
                certificate = Optional.of(epoch.certificate());
                Findings found = Inbox.read(epoch, keys, progress);
                if (found.confirms(delivery.id())) {
                    return Optional.of(found);
                }
            } catch (StationFailure failure) {
                if (!PASSING.contains(failure.kind())) {
                    throw failure;
                }
            }
        }
        return Optional.empty();
    }

    /** A session that posts nothing ends with its last file: not after reading, which takes longer the more is found. */
    private VerifiedEpoch fetch(
            Optional<HeadMemory> memory, Optional<StationCertificate> certificate, Progress progress)
            throws StationFailure {
        try (StationSession session = station.session()) {
            return session.fetch(memory, certificate, progress);
        }
    }

    /** Waits, or ends the command when somebody interrupts it. */
    static void sleepUntil(Pause pause, Instant instant) throws CommandFailure {
        try {
            pause.until(instant);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.of("interrupted", "come back with your words to see what was taken in");
        }
    }

    private Instant after(Delivery delivery) {
        long epoch = delivery.epochSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(clock.instant().getEpochSecond(), epoch) * epoch + epoch);
    }

    /** Not right at the boundary, when nobody but those who wait comes. */
    private Duration jitter(Delivery delivery) {
        long most = Math.min(60_000, delivery.epochSeconds() * 100);
        return Duration.ofMillis(1 + random.nextLong(most));
    }
}
