package org.lamplighter.e2e.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.hipparchus.stat.descriptive.StreamingStatistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.mailbox.AdmissionBuckets;
import org.lamplighter.core.mailbox.AdmissionBuckets.Admission;
import org.lamplighter.core.mailbox.AdmissionBuckets.Rates;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.statistics.Significance;

/**
 * Flooding as a question (formats.md 4): who keeps the queue full sees how many of its own bundles enter and reckons from the
 * rate how many of others did. The profile "small": 24.2 bundles a day are let in under a flood.
 */
@Tag("statistics")
final class FloodCountTest {
    private static final Rates SMALL = new Rates(2048, 4, 14 * 86_400, 86_400, 3 * 86_400, 3600);
    private static final double REFILL_A_DAY = 0.85 * 512 * 86_400 / (18.0 * 86_400);
    private static final int EPOCHS_A_DAY = 24;
    private static final int DAYS = Size.of(2_000, 100_000);
    private static final int WAITING = 2_000;

    /** The admission, or one with a fault. */
    private interface Gate {
        int entering(long boundary, SecureRandom random);
    }

    /** What the estimates of a flooder are worth. */
    private record Estimates(double meanError, double deviation) {
        double pValue() {
            // The variance of a sample variance of Poisson numbers is (mean + 2 mean^2) / days.
            double variance = (REFILL_A_DAY + 2 * REFILL_A_DAY * REFILL_A_DAY) / DAYS;
            return Significance.normal(deviation * deviation, REFILL_A_DAY, variance);
        }
    }

    @Test
    void flooder_isOffByFiveBundlesADay() throws Exception {
        Estimates estimates = estimates(real(), 301);
        Report.line(
                "flood count",
                DAYS + " days of \"small\"",
                "a day's estimate is off by %.2f bundles (promised %.2f, p = %.3g), in the mean by %.3f",
                estimates.deviation(),
                Math.sqrt(REFILL_A_DAY),
                estimates.pValue(),
                estimates.meanError());
        assertThat(estimates.pValue()).isGreaterThan(Significance.ALPHA);
    }

    @Test
    void plantedFault_rateThatIsKnown_countsTheOthersExactly() {
        Gate known = (boundary, random) -> (int)
                (Math.floor(REFILL_A_DAY * boundary / 86_400) - Math.floor(REFILL_A_DAY * (boundary - 3600) / 86_400));
        Estimates estimates = estimates(known, 302);
        assertThat(estimates.pValue()).isLessThan(Significance.ALPHA);
        assertThat(estimates.deviation()).isLessThan(1);
    }

    private static Gate real() {
        AdmissionBuckets[] buckets = {AdmissionBuckets.full(SMALL, 0)};
        return (boundary, random) -> {
            Admission admission = buckets[0].admit(boundary, WAITING, random);
            buckets[0] = admission.after();
            return admission.count();
        };
    }

    /** One in ten of those that enter is another's; the flooder sees its own alone. */
    private static Estimates estimates(Gate gate, long seed) {
        SecureRandom random = SeededRandom.of(seed);
        StreamingStatistics errors = new StreamingStatistics();
        long boundary = 0;
        for (int day = -50; day < DAYS; day++) { // the burst is over by day 0
            int own = 0;
            int others = 0;
            for (int epoch = 0; epoch < EPOCHS_A_DAY; epoch++) {
                boundary += 3600;
                for (int i = gate.entering(boundary, random); i > 0; i--) {
                    if (random.nextInt(10) == 0) {
                        others++;
                    } else {
                        own++;
                    }
                }
            }
            if (day >= 0) {
                errors.addValue(REFILL_A_DAY - own - others);
            }
        }
        return new Estimates(errors.getMean(), errors.getStandardDeviation());
    }
}
