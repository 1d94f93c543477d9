package org.lamplighter.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExpiryTest {
    @Test
    void dueAt_isTheFirstGridPointAtOrAfterTtl() {
        Expiry expiry = new Expiry(600, 60);

        assertThat(expiry.dueAt(0)).isEqualTo(600);
        assertThat(expiry.dueAt(1)).isEqualTo(660);
        assertThat(expiry.dueAt(59)).isEqualTo(660);
        assertThat(expiry.dueAt(60)).isEqualTo(660);
        assertThat(expiry.isDue(1, 659)).isFalse();
        assertThat(expiry.isDue(1, 660)).isTrue();
    }

    @Test
    void dueAt_alwaysLiesFromTtlToLessThanTtlAndGrid() {
        Expiry expiry = new Expiry(1_209_600, 86_400);
        for (long admitted = 1_795_000_000L; admitted < 1_795_200_000L; admitted += 997) {
            assertThat(expiry.dueAt(admitted) - admitted).isBetween(1_209_600L, 1_295_999L);
        }
    }
}
