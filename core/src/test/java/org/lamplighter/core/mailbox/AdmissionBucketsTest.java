package org.lamplighter.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.mailbox.AdmissionBuckets.Admission;
import org.lamplighter.core.mailbox.AdmissionBuckets.Rates;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

final class AdmissionBucketsTest {
    private static final long DAY = 86_400;
    private static final Rates SMALL = new Rates(2048, 4, 14 * DAY, DAY, 3 * DAY, 3600);
    private static final Rates DEMO = new Rates(256, 4, 600, 60, 180, 5);

    @Test
    void admit_fromFull_admitsTheBurstInStepsOfOneToSixteen() {
        SecureRandom random = SeededRandom.of(1);
        AdmissionBuckets buckets = AdmissionBuckets.full(SMALL, 0);
        List<Integer> counts = new ArrayList<>();
        for (int epoch = 1; epoch <= 20; epoch++) {
            Admission admission = buckets.admit(3600L * epoch, 4096, random);
            counts.add(admission.count());
            buckets = admission.after();
        }

        // 512 x 259200 / 1555200 = 85.3 bundles, and about one more an hour.
        assertThat(counts.subList(0, 5)).allMatch(count -> count >= 1 && count <= 16);
        assertThat(counts.stream().mapToInt(i -> i).sum()).isBetween(85, 120);
    }

    /** Total variation between what the two cases show to a flooder is the most that any guess from one epoch can gain. */
    @Test
    void admit_whatAFlooderSeesOfOneEpoch_hardlyTellsHowManyOthersWait() {
        assertThat(advantageOfAFlooder(SeededRandom.of(8), AdmissionBuckets::admit))
                .isLessThan(0.25);
    }

    @Test
    void plantedFault_capThatIsFixed_countsTheOthers() {
        assertThat(advantageOfAFlooder(
                        SeededRandom.of(8),
                        (buckets, boundary, waiting, random) -> buckets.admit(boundary, waiting, 16, random)))
                .isGreaterThan(0.8);
    }

    /** A flooder has 32 bundles waiting beside none or four of others, and a full bucket; it sees how many of its own enter. */
    private static double advantageOfAFlooder(SecureRandom random, Boundary boundary) {
        int trials = 20_000;
        int[][] seen = new int[2][AdmissionBuckets.MAX_PER_EPOCH + 1];
        for (int others : new int[] {0, 4}) {
            for (int trial = 0; trial < trials; trial++) {
                int entering = boundary.admit(AdmissionBuckets.full(SMALL, 0), 3600, 32 + others, random)
                        .count();
                int own = 0;
                for (int place = 0; place < entering; place++) {
                    own += random.nextInt(32 + others - place) < 32 - own ? 1 : 0;
                }
                seen[others == 0 ? 0 : 1][own]++;
            }
        }
        long difference = 0;
        for (int own = 0; own <= AdmissionBuckets.MAX_PER_EPOCH; own++) {
            difference += Math.abs(seen[0][own] - seen[1][own]);
        }
        return difference / (2.0 * trials);
    }

    private interface Boundary {
        Admission admit(AdmissionBuckets buckets, long boundary, int waiting, SecureRandom random);
    }

    @Test
    void admit_underFlood_admitsEightyFivePercentOfCapacity() {
        SecureRandom random = SeededRandom.of(2);
        AdmissionBuckets buckets = AdmissionBuckets.full(SMALL, 0);
        long admitted = 0;
        int days = 300;
        for (int epoch = 1; epoch <= 24 * days; epoch++) {
            Admission admission = buckets.admit(3600L * epoch, 4096, random);
            admitted += admission.count();
            buckets = admission.after();
        }

        // 0.85 x 512 x 86400 / 1555200 = 24.2 a day, after the first burst of 85.
        assertThat((admitted - 85) / (double) days).isBetween(23.2, 25.2);
    }

    @Test
    void admit_doesNotSeeTheFill_soTheSameDemandGetsTheSameAnswer() {
        // The mailbox is no argument of admit; what else could tell is the history of admissions. Two histories that
        // leave the
        // same levels behind are the same from here on.
        AdmissionBuckets fresh = AdmissionBuckets.full(DEMO, 1000);
        AdmissionBuckets used = AdmissionBuckets.full(DEMO, 0)
                .admit(5, 16, SeededRandom.of(3))
                .after()
                .admit(1000, 0, SeededRandom.of(4))
                .after();
        for (int epoch = 0; epoch < 200; epoch++) {
            used = used.admit(1000, 0, SeededRandom.of(epoch)).after();
        }

        assertThat(used.encode()).isEqualTo(fresh.encode());
    }

    @Test
    void admit_clockThatWentBack_gainsNothing() {
        SecureRandom random = SeededRandom.of(5);
        AdmissionBuckets buckets = AdmissionBuckets.full(DEMO, 100_000);
        int admitted = 0;
        for (int i = 0; i < 200; i++) {
            Admission admission = buckets.admit(100_000 - 5L * i, 100, random);
            admitted += admission.count();
            buckets = admission.after();
        }

        assertThat(admitted).isEqualTo(13);
    }

    /** The law that keeps a place for every bundle: over any clock and any demand, live bundles never exceed C. */
    @Test
    void admit_overRandomClocksDemandAndParameters_neverExceedsCapacity() {
        int reachedMostOfIt = 0;
        for (int seed = 0; seed < 400; seed++) {
            Scenario scenario = Scenario.random(seed);
            int peak = scenario.peakOfLive(elapsed -> elapsed);
            assertThat(peak).as(scenario.toString()).isLessThanOrEqualTo(scenario.rates.liveBundlesMax());
            reachedMostOfIt += peak >= scenario.rates.liveBundlesMax() * 0.9 ? 1 : 0;
        }
        assertThat(reachedMostOfIt).as("the scenarios come near the limit").isGreaterThan(20);
    }

    @Test
    void plantedFault_guardThatGainsATenthMore_exceedsCapacity() {
        int exceeded = 0;
        for (int seed = 0; seed < 400; seed++) {
            Scenario scenario = Scenario.random(seed);
            if (scenario.peakOfLive(elapsed -> elapsed + elapsed / 10) > scenario.rates.liveBundlesMax()) {
                exceeded++;
            }
        }
        assertThat(exceeded).isPositive();
    }

    @Test
    void parse_ofWhatWasEncoded_goesOnAsBefore() throws Exception {
        AdmissionBuckets buckets = AdmissionBuckets.full(SMALL, 7200)
                .admit(10_800, 5, SeededRandom.of(6))
                .after();
        AdmissionBuckets again = AdmissionBuckets.parse(buckets.encode(), SMALL);

        assertThat(buckets.encode()).hasSize(AdmissionBuckets.LENGTH);
        assertThat(again.admit(14_400, 9, SeededRandom.of(7)).after().encode())
                .isEqualTo(buckets.admit(14_400, 9, SeededRandom.of(7)).after().encode());
        Malleability.check(
                buckets.encode(),
                MalformedException.class,
                3_000,
                8,
                bytes -> AdmissionBuckets.parse(bytes, SMALL).encode());
    }

    @Test
    void parse_levelAboveTheCapacity_isRefused() {
        byte[] large = AdmissionBuckets.full(SMALL, 0).encode();

        assertThatThrownBy(() -> AdmissionBuckets.parse(large, DEMO)).isInstanceOf(MalformedException.class);
    }

    @Test
    void rates_thatNeverAdmitABundle_areRefused() {
        assertThatThrownBy(() -> new Rates(64, 4, 14 * DAY, DAY, 3600, 3600))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Each of the least values, and the equation of the bucket at its equality; one below it is refused. */
    @Test
    void rates_atTheirBounds_areTaken() {
        assertThat(new Rates(3, 1, 1, 1, 1, 1).liveBundlesMax()).isEqualTo(3);
        assertThatThrownBy(() -> new Rates(2, 1, 1, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rates(4, 2, 1, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rates(9, 0, 1, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rates(9, 1, 0, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rates(9, 1, 1, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rates(9, 1, 1, 1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rates(9, 1, 1, 1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_fullBuckets_areTaken() throws Exception {
        byte[] full = AdmissionBuckets.full(SMALL, 7).encode();

        assertThat(AdmissionBuckets.parse(full, SMALL).encode()).isEqualTo(full);
    }

    /** A mailbox of random parameters under a random clock, which jumps, stands still and goes back, and random demand. */
    private record Scenario(Rates rates, int seed) {
        static Scenario random(int seed) {
            SecureRandom random = SeededRandom.of(1000 + seed);
            while (true) {
                long ttl = 60L + random.nextInt(2000);
                long expiry = 1L + random.nextInt((int) Math.min(ttl, 300));
                long burst = 1L + random.nextInt((int) ttl);
                int slots = 64 * (1 + random.nextInt(3));
                int envelopes = 2 + random.nextInt(3);
                if (slots / envelopes * burst >= ttl + expiry + burst) {
                    return new Scenario(new Rates(slots, envelopes, ttl, expiry, burst, 1 + random.nextInt(60)), seed);
                }
            }
        }

        /** The most bundles that were live at once; {@code gain} distorts the time that the guard believes has gone by. */
        int peakOfLive(LongUnaryOperator gain) {
            SecureRandom random = SeededRandom.of(seed);
            Expiry expiry = new Expiry(rates.ttlSeconds(), rates.expirySeconds());
            List<Long> live = new ArrayList<>();
            AdmissionBuckets buckets = AdmissionBuckets.full(rates, 0);
            long now = random.nextInt(10_000);
            long believed = now;
            int peak = 0;
            // Two kinds of demand: always more than enough, or in waves.
            boolean flood = random.nextBoolean();
            for (int epoch = 0; epoch < 600; epoch++) {
                long step = switch (random.nextInt(20)) {
                    case 0 -> -(long) random.nextInt(500);
                    case 1 -> random.nextInt(5000);
                    default -> rates.epochSeconds();
                };
                now += step;
                believed += step > 0 ? gain.applyAsLong(step) : step;
                long boundary = now;
                live.removeIf(admitted -> expiry.isDue(admitted, boundary));
                int waiting = flood ? 4096 : random.nextInt(4) == 0 ? random.nextInt(40) : 0;
                Admission admission = buckets.admit(believed, waiting, random);
                buckets = admission.after();
                for (int i = 0; i < admission.count(); i++) {
                    live.add(now);
                }
                peak = Math.max(peak, live.size());
            }
            return peak;
        }
    }
}
