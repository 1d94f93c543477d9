package org.lamplighter.e2e.statistics;

import java.util.Arrays;
import org.lamplighter.station.mailbox.QueueDraw;

/**
 * What docs/spec 4.2 and 4.3 promise to honest bundles among others, reckoned from counts alone: the chance of each to be in the
 * queue, and at a boundary that admits k of Q the share k / Q of those that are. One thread at a time.
 */
final class LotteryPromise {
    /** Honest bundles expected in the queue, by epoch of arrival, newest first. */
    private final double[] honest;

    private int inQueue;
    private long offeredWhenFull;
    private double expected;
    private double variance;

    /** A bundle takes part in {@code lotteries} boundaries. */
    LotteryPromise(int lotteries) {
        this.honest = new double[lotteries];
    }

    void offered(boolean isHonest) {
        double enters = 1;
        if (inQueue < QueueDraw.LIMIT) {
            offeredWhenFull = 0;
            inQueue++;
        } else {
            offeredWhenFull++;
            enters = (double) QueueDraw.LIMIT / (QueueDraw.LIMIT + offeredWhenFull);
            stay(1 - enters / QueueDraw.LIMIT);
        }
        honest[0] += isHonest ? enters : 0;
    }

    /** A boundary at which {@code entering} bundles of {@code waiting} were admitted and {@code left} remain in the store. */
    void boundary(int waiting, int entering, int left) {
        double share = Math.min(1, Arrays.stream(honest).sum() / Math.max(1, waiting));
        expected += entering * share;
        variance += entering * share * (1 - share);
        stay(1 - (double) entering / Math.max(1, waiting));
        System.arraycopy(honest, 0, honest, 1, honest.length - 1);
        honest[0] = 0;
        inQueue = left;
    }

    /** Honest bundles that should have been admitted. */
    double expected() {
        return expected;
    }

    double variance() {
        return variance;
    }

    private void stay(double chance) {
        for (int i = 0; i < honest.length; i++) {
            honest[i] *= chance;
        }
    }
}
