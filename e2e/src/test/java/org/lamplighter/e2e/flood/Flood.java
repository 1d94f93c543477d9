package org.lamplighter.e2e.flood;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.lamplighter.core.collect.ChunkReceipt;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.e2e.crash.Ledger;
import org.lamplighter.e2e.crash.Letters;
import org.lamplighter.e2e.flood.Wire.Reply;

/**
 * All nuisances of a {@link FloodSize} at once, each connection on a virtual thread of its own, until the time is over.
 * What was acknowledged is entered in a {@link Ledger}. Thread-safe.
 */
final class Flood {
    private static final int ENVELOPES = 3;
    private static final int SMALL_CHUNK = SizeClass.KIB_64.chunkLength();
    private static final int IDLE_A_SECOND = 300;
    /** Above the pace that is cut off in any case, below the one that others may take the place of. */
    private static final int SLOW_CHUNK_BYTES_A_SECOND = 6000;

    private final int port;
    private final FloodSize size;
    private final long seed;
    private final Ledger ledger;
    private final Verdict verdict;
    private final long end;
    private final AtomicInteger posted = new AtomicInteger();
    private final AtomicInteger uploaded = new AtomicInteger();
    private final AtomicInteger fuzzed = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    private Flood(int port, FloodSize size, long seed, Ledger ledger, Verdict verdict) {
        this.port = port;
        this.size = size;
        this.seed = seed;
        this.ledger = ledger;
        this.verdict = verdict;
        this.end = System.nanoTime() + size.seconds() * 1_000_000_000L;
    }

    /** Begins a flood against the station at {@code port} of this machine. */
    static Flood start(int port, FloodSize size, long seed, Ledger ledger, Verdict verdict) {
        Flood flood = new Flood(port, size, seed, ledger, verdict);
        for (int i = 0; i < size.posters(); i++) {
            Sender sender = new Sender(seed + 1000 + i, ENVELOPES);
            flood.begin("post", () -> flood.post(sender));
        }
        for (int i = 0; i < size.uploaders(); i++) {
            Sender sender = new Sender(seed + 100_000 + i, ENVELOPES);
            flood.begin("upload", () -> flood.upload(sender));
        }
        for (int i = 0; i < size.slow(); i++) {
            flood.begin("slow header", flood::trickleHeader);
            flood.begin("slow bundle", flood::trickleBundle);
            flood.begin("slow chunk", flood::trickleChunk);
        }
        for (int i = 0; i < size.halfClosed(); i++) {
            int kind = i % 3;
            flood.begin("half-closed", () -> flood.closeHalf(kind));
        }
        for (int i = 0; i < 8; i++) {
            flood.begin("fuzz", flood::fuzz);
        }
        flood.begin("idle", flood::idle);
        return flood;
    }

    /** Returns when all of it is over. */
    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    boolean isOver() {
        return System.nanoTime() - end > 0;
    }

    /** One thing on one connection. */
    private interface Nuisance {
        void run() throws IOException, InterruptedException;
    }

    /** Does {@code nuisance} again and again; a connection that the station closes is what a nuisance must expect. */
    private void begin(String kind, Nuisance nuisance) {
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                while (!isOver()) {
                    try {
                        nuisance.run();
                    } catch (Wire.BadAnswerException e) {
                        verdict.fault(kind + ": " + e.getMessage());
                    } catch (IOException e) {
                        verdict.cutOff(kind);
                        Thread.sleep(50);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                verdict.fault("the test itself, " + kind + ": " + e);
            }
        }));
    }

    private void post(Sender sender) throws IOException {
        byte[] bundle = sender.bundle();
        boolean fresh = posted.get() < size.bundles();
        try (Wire wire = Wire.connect(port)) {
            while (!isOver()) {
                int number = posted.incrementAndGet();
                if (number <= size.bundles() && fresh) {
                    bundle = sender.bundle();
                } // afterwards the last one again and again: the same work for the station but for the disk
                Reply reply = wire.ask(Wire.request("POST", "/v1/bundles", bundle));
                verdict.answered("bundle", reply);
                if (reply.status() == 202 && number <= size.bundles()) {
                    ledger.acknowledged(number, bundle);
                }
            }
        }
    }

    private void upload(Sender sender) throws IOException, InterruptedException {
        if (uploaded.get() >= size.chunks()) {
            Thread.sleep(500);
            return;
        }
        try (Wire wire = Wire.connect(port)) {
            while (!isOver() && uploaded.incrementAndGet() <= size.chunks()) {
                ChunkId id = ChunkId.copyOf(sender.bytes(ChunkId.LENGTH));
                byte[] bytes = sender.bytes(SMALL_CHUNK);
                Reply reply = wire.ask(Wire.request("PUT", "/v1/chunks/" + id.hex(), bytes));
                verdict.answered("chunk", reply);
                if (reply.status() == 200 && reply.body().length == ChunkReceipt.BYTES) {
                    ledger.receipted(id, Letters.sha256(bytes));
                }
            }
        }
    }

    private void trickleHeader() throws IOException, InterruptedException {
        trickle("GET /v1/head HTTP/1.1\r\nHost: h\r\nX: ", 1);
    }

    private void trickleBundle() throws IOException, InterruptedException {
        trickle("POST /v1/bundles HTTP/1.1\r\nHost: h\r\nContent-Length: 24848\r\n\r\n", 1);
    }

    private void trickleChunk() throws IOException, InterruptedException {
        byte[] id = new byte[ChunkId.LENGTH];
        new Random().nextBytes(id);
        trickle(
                "PUT /v1/chunks/" + HexFormat.of().formatHex(id) + " HTTP/1.1\r\nHost: h\r\nContent-Length: "
                        + SizeClass.MIB_4.chunkLength() + "\r\n\r\n",
                SLOW_CHUNK_BYTES_A_SECOND);
    }

    private void trickle(String head, int bytesASecond) throws IOException, InterruptedException {
        try (Wire wire = Wire.connect(port)) {
            wire.write(Wire.ascii(head));
            while (!isOver()) {
                wire.write(new byte[bytesASecond]);
                Thread.sleep(1000);
            }
        }
    }

    private void closeHalf(int kind) throws IOException, InterruptedException {
        try (Wire wire = Wire.connect(port)) {
            switch (kind) {
                case 0 -> wire.write(Wire.request("GET", "/v1/head", new byte[0]));
                case 1 -> wire.write(Wire.ascii("GET /v1/he"));
                default -> wire.write(Wire.ascii("POST /v1/bundles HTTP/1.1\r\nContent-Length: 24848\r\n\r\nx"));
            }
            wire.endOutput();
            Optional<Reply> reply = wire.read();
            reply.ifPresent(found -> verdict.answered("half-closed", found));
            if (kind == 0 && reply.isEmpty()) {
                verdict.count("half-closed, whole request without an answer");
            }
            Thread.sleep(200);
        }
    }

    private void idle() throws IOException, InterruptedException {
        Deque<SocketChannel> open = new ArrayDeque<>();
        try {
            while (!isOver()) {
                // As many at once as are wanted, then some new ones all the time in the stead of the oldest.
                for (int i = 0; i < IDLE_A_SECOND / 10 || open.size() < size.idle(); i++) {
                    open.add(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
                    verdict.count("idle opened");
                    if (open.size() > size.idle()) {
                        open.remove().close();
                    }
                }
                Thread.sleep(100);
            }
        } finally {
            for (SocketChannel channel : open) {
                channel.close();
            }
        }
    }

    private void fuzz() throws IOException, InterruptedException {
        int number = fuzzed.incrementAndGet();
        if (number > size.fuzzed()) {
            Thread.sleep(500);
            return;
        }
        byte[] bytes = new Fuzzer(seed + number, BUNDLE).next();
        try (Wire wire = Wire.connect(port)) {
            try {
                wire.write(bytes);
                wire.endOutput();
            } catch (IOException e) {
                verdict.cutOff("fuzz"); // refused before it was all there; the answer may have come
            }
            for (Optional<Reply> reply = wire.read(); reply.isPresent(); reply = wire.read()) {
                verdict.answered("fuzz", reply.get());
            }
        } catch (java.net.SocketTimeoutException e) {
            verdict.fault("fuzz " + (seed + number) + " is neither answered nor cut off");
        } catch (Wire.BadAnswerException e) {
            verdict.fault("fuzz " + (seed + number) + ": " + e.getMessage());
        }
    }

    private static final byte[] BUNDLE = new Sender(7, ENVELOPES).bundle();
}
