package org.lamplighter.core.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lamplighter.core.epoch.EpochClock.Freshness;

final class EpochClockTest {
    private final EpochClock hourly = new EpochClock(3600);

    @Test
    void boundaries_areMultiplesOfT() {
        assertThat(hourly.boundaryAfter(7199)).isEqualTo(7200);
        assertThat(hourly.boundaryAfter(7200)).isEqualTo(10_800);
        assertThat(hourly.isBoundary(7200)).isTrue();
        assertThat(hourly.isBoundary(7201)).isFalse();
    }

    @Test
    void cutOff_isAMinuteOrAFifth() {
        assertThat(hourly.cutOff(7200)).isEqualTo(7140);
        assertThat(new EpochClock(5).cutOff(100)).isEqualTo(99);
        assertThat(new EpochClock(1).cutOff(100)).isEqualTo(100);
    }

    @Test
    void freshness_withinThreeEpochsIsCurrent() {
        assertThat(hourly.freshness(100_000, 100_000 + 10_800)).isEqualTo(Freshness.CURRENT);
        assertThat(hourly.freshness(100_000, 100_000 + 10_801)).isEqualTo(Freshness.STALE);
        assertThat(hourly.freshness(100_000, 100_000 - 10_800)).isEqualTo(Freshness.CURRENT);
        assertThat(hourly.freshness(100_000, 100_000 - 10_801)).isEqualTo(Freshness.CLOCKS_DISAGREE);
        assertThat(new EpochClock(5).freshness(100_000, 100_060)).isEqualTo(Freshness.CURRENT);
        assertThat(new EpochClock(5).freshness(100_000, 100_061)).isEqualTo(Freshness.STALE);
    }

    @Test
    void layout_namesAndSizes() {
        EpochLayout small = new EpochLayout(2048);

        assertThat(small.hintsLength()).isEqualTo(98_304);
        assertThat(small.bodyFileLength()).isEqualTo(262_144);
        assertThat(EpochLayout.CHAIN_LENGTH).isEqualTo(16_384);
        assertThat(EpochLayout.filesAfterHead())
                .hasSize(68)
                .startsWith("parameters", "keys", "chain", "hints", "bodies/00")
                .endsWith("bodies/63");
        assertThatThrownBy(() -> new EpochLayout(100)).isInstanceOf(IllegalArgumentException.class);
    }
}
