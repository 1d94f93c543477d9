package org.lamplighter.core.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lamplighter.core.wire.Refusals.assertRefused;

import org.junit.jupiter.api.Test;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.wire.NewsroomId;

final class MatchTest {
    private static final NewsroomId NEWSROOM = NewsroomId.copyOf(new byte[32]);

    @Test
    void match_isFoundInItsBodyFile() {
        EpochLayout layout = new EpochLayout(256);
        try (Match match = new Match(layout, 135, SecretBytes.takeOver(new byte[32]))) {
            assertThat(match.bodyFile()).isEqualTo(33);
            assertThat(match.offsetInBodyFile()).isEqualTo(3 * 8192);
        }
    }

    @Test
    void of_hintsOfAnotherSize_areRefusedForTheirReason() {
        EpochLayout layout = new EpochLayout(64);
        byte[] shorter = new byte[64 * 48 - 1];
        byte[] longer = new byte[64 * 48 + 1];

        assertRefused(Reason.TRUNCATED, () -> Scan.of(shorter, layout, NEWSROOM, 1));
        assertRefused(Reason.TRAILING_BYTES, () -> Scan.of(longer, layout, NEWSROOM, 1));
    }
}
