package org.lamplighter.e2e.flood;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.e2e.flood.Lottery.Count;

/**
 * Honest bundles beside a flood have the chance that docs/spec 4.2 and 4.3 promise, whenever they come: nothing that a
 * flooder does with time, number of connections or order is worth anything.
 *
 * <p>A count may be 5 % off, or 5.5 standard deviations where that is more: a false alarm in 25 million comparisons.
 */
final class AdmissionShareTest {
    private static final double DEVIATIONS = 5.5;
    private static final double FIVE_PERCENT = 0.05;
    /** Ten times what is admitted, half of it honest. */
    private static final int FLOOD = 43;

    private static final int HONEST = 42;
    /** The mean of a cap that is drawn from 1 to 16, and its deviation. */
    private static final double ADMITTED = 8.5;

    private static final double ADMITTED_DEVIATION = Math.sqrt((16 * 16 - 1) / 12.0);
    private static final int QUEUE = 4096;
    private static final int EPOCHS = Integer.getInteger("lamplighter.flood.epochs", 4000);

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("lamplighter.flood.seed", 4);

    /** 60 boundaries: the bound for the share of the honest is a quarter. */
    @Test
    void honestBundles_besideTenTimesTheCapacity_areAdmittedAsPromised() throws Exception {
        lottery(60).forEach(Counted::check);
    }

    @Test
    @Tag("flood")
    void honestBundles_besideTenTimesTheCapacity_areAdmittedAsPromised_within5Percent() throws Exception {
        report(lottery(EPOCHS));
    }

    @Test
    void lotteryThatTakesTheFirst_isNoticed() throws Exception {
        Counted share = shareOfTheHonest(run(new FirstInFirst(), 20));
        assertThat(share.off()).isGreaterThan(share.bound());
    }

    /** One and a half times what the queue holds, the honest first: the bound is 5 %. */
    @Test
    void honestBundles_inAQueueThatOverflowsAfterThem_stayAsPromised() throws Exception {
        overflow(new SecureRandom(), QUEUE * 3 / 2).check();
    }

    @Test
    @Tag("flood")
    void honestBundles_inAQueueThatOverflowsTenfold_stayAsPromised() throws Exception {
        report(List.of(overflow(new SecureRandom(), QUEUE * 10)));
    }

    @Test
    void queueThatDropsTheOldest_isNoticed() throws Exception {
        Counted share = overflow(new FirstInFirst(), QUEUE + 512);
        assertThat(share.off()).isGreaterThan(share.bound());
    }

    /** A count beside its promise. */
    private record Counted(String what, double counted, double promised, double deviation) {
        double off() {
            return Math.abs(counted / promised - 1);
        }

        double bound() {
            return Math.max(FIVE_PERCENT, DEVIATIONS * deviation / promised);
        }

        void check() {
            System.out.println(this);
            assertThat(off()).describedAs(toString()).isLessThanOrEqualTo(bound());
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s: %.0f, promised %.0f (%+.1f %%, bound %.1f %%)",
                    what,
                    counted,
                    promised,
                    100 * (counted / promised - 1),
                    100 * bound());
        }
    }

    private record Run(int epochs, Count admitted) {}

    private List<Counted> lottery(int epochs) throws Exception {
        Run run = run(new SecureRandom(), epochs);
        Counted all = new Counted(
                "admitted of " + epochs * (FLOOD + HONEST) + " at " + epochs + " boundaries",
                run.admitted().all(),
                ADMITTED * epochs,
                ADMITTED_DEVIATION * Math.sqrt(epochs));
        return List.of(all, shareOfTheHonest(run));
    }

    private Run run(SecureRandom random, int epochs) throws Exception {
        Count admitted = new Count(0, 0);
        try (Lottery lottery = Lottery.open(folder, random, seed)) {
            lottery.post(FLOOD, false);
            lottery.post(HONEST, true);
            lottery.nextEpoch(); // so that old ones are waiting already
            for (int epoch = 0; epoch < epochs; epoch++) {
                // The flooder is always first.
                lottery.post(FLOOD, false);
                lottery.post(HONEST, true);
                admitted = admitted.plus(lottery.nextEpoch());
            }
        }
        return new Run(epochs, admitted);
    }

    /** Of those that were admitted, as many are honest as of those that were posted. */
    private static Counted shareOfTheHonest(Run run) {
        double part = (double) HONEST / (FLOOD + HONEST);
        int all = run.admitted().all();
        return new Counted(
                "honest ones among the " + all + " admitted",
                run.admitted().honest(),
                all * part,
                Math.sqrt(all * part * (1 - part)));
    }

    /** Posts {@code total} bundles between two boundaries, the honest half first, and counts who is still in the queue. */
    private Counted overflow(SecureRandom random, int total) throws Exception {
        try (Lottery lottery = Lottery.open(folder, random, seed)) {
            lottery.post(total / 2, true);
            lottery.post(total / 2, false);
            Count queue = lottery.queue();
            assertThat(queue.all()).isEqualTo(QUEUE);
            return new Counted(
                    "honest ones in the queue after " + total,
                    queue.honest(),
                    QUEUE / 2.0,
                    Math.sqrt(QUEUE * 0.25 * (1 - (double) QUEUE / total)));
        }
    }

    private static void report(List<Counted> counts) throws Exception {
        for (Counted count : counts) {
            Files.writeString(FloodTest.REPORT, count + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        counts.forEach(Counted::check);
    }

    /** The planted fault: the first in the queue is always the one that is drawn, to enter or to be displaced. */
    private static final class FirstInFirst extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final AtomicLong next = new AtomicLong();

        @Override
        public long nextLong() {
            return next.incrementAndGet(); // so are the ids, by which the queue is ordered
        }

        @Override
        public long nextLong(long bound) {
            return 0;
        }

        @Override
        public int nextInt(int bound) {
            return bound == 16 ? super.nextInt(bound) : 0;
        }
    }
}
