package org.lamplighter.station.epoch;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.lamplighter.core.epoch.EpochClock;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.station.keys.NewsroomDocuments;
import org.lamplighter.station.keys.NewsroomDocuments.Verified;
import org.lamplighter.station.log.StationLog;
import org.lamplighter.station.log.StationLog.Event;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.MailboxStore.Epoch;

/**
 * Turns epochs when they are due (docs/spec 4.5). {@link #turn} is called again and again by whoever has the clock: it builds
 * and enters the epoch of the next boundary once its cut-off has come, and publishes it at the boundary. A boundary that was
 * missed, because the station was down or slow, is made up for at once, but only the last one: there is no catching up.
 * Thread-safe; turns come one after the other.
 */
public final class EpochTurn {
    private final MailboxStore store;
    private final NewsroomDocuments documents;
    private final EpochBuild build;
    private final EpochShelf shelf;
    private final SecureRandom random;
    private final StationLog log;
    private final ReentrantLock lock = new ReentrantLock();
    /** What was complained about last, so that a state is said once and not at each call. Guarded by the lock. */
    private Optional<Event> said = Optional.empty();

    public EpochTurn(
            MailboxStore store,
            NewsroomDocuments documents,
            EpochBuild build,
            EpochShelf shelf,
            SecureRandom random,
            StationLog log) {
        this.store = store;
        this.documents = documents;
        this.build = build;
        this.shelf = shelf;
        this.random = random;
        this.log = log;
    }

    /**
     * Does what is due at {@code now}.
     *
     * @return the epoch that this call has published, if any
     * @throws IOException when the disk or the store fails: nothing half-made is published, and the next call tries again
     */
    public Optional<Long> turn(java.time.Instant now) throws IOException {
        lock.lock();
        try {
            Verified verified = documents.refresh();
            Optional<Event> obstacle = obstacle(verified, now);
            say(obstacle);
            if (obstacle.isPresent()) {
                return Optional.empty();
            }
            StationCertificate certificate = verified.certificate().orElseThrow();
            shelf.retire(certificate.parameters(), now.getEpochSecond());
            // What is entered already comes first: on a machine that was too slow to publish it at its boundary, the
            // next
            // one may be due as well, and only the last that is entered is ever looked for.
            Optional<Long> published = shelf.publishDue(certificate.parameters(), now.getEpochSecond());
            Optional<Long> due = due(certificate.parameters(), now.getEpochSecond());
            if (due.isPresent()) {
                build.build(certificate, verified.roster().orElseThrow(), due.get(), random);
            }
            return shelf.publishDue(certificate.parameters(), now.getEpochSecond())
                    .or(() -> published);
        } finally {
            lock.unlock();
        }
    }

    /** The next moment, Unix seconds, at which {@link #turn} has something to do, as far as the clock says. */
    public long nextDue(StationParameters parameters, long now) {
        EpochClock clock = new EpochClock(parameters.epochSeconds());
        long boundary = clock.boundaryAfter(now);
        return clock.cutOff(boundary) > now ? clock.cutOff(boundary) : boundary;
    }

    private Optional<Event> obstacle(Verified verified, java.time.Instant now) throws IOException {
        if (verified.certificate().isEmpty()) {
            return Optional.of(Event.CERTIFICATE_EXPIRED);
        }
        if (verified.roster().isEmpty()) {
            return Optional.of(Event.ROSTER_MISSING);
        }
        StationCertificate certificate = verified.certificate().get();
        if (Validity.day(now) >= certificate.validity().expires()) {
            return Optional.of(Event.CERTIFICATE_EXPIRED);
        }
        long lastTime = store.lastEpoch().map(Epoch::time).orElse(0L);
        // The epoch of the coming boundary may be entered already; anything later means that the clock has gone back.
        boolean back =
                lastTime > new EpochClock(certificate.parameters().epochSeconds()).boundaryAfter(now.getEpochSecond());
        return back ? Optional.of(Event.CLOCK_WENT_BACK) : Optional.empty();
    }

    private void say(Optional<Event> obstacle) {
        if (obstacle.isPresent() && !obstacle.equals(said)) {
            log.log(obstacle.get());
        }
        said = obstacle;
    }

    /** The boundary for which an epoch is to be built at {@code now}. */
    private Optional<Long> due(StationParameters parameters, long now) throws IOException {
        EpochClock clock = new EpochClock(parameters.epochSeconds());
        long coming = clock.boundaryAfter(now);
        long past = coming - parameters.epochSeconds();
        long last = store.lastEpoch().map(Epoch::time).orElse(0L);
        if (last < past) {
            return Optional.of(past);
        }
        return last < coming && now >= clock.cutOff(coming) ? Optional.of(coming) : Optional.empty();
    }
}
