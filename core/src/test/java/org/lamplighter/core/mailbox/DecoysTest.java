package org.lamplighter.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lamplighter.core.wire.Refusals.assertRefused;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.SeededRandom;

final class DecoysTest {
    private final SeededRandom random = SeededRandom.of(91);

    /** Envelopes that nobody drew would be the same in every decoy, and zero. */
    @Test
    void generate_drawsHintAndEnvelope() {
        MailboxRow one = Decoys.generate(random);
        MailboxRow two = Decoys.generate(random);

        assertThat(one.hint()).isNotEqualTo(two.hint());
        assertThat(one.envelope()).isNotEqualTo(two.envelope());
        // A byte is missing among 8,176 with probability 256 (255/256)^8176 < 1e-11.
        assertThat(bytesIn(one.envelope())).isEqualTo(256);
    }

    @Test
    void rows_areEqualWhenAllOfThemIs() throws Exception {
        MailboxRow row = Decoys.generate(random);
        MailboxRow same = MailboxRow.parse(row.encode());
        MailboxRow otherHint = MailboxRow.of(Decoys.generate(random).hint(), row.envelope());
        MailboxRow otherEnvelope =
                MailboxRow.of(row.hint(), Decoys.generate(random).envelope());

        assertThat(row).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(row.hint()).isEqualTo(same.hint()).hasSameHashCodeAs(same.hint());
        assertThat(row).isNotEqualTo(otherHint).isNotEqualTo(otherEnvelope).isNotEqualTo("row");
        assertThat(row.hint()).isNotEqualTo(otherHint.hint()).isNotEqualTo("hint");
        assertThat(row.toString()).isEqualTo("MailboxRow[REDACTED]");
        assertThat(row.hint().toString()).isEqualTo("HintPair[REDACTED]");
    }

    @Test
    void parse_bytesAfterTheEnd_areRefused() {
        MailboxRow row = Decoys.generate(random);
        byte[] longer = Arrays.copyOf(row.encode(), MailboxRow.LENGTH + 1);
        byte[] longerHint = Arrays.copyOf(row.hint().encode(), HintPair.LENGTH + 1);

        assertRefused(Reason.TRAILING_BYTES, () -> MailboxRow.parse(longer));
        assertRefused(Reason.TRAILING_BYTES, () -> HintPair.parse(longerHint));
    }

    private static long bytesIn(byte[] bytes) {
        boolean[] seen = new boolean[256];
        long count = 0;
        for (byte each : bytes) {
            count += seen[each & 0xff] ? 0 : 1;
            seen[each & 0xff] = true;
        }
        return count;
    }
}
