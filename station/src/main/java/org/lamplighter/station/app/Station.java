package org.lamplighter.station.app;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.FolderLock;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.station.chunks.ChunkShelf;
import org.lamplighter.station.collect.ChunkList;
import org.lamplighter.station.durable.DurableFiles;
import org.lamplighter.station.epoch.EpochBuild;
import org.lamplighter.station.epoch.EpochShelf;
import org.lamplighter.station.epoch.EpochTurn;
import org.lamplighter.station.epoch.PublishedEpochs;
import org.lamplighter.station.http.Features;
import org.lamplighter.station.http.HttpListener;
import org.lamplighter.station.http.Listening;
import org.lamplighter.station.keys.NewsroomDocuments;
import org.lamplighter.station.keys.PrekeyIntake;
import org.lamplighter.station.log.LogValue;
import org.lamplighter.station.log.StationLog;
import org.lamplighter.station.log.StationLog.Event;
import org.lamplighter.station.mailbox.Intake;
import org.lamplighter.station.store.sqlite.SqliteStore;

/**
 * A whole station: its folder locked, its store open, its listener listening. It has no clock of its own: whoever starts it
 * calls {@link #turn}, the command from {@link TurnSchedule}, a test when it has moved the time. Thread-safe.
 */
public final class Station implements AutoCloseable {
    private final InstantSource clock;
    private final Deque<AutoCloseable> open;
    private final Parts parts;
    private final HttpListener listener;
    private final StationLog log;
    /** Guards the upkeep after a turn; what it keeps up is safe by itself. */
    private final ReentrantLock upkeep = new ReentrantLock();

    private long upkeptDay = -1;

    private Station(
            InstantSource clock, Deque<AutoCloseable> open, Parts parts, HttpListener listener, StationLog log) {
        this.clock = clock;
        this.open = open;
        this.parts = parts;
        this.listener = listener;
        this.log = log;
    }

    /**
     * Starts the station in {@code folder}: puts right what a crash has left, then listens.
     *
     * @throws CommandFailure for what the operator can put right: no certificate, folder in use, port in use, …
     */
    public static Station start(Path folder, InstantSource clock, SecureRandom random, StationOptions options)
            throws IOException, CommandFailure {
        // Everything that was opened, in order: closed in reverse, whether starting fails or the station stops.
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            return start(StationFolder.existing(folder), clock, random, options, open);
        } catch (IOException | CommandFailure | RuntimeException | Error e) {
            closeAll(open);
            throw e;
        }
    }

    /** What {@link #turn} and {@link #close} work on. */
    private record Parts(
            Path folder,
            SqliteStore store,
            NewsroomDocuments documents,
            EpochTurn turn,
            ChunkShelf chunks,
            PublishedEpochs published) {}

    private static Station start(
            StationFolder folder,
            InstantSource clock,
            SecureRandom random,
            StationOptions options,
            Deque<AutoCloseable> open)
            throws IOException, CommandFailure {
        StationLog log = StationLog.system();
        open.push(FolderLock.acquire(folder.folder()));
        NewsroomKey newsroom = folder.readNewsroom();
        StationKey key = folder.readKey();
        open.push(key);
        SqliteStore store = folder.openStore(options.moments());
        open.push(store);
        NewsroomDocuments documents = NewsroomDocuments.of(newsroom, key.verifyingKey(), store.documents());
        StationParameters parameters =
                requireCertificate(documents, folder, clock.instant()).parameters();

        DurableFiles files = DurableFiles.of(options.moments());
        PrekeyIntake prekeys = PrekeyIntake.of(newsroom, store.prekeys());
        PublishedEpochs published = new PublishedEpochs();
        EpochShelf shelf = EpochShelf.open(
                folder.epochs(),
                store.mailbox(),
                files,
                published,
                log,
                parameters,
                clock.instant().getEpochSecond());
        ChunkShelf chunks = ChunkShelf.open(
                folder.chunks(),
                store.chunks(),
                files,
                random,
                log,
                () -> DiskSpace.forChunks(folder.folder(), parameters));
        EpochBuild build = new EpochBuild(
                newsroom, key, store.mailbox(), prekeys, published, folder.epochs(), shelf, files, options.threads());
        EpochTurn turn = new EpochTurn(store.mailbox(), documents, build, shelf, random, log);
        Features features = new Features(
                newsroom,
                key,
                documents,
                published,
                Intake.of(store.mailbox(), random),
                prekeys,
                chunks,
                ChunkList.of(newsroom, store.chunks()));
        HttpListener listener = listen(features, clock, random, log, options);
        open.push(listener);
        log.log(Event.STARTED);
        return new Station(
                clock, open, new Parts(folder.folder(), store, documents, turn, chunks, published), listener, log);
    }

    /** Where it listens: {@code http://127.0.0.1:8080} or {@code unix:PATH}. */
    public String url() {
        return listener.url();
    }

    /** The number of the epoch that is served as the current one. */
    public Optional<Long> currentEpoch() {
        return parts.published().current().map(epoch -> epoch.number());
    }

    /**
     * Does what is due now: builds an epoch, publishes one, and clears up once a day.
     *
     * @return the epoch that this call has published, if any
     * @throws IOException when the disk or the store fails; the next call tries again
     */
    public Optional<Long> turn() throws IOException {
        Instant now = clock.instant();
        Optional<Long> turned = parts.turn().turn(now);
        if (turned.isPresent()) {
            keepUp(now);
        }
        return turned;
    }

    /** The next moment at which {@link #turn} has something to do; empty while there is no certificate. */
    Optional<Instant> nextDue() {
        long now = clock.instant().getEpochSecond();
        return parts.documents()
                .current()
                .certificate()
                .map(certificate -> Instant.ofEpochSecond(parts.turn().nextDue(certificate.parameters(), now)));
    }

    /** Whether a roster is installed; without one no epoch can be published. */
    public boolean hasRoster() {
        return parts.documents().current().roster().isPresent();
    }

    /** Whether the clock can be right, as far as the last head tells; no doubt when the store cannot say. */
    ClockDoubt clockDoubt() {
        Optional<StationCertificate> certificate = parts.documents().current().certificate();
        if (certificate.isEmpty()) {
            return ClockDoubt.NONE;
        }
        try {
            return ClockDoubt.of(
                    parts.store().mailbox().lastEpoch().map(epoch -> Instant.ofEpochSecond(epoch.time())),
                    clock.instant(),
                    Duration.ofSeconds(certificate.get().parameters().epochSeconds()));
        } catch (IOException e) {
            return ClockDoubt.NONE;
        }
    }

    /** Whether a turn fails for want of room; false when that cannot be told. */
    boolean isDiskFull() {
        Optional<StationCertificate> certificate = parts.documents().current().certificate();
        try {
            return certificate.isPresent()
                    && DiskSpace.isFull(parts.folder(), certificate.get().parameters());
        } catch (IOException e) {
            return false;
        }
    }

    /** Stops listening, lets requests in progress end, closes the store and gives the folder back. */
    @Override
    public void close() throws IOException {
        if (!open.isEmpty()) {
            closeAll(open);
            log.log(Event.STOPPED);
        }
    }

    /** What nobody waits for: the log of the database, expired chunks, prekeys of the past. */
    private void keepUp(Instant now) throws IOException {
        upkeep.lock();
        try {
            parts.store().compact();
            long today = Validity.day(now);
            if (today == upkeptDay) {
                return;
            }
            StationCertificate certificate =
                    parts.documents().current().certificate().orElseThrow();
            parts.store().prekeys().forgetBefore(certificate.parameters().prekeySlot(now.getEpochSecond()));
            parts.chunks().expire(today);
            if (certificate.validity().expires() - today <= StatusReport.WARN_DAYS) {
                log.log(
                        Event.CERTIFICATE_EXPIRES,
                        new LogValue.Days(certificate.validity().expires() - today));
            }
            upkeptDay = today;
        } finally {
            upkeep.unlock();
        }
    }

    private static StationCertificate requireCertificate(NewsroomDocuments documents, StationFolder folder, Instant now)
            throws IOException, CommandFailure {
        Optional<StationCertificate> certificate = documents.refresh().certificate();
        if (certificate.isEmpty()) {
            throw CommandFailure.of(
                    "this station has no certificate yet",
                    "carry " + folder.request() + " to the newsroom, there: lamplighter newsroom certify-station NRDIR"
                            + " station-request --profile small --out certificate; here: lamplighter station install "
                            + folder.folder() + " certificate");
        }
        long today = Validity.day(now);
        Validity validity = certificate.get().validity();
        if (today >= validity.expires() || today < validity.issued() - 1) {
            throw CommandFailure.of(
                    today >= validity.expires()
                            ? "the certificate of this station has expired"
                            : "the certificate of this station is not valid yet",
                    "check the clock of this machine (date -u), or ask the newsroom for a new certificate and install"
                            + " it: lamplighter station install " + folder.folder() + " certificate");
        }
        return certificate.get();
    }

    private static HttpListener listen(
            Features features, InstantSource clock, SecureRandom random, StationLog log, StationOptions options)
            throws IOException, CommandFailure {
        try {
            Listening listening = new Listening(options.listen(), options.circuits(), options.limits());
            return HttpListener.start(listening, features, clock, random, log);
        } catch (IOException e) {
            if (e instanceof BindException || e.getCause() instanceof BindException) {
                throw CommandFailure.of(
                        "the address is in use or not one of this machine: "
                                + options.listen().text(),
                        "stop the other program, or choose another port with --listen");
            }
            throw e;
        }
    }

    private static void closeAll(Deque<AutoCloseable> open) throws IOException {
        IOException failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException e) {
                failure = e;
            } catch (Exception e) { // the signature of AutoCloseable; none of ours throws anything but IOException
                failure = new IOException("not closed in order", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
