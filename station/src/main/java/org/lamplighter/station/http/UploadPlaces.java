package org.lamplighter.station.http;

import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Places for uploads in progress, because each has a file and a buffer. When all are taken, a newcomer gets the place of the
 * upload that is furthest behind {@link HttpLimits#uploadBytesPerSecond()}: otherwise whoever sends just fast enough not to
 * be cut off could hold all of them for a few hundred kilobytes a second. Thread-safe.
 */
final class UploadPlaces {
    /** How long an upload waits for others to end before it is told to come back. */
    private static final int WAIT_SECONDS = 60;

    private final HttpLimits limits;
    private final Semaphore free;
    private final Set<RequestBody> taken = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiting = new AtomicInteger();

    private UploadPlaces(HttpLimits limits) {
        this.limits = limits;
        this.free = new Semaphore(limits.largeBodies(), true);
    }

    static UploadPlaces of(HttpLimits limits) {
        return new UploadPlaces(limits);
    }

    /**
     * Takes a place for {@code body}, which counts from then on; false when none could be had in time.
     *
     * @throws RequestBody.ClientGoneException when too many wait already: the connection is cut off
     */
    boolean take(RequestBody body) throws RequestBody.ClientGoneException, InterruptedException {
        if (!free.tryAcquire(0, TimeUnit.SECONDS) && !await(body)) {
            return false;
        }
        body.begin();
        taken.add(body);
        return true;
    }

    private boolean await(RequestBody body) throws RequestBody.ClientGoneException, InterruptedException {
        body.hold();
        try {
            if (waiting.incrementAndGet() > limits.uploadsWaiting()) {
                body.cutOff();
                throw new RequestBody.ClientGoneException(new IOException("too many wait"));
            }
            for (int waited = 0; waited < WAIT_SECONDS; waited++) {
                cutOffTheLast();
                if (free.tryAcquire(1, TimeUnit.SECONDS)) {
                    return true;
                }
            }
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** Gives the place of {@code body} back. */
    void leave(RequestBody body) {
        taken.remove(body);
        free.release();
    }

    private void cutOffTheLast() {
        long now = System.nanoTime();
        Optional<RequestBody> last = taken.stream().max(Comparator.comparingLong(body -> body.behind(now)));
        if (last.isPresent()
                && last.get().behind(now) > limits.patience().toNanos()
                && taken.remove(last.get())) { // once: its place is free when its thread has noticed
            last.get().cutOff();
        }
    }
}
