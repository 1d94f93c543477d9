package org.lamplighter.e2e.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What the program that is killed is doing then. */
enum Moment {
    /** The station answers a bundle. */
    POST(4),
    /** The station builds, enters or publishes an epoch. */
    TURN(4),
    /** The station takes in a chunk. */
    UPLOAD(4),
    /** A source's command seals, uploads or posts. */
    SEND(6),
    /** A journalist's command fetches, sorts or shows. */
    READ(3),
    /** A journalist's command writes a reply or hands it over. */
    REPLY(3),
    /** A journalist's command makes prekeys or uploads them. */
    REPLENISH(3),
    /** A journalist's command fetches evidence. */
    COLLECT(3);

    /** Of so many in all. */
    static final int OF = 30;

    private final int share;

    Moment(int share) {
        this.share = share;
    }

    boolean isOfStation() {
        return this == POST || this == TURN || this == UPLOAD;
    }

    /** {@link #OF} moments in an order drawn from {@code random}, each kind as often as its share says. */
    static List<Moment> shuffled(Random random) {
        List<Moment> all = new ArrayList<>();
        for (Moment moment : values()) {
            all.addAll(Collections.nCopies(moment.share, moment));
        }
        if (all.size() != OF) {
            throw new IllegalStateException("the shares do not add up");
        }
        Collections.shuffle(all, random);
        return all;
    }
}
