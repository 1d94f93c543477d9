package org.lamplighter.e2e.powerloss;

import java.util.Random;
import org.lamplighter.e2e.powerloss.Disk.Fate;

/** What a disk may have kept of what it was not made to keep: the four corners, and anything between them. */
enum Fates implements Fate {
    /** Nothing. */
    NONE(false, false),
    /** Everything. */
    ALL(true, true),
    /** Names and not what is in the files: what was created is there and empty. */
    NAMES(false, true),
    /** Bytes of files whose names do not last. */
    BYTES(true, false);

    private final boolean pages;
    private final boolean names;

    Fates(boolean pages, boolean names) {
        this.pages = pages;
        this.names = names;
    }

    @Override
    public boolean keepsPage() {
        return pages;
    }

    @Override
    public boolean keepsName() {
        return names;
    }

    /** Each page and each name by a draw of its own. */
    static Fate drawn(Random random) {
        double share = random.nextDouble();
        return new Fate() {
            @Override
            public boolean keepsPage() {
                return random.nextDouble() < share;
            }

            @Override
            public boolean keepsName() {
                return random.nextDouble() < share;
            }
        };
    }
}
