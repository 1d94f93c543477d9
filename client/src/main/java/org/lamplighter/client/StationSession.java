package org.lamplighter.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.core.epoch.HeadMemory;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.StationCertificate;

/**
 * One session with a mailbox (docs/spec 4.11): all files of the current epoch, always all, always in the same order, whatever
 * is in them and whoever asks; then at most one bundle. One thread at a time.
 */
public final class StationSession implements AutoCloseable {
    /** What the station answers to a POST: 32 bytes that say nothing. */
    static final int RECEIVED_BYTES = 32;

    private static final int AGAIN = 3;
    private static final int MOST_SECONDS_TO_POST = 10;
    private static final Set<Kind> PASSING = EnumSet.of(Kind.UNREACHABLE);

    private final Transport transport;
    private final NewsroomKey newsroom;
    private final InstantSource clock;
    private Optional<VerifiedEpoch> fetched = Optional.empty();
    private Instant fetchedAt = Instant.MAX;
    private boolean posted;

    /** Closes {@code transport} in the end. */
    StationSession(Transport transport, NewsroomKey newsroom, InstantSource clock) {
        this.transport = transport;
        this.newsroom = newsroom;
        this.clock = clock;
    }

    /**
     * Fetches and verifies the current epoch. A session fetches once.
     *
     * @param memory of the last head that was seen, if the client keeps one; a head that contradicts it is a fork, which is
     *     told only after the last file, since a station must not learn who remembers
     */
    public VerifiedEpoch fetch(Optional<HeadMemory> memory, Progress progress) throws StationFailure {
        return fetch(memory, Optional.empty(), progress);
    }

    /**
     * As {@link #fetch(Optional, Progress)}, and a client that also remembers the certificate accepts that the newsroom has
     * certified another key for the station since: {@link VerifiedEpoch#isStationReplaced} says so.
     *
     * @param certificate that came with the head in {@code memory}
     */
    public VerifiedEpoch fetch(Optional<HeadMemory> memory, Optional<StationCertificate> certificate, Progress progress)
            throws StationFailure {
        if (fetched.isPresent()) {
            throw new IllegalStateException("a session fetches once");
        }
        VerifiedEpoch epoch = new EpochDownload(transport, newsroom, progress).fetch(clock, memory, certificate);
        fetched = Optional.of(epoch);
        fetchedAt = clock.instant();
        return epoch;
    }

    /**
     * The next moment to post, or to do what follows a session (4.11): a whole number of {@code min(10, T / 2)} seconds after the last file came, at least one such
     * step. How long reading took, and with it how much was found, is not to be seen from outside; nor whether a source or a
     * journalist posts.
     */
    public Instant nextMoment() {
        long step = stepMillis();
        long spent = Math.max(0, Duration.between(fetchedAt, clock.instant()).toMillis());
        return fetchedAt.plusMillis(step * Math.max(1, Math.ceilDiv(spent, step)));
    }

    /**
     * Hands over a bundle at a {@link #nextMoment}, at most once a session and never to an epoch that is not current. Returns
     * when the station has it durably in its waiting queue, which is not yet in the mailbox (4.2). A bundle whose answer was
     * lost is sent again: the station answers the same bytes alike and takes them once.
     */
    public void post(byte[] bundle) throws StationFailure {
        VerifiedEpoch epoch = fetched.orElseThrow(() -> new IllegalStateException("fetch first"));
        if (posted) {
            throw new IllegalStateException("a session posts once");
        }
        EpochDownload.requireCurrent(epoch.certificate(), epoch.head(), clock.instant());
        if (clock.instant().isBefore(fetchedAt.plusMillis(stepMillis()))) {
            throw new IllegalStateException("wait for the moment to post");
        }
        posted = true;
        Answer answer =
                Retry.of(transport, AGAIN, PASSING, () -> transport.post("/v1/bundles", bundle, RECEIVED_BYTES));
        if (answer.status() == 429) {
            throw new StationFailure(
                    Kind.REFUSED,
                    "the station takes one message from one circuit of tor and this one has sent another",
                    "send it again: each session goes by a circuit of its own");
        }
        if (answer.status() != 202) {
            throw StationFailure.refused("the message", answer.status());
        }
    }

    private long stepMillis() {
        VerifiedEpoch epoch = fetched.orElseThrow(() -> new IllegalStateException("fetch first"));
        return 1000L * Math.clamp(epoch.certificate().parameters().epochSeconds() / 2, 1, MOST_SECONDS_TO_POST);
    }

    @Override
    public void close() {
        transport.close();
    }
}
