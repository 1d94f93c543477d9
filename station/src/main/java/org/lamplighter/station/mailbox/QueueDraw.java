package org.lamplighter.station.mailbox;

import java.security.SecureRandom;
import org.lamplighter.core.mailbox.UniformChoice;
import org.lamplighter.station.store.MailboxStore.Draw;

/**
 * Who waits when more come than the queue holds (docs/spec 4.2): reservoir sampling, so that each bundle offered since the
 * queue filled up has the same chance to be in it, first or last.
 */
public final class QueueDraw implements Draw {
    /** Bundles that wait at most: 135 MB at four envelopes. */
    public static final int LIMIT = 4096;

    private final SecureRandom random;
    private final int limit;

    private QueueDraw(SecureRandom random, int limit) {
        this.random = random;
        this.limit = limit;
    }

    public static QueueDraw of(SecureRandom random) {
        return new QueueDraw(random, LIMIT);
    }

    /** With another limit, so that a test need not fill a queue of 4,096. */
    static QueueDraw of(SecureRandom random, int limit) {
        return new QueueDraw(random, limit);
    }

    @Override
    public long id() {
        return random.nextLong();
    }

    @Override
    public int place(int waiting, long offered) {
        if (waiting < limit) {
            return waiting;
        }
        // This one is number offered + 1 after the limit that were there.
        return UniformChoice.happens(limit, limit + offered + 1, random) ? random.nextInt(waiting) : -1;
    }
}
