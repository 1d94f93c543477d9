package org.lamplighter.e2e.flood;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lamplighter.e2e.flood.Wire.Reply;

/** Readers who fetch hints again and again while something else goes on, and how long each fetch took. Thread-safe. */
final class Readers {
    private static final int PAUSE_MILLIS = 20;
    private static final int REQUESTS_A_HEAD = 50;

    private final int port;
    private final Verdict verdict;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();
    private volatile boolean stopped;

    private Readers(int port, Verdict verdict) {
        this.port = port;
        this.verdict = verdict;
    }

    static Readers start(int port, int count, Verdict verdict) {
        Readers readers = new Readers(port, verdict);
        for (int i = 0; i < count; i++) {
            readers.threads.add(Thread.ofPlatform().start(readers::read));
        }
        return readers;
    }

    /** Ends them. */
    void join() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** The time within which {@code part} of the fetches were answered, in milliseconds. */
    synchronized double millis(double part) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))] / 1e6;
    }

    synchronized int count() {
        return nanos.size();
    }

    /** {@code 5000 fetches of hints, median 1.0 ms, p99 5.0 ms, longest 9.0 ms}. */
    String report() {
        return String.format(
                Locale.ROOT,
                "%d fetches of hints, median %.1f ms, p99 %.1f ms, longest %.1f ms",
                count(),
                millis(0.5),
                millis(0.99),
                millis(1));
    }

    private void read() {
        @Nullable Wire wire = null;
        String target = "";
        try {
            for (int request = 0; !stopped; request++) {
                try {
                    if (wire == null || request % REQUESTS_A_HEAD == 0) {
                        if (wire != null) {
                            wire.close();
                        }
                        wire = Wire.connect(port);
                        target = hints(wire);
                    }
                    fetch(wire, target);
                } catch (IOException e) {
                    verdict.count("reader connects again");
                    if (wire != null) {
                        wire.close();
                    }
                    wire = null;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            if (wire != null) {
                wire.close();
            }
        } catch (IOException e) {
            verdict.fault("a reader: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String hints(Wire wire) throws IOException {
        Reply head = wire.ask(Wire.request("GET", "/v1/head", new byte[0]));
        verdict.answered("reader", head);
        return "/v1/epochs/"
                + Arrays.stream(new String(head.body(), StandardCharsets.UTF_8).split("\n", -1))
                        .filter(line -> line.startsWith("epoch "))
                        .map(line -> line.substring("epoch ".length()))
                        .findFirst()
                        .orElse("0")
                + "/hints";
    }

    private void fetch(Wire wire, String target) throws IOException {
        long begun = System.nanoTime();
        Reply reply = wire.ask(Wire.request("GET", target, new byte[0]));
        long took = System.nanoTime() - begun;
        verdict.answered("reader", reply);
        if (reply.status() != 200) {
            verdict.fault("a reader got " + reply.status());
        }
        synchronized (this) {
            nanos.add(took);
        }
    }
}
