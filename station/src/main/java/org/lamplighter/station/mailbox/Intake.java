package org.lamplighter.station.mailbox;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.MailboxStore.Draw;
import org.lamplighter.station.store.MailboxStore.Waiting;
import org.lamplighter.station.store.StoreException;

/** Takes posted bundles into the queue (docs/spec 4.1, 4.2). Thread-safe. */
public final class Intake {
    private static final int POINT_LENGTH = 32;

    private final MailboxStore store;
    private final Draw draw;
    /** Decoding points is all work and no waiting; unbounded, a flood of bundles would leave readers no processor. */
    private final Semaphore decoding =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    private Intake(MailboxStore store, Draw draw) {
        this.store = store;
        this.draw = draw;
    }

    public static Intake of(MailboxStore store, SecureRandom random) {
        return new Intake(store, QueueDraw.of(random));
    }

    /**
     * Offers {@code body} to the queue; what became of it is durable on return.
     *
     * @param now Unix seconds
     * @return false when it is not a bundle; true otherwise, whether it waits, is a repetition or lost the draw: the sender
     *     must not be able to tell
     */
    public boolean post(byte[] body, StationParameters parameters, long now)
            throws StoreException, InterruptedException {
        if (!isBundle(body, parameters.envelopes())) {
            return false;
        }
        long arrived = now - now % parameters.epochSeconds();
        long remember = arrived + parameters.ttlSeconds() + parameters.expirySeconds() + parameters.waitingSeconds();
        store.offer(new Waiting(arrived, remember, points(body, parameters.envelopes()), Blob.copyOf(body)), draw);
        return true;
    }

    private boolean isBundle(byte[] body, int envelopes) throws InterruptedException {
        decoding.acquire();
        try {
            Bundle.parse(body, envelopes);
            return true;
        } catch (MalformedException e) {
            return false;
        } finally {
            decoding.release();
        }
    }

    /** The X of each envelope: the first 32 bytes of its row. They are canonical, so equal points are equal bytes. */
    private static List<Blob> points(byte[] body, int envelopes) {
        return IntStream.range(0, envelopes)
                .map(i -> i * MailboxRow.LENGTH)
                .mapToObj(from -> Blob.takeOver(Arrays.copyOfRange(body, from, from + POINT_LENGTH)))
                .toList();
    }
}
