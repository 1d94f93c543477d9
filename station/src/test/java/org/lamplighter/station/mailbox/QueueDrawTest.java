package org.lamplighter.station.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.station.store.MailboxStore.Draw;
import org.lamplighter.testkit.SeededRandom;

/** Reservoir sampling (docs/spec 4.2): whoever comes when has the same chance to be in the queue. */
final class QueueDrawTest {
    private static final int LIMIT = 10;
    private static final int OFFERED = 50;
    private static final int RUNS = 4000;

    @Test
    void everyBundle_hasTheSameChance() {
        SeededRandom random = SeededRandom.of(5);
        assertThat(isFair(QueueDraw.of(random, LIMIT))).isTrue();
    }

    @Test
    void firstComeFirstServed_isSeenAsUnfair() {
        assertThat(isFair(new Draw() {
                    @Override
                    public long id() {
                        return 0;
                    }

                    @Override
                    public int place(int waiting, long offered) {
                        return waiting < LIMIT ? waiting : -1;
                    }
                }))
                .isFalse();
    }

    @Test
    void newestAlwaysTakesAPlace_isSeenAsUnfair() {
        SeededRandom random = SeededRandom.of(6);
        assertThat(isFair(new Draw() {
                    @Override
                    public long id() {
                        return 0;
                    }

                    @Override
                    public int place(int waiting, long offered) {
                        return waiting < LIMIT ? waiting : random.nextInt(waiting);
                    }
                }))
                .isFalse();
    }

    /** Offers 50 bundles to a queue of 10, many times, and compares how often each stays with one in five: five sigmas. */
    private static boolean isFair(Draw draw) {
        int[] stayed = new int[OFFERED];
        for (int run = 0; run < RUNS; run++) {
            List<Integer> queue = new ArrayList<>();
            long offered = 0;
            for (int bundle = 0; bundle < OFFERED; bundle++) {
                int place = draw.place(queue.size(), offered);
                if (place == queue.size()) {
                    queue.add(bundle);
                } else {
                    offered++;
                    if (place >= 0) {
                        queue.set(place, bundle);
                    }
                }
            }
            queue.forEach(bundle -> stayed[bundle]++);
        }
        double chance = (double) LIMIT / OFFERED;
        double sigma = Math.sqrt(RUNS * chance * (1 - chance));
        for (int count : stayed) {
            if (Math.abs(count - RUNS * chance) > 5 * sigma) {
                return false;
            }
        }
        return true;
    }
}
