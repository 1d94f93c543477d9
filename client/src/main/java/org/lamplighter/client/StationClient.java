package org.lamplighter.client;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.StationCertificate;

/**
 * The way in: a station of a newsroom, and what one can do there. Every session and every upload has a connection, and
 * behind a proxy a circuit, of its own. Immutable; what it opens is for one thread each.
 */
public final class StationClient {
    private final Route route;
    private final NewsroomKey newsroom;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Backoff backoff;

    private StationClient(
            Route route, NewsroomKey newsroom, SecureRandom random, InstantSource clock, Backoff backoff) {
        this.route = route;
        this.newsroom = newsroom;
        this.random = random;
        this.clock = clock;
        this.backoff = backoff;
    }

    /** The station behind {@code route}, believed as far as {@code newsroom}, the key that the user pinned, vouches for it. */
    public static StationClient of(
            Route route, NewsroomKey newsroom, SecureRandom random, InstantSource clock, Backoff backoff) {
        return new StationClient(route, newsroom, random, clock, backoff);
    }

    /** Opens a session with the mailbox (4.11). */
    public StationSession session() {
        return new StationSession(open(Purpose.MAILBOX), newsroom, clock);
    }

    /** Opens an upload of evidence to the station that {@code certificate}, from a session, names. */
    public ChunkUploader uploader(StationCertificate certificate) {
        return new ChunkUploader(open(Purpose.EVIDENCE), certificate, clock);
    }

    /** Opens a collection of evidence. */
    public ChunkCollector collector() {
        return new ChunkCollector(open(Purpose.COLLECTOR));
    }

    /** Opens an upload of prekeys. */
    public PrekeyPoster prekeys() {
        return new PrekeyPoster(open(Purpose.PREKEYS));
    }

    public NewsroomKey newsroom() {
        return newsroom;
    }

    private Transport open(Purpose purpose) {
        return Transport.open(route, purpose, random, backoff);
    }
}
