package org.lamplighter.e2e.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationSession;
import org.lamplighter.core.epoch.Head;
import org.lamplighter.core.wire.Digest;

/** Every head that anybody has seen: of one epoch there must be one, and no client may meet another history. Thread-safe. */
public final class Heads {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Map<Long, Digest> seen = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long last;

    /** A client was shown {@code head}. */
    public synchronized void seen(Head head) {
        Digest before = seen.putIfAbsent(head.epoch(), head.chain());
        if (before != null && !before.equals(head.chain())) {
            faults.add("two heads of epoch " + head.epoch());
        }
        last = Math.max(last, head.epoch());
        notifyAll();
    }

    /** A client failed in a way in which no killed station makes a client fail. */
    public synchronized void fault(String fault) {
        faults.add(fault);
    }

    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    public synchronized long last() {
        return last;
    }

    /** Waits until somebody has seen a later head than all so far. */
    public synchronized void awaitNext() throws InterruptedException {
        long before = last;
        long end = System.nanoTime() + LIMIT.toNanos();
        while (last == before) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("no epoch after " + before + "; " + faults);
            }
            wait(left);
        }
    }

    /** Fetches until there is a later head than all so far. */
    public void next(Town town) throws Exception {
        long before = last();
        while (last() == before) {
            try (StationSession session = town.client().session()) {
                seen(session.fetch(Optional.empty(), Progress.none()).head());
            }
            Thread.sleep(200);
        }
    }
}
