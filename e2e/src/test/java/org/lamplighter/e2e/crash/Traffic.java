package org.lamplighter.e2e.crash;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.lamplighter.client.ChunkUploader;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationClient;
import org.lamplighter.client.StationFailure;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.core.epoch.HeadMemory;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.testkit.SeededRandom;

/**
 * Sources that write and upload without a pause, through the real client, whatever happens to the station, and enter in a
 * {@link Ledger} what was acknowledged. Thread-safe.
 */
final class Traffic {
    /**
     * What a station that is killed does to a client: no connection, a broken one, a station that is not up yet, or one that
     * did not live long enough for an epoch in the last minute.
     */
    private static final Set<Kind> OF_KILLS =
            EnumSet.of(Kind.UNREACHABLE, Kind.NOT_READY, Kind.EPOCH_GONE, Kind.STALE_HEAD);

    private static final List<SizeClass> SIZES =
            List.of(SizeClass.KIB_64, SizeClass.KIB_64, SizeClass.KIB_256, SizeClass.MIB_1);

    private final Town town;
    private final Ledger ledger;
    private final Heads heads;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicReference<CountDownLatch> nextPost = new AtomicReference<>(new CountDownLatch(1));
    private final AtomicReference<CountDownLatch> nextUpload = new AtomicReference<>(new CountDownLatch(1));
    private final List<Thread> threads = new ArrayList<>();
    private volatile double uploadPart;
    private volatile boolean stopped;

    private Traffic(Town town, Ledger ledger, Heads heads) {
        this.town = town;
        this.ledger = ledger;
        this.heads = heads;
    }

    /** Two sources that write and two that upload, in threads of their own. */
    static Traffic start(Town town, Ledger ledger, Heads heads, long seed) throws Exception {
        Traffic traffic = new Traffic(town, ledger, heads);
        for (int worker = 0; worker < 2; worker++) {
            Random random = new Random(seed + worker);
            Poster poster = traffic.new Poster(random);
            Uploader uploader = traffic.new Uploader(random.nextLong());
            traffic.threads.add(Thread.ofPlatform().name("poster").start(poster::run));
            traffic.threads.add(Thread.ofPlatform().name("uploader").start(uploader::run));
        }
        return traffic;
    }

    /** Returns when the next bundle is about to leave. */
    void awaitPost() throws InterruptedException {
        await(nextPost);
    }

    /** Returns when {@code part} of a chunk, from 0 to 1, has left. */
    void awaitUpload(double part) throws InterruptedException {
        uploadPart = part;
        await(nextUpload);
    }

    /** Ends when what is on its way has been acknowledged or has failed. */
    void end() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void await(AtomicReference<CountDownLatch> next) throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        next.set(latch);
        if (!latch.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody sends any more");
        }
    }

    private void failed(StationFailure failure) {
        if (!OF_KILLS.contains(failure.kind())) {
            heads.fault(failure.kind() + ": " + failure.getMessage());
        }
    }

    private static void rest(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A source that writes one letter after the other, and remembers the last head. */
    private final class Poster {
        private final StationClient client = town.client();
        private final SecureRandom secure = new SecureRandom();
        private final Letters letters = new Letters(secure);
        private final Pause pause = Pause.of(InstantSource.system());
        private final Random random;
        private Optional<HeadMemory> memory = Optional.empty();

        Poster(Random random) throws Exception {
            this.random = random;
        }

        void run() {
            while (!stopped) {
                try (StationSession session = client.session()) {
                    VerifiedEpoch epoch = session.fetch(memory, Progress.none());
                    memory = Optional.of(epoch.memory());
                    heads.seen(epoch.head());
                    int number = numbers.incrementAndGet();
                    byte[] bundle = letters.write(epoch, Letters.text(number));
                    pause.until(session.nextMoment());
                    nextPost.get().countDown();
                    session.post(bundle);
                    ledger.acknowledged(number, bundle);
                } catch (StationFailure failure) {
                    failed(failure);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                rest(random.nextInt(3000));
            }
        }
    }

    /** A source that uploads one chunk after the other. */
    private final class Uploader {
        private final StationClient client = town.client();
        private final SeededRandom random;

        Uploader(long seed) throws Exception {
            this.random = SeededRandom.of(seed);
        }

        void run() {
            while (!stopped) {
                try (StationSession session = client.session()) {
                    VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
                    heads.seen(epoch.head());
                    try (ChunkUploader uploader = client.uploader(epoch.certificate())) {
                        for (int chunks = 0; chunks < 6 && !stopped; chunks++) {
                            upload(uploader);
                            rest(100 + random.nextInt(400));
                        }
                    }
                } catch (StationFailure failure) {
                    failed(failure);
                }
            }
        }

        private void upload(ChunkUploader uploader) throws StationFailure {
            byte[] bytes = random.bytes(SIZES.get(random.nextInt(SIZES.size())).chunkLength());
            Digest hash = Letters.sha256(bytes);
            SealedChunk chunk = SealedChunk.takeOver(ChunkId.copyOf(random.bytes(ChunkId.LENGTH)), bytes);
            uploader.upload(chunk, sent -> {
                if (sent >= uploadPart * chunk.length()) {
                    nextUpload.get().countDown();
                }
            });
            ledger.receipted(chunk.id(), hash);
        }
    }
}
