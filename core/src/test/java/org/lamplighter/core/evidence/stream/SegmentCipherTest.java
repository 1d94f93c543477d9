package org.lamplighter.core.evidence.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.evidence.Forge;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.Pattern;

final class SegmentCipherTest {
    private static final byte[] KEY = Pattern.bytes(32);
    private static final byte[] PLAIN = Pattern.bytes(65_536);

    @Test
    void nonce_isTheCounterInElevenBytesAndTheFinalFlag() {
        assertThat(SegmentCipher.nonce(0, false)).isEqualTo(HexFormat.of().parseHex("000000000000000000000000"));
        assertThat(SegmentCipher.nonce(1, false)).isEqualTo(HexFormat.of().parseHex("000000000000000000000100"));
        assertThat(SegmentCipher.nonce(0x0fff, true)).isEqualTo(HexFormat.of().parseHex("0000000000000000000fff01"));
    }

    @Test
    void segments_areThoseOfTheSpecification() {
        SegmentCipher cipher = SegmentCipher.sealing(PartKey.copyOf(KEY), 3);
        for (int j = 0; j < 3; j++) {
            byte[] sealed = new byte[65_552];
            cipher.seal(PLAIN, 0, sealed, 0);
            assertThat(sealed).isEqualTo(Forge.segment(KEY, j, j == 2 ? 1 : 0, PLAIN));
        }
    }

    @Test
    void sealing_pastTheLastSegment_isRefused() {
        SegmentCipher cipher = SegmentCipher.sealing(PartKey.copyOf(KEY), 1);
        cipher.seal(PLAIN, 0, new byte[65_552], 0);

        assertThatThrownBy(() -> cipher.seal(PLAIN, 0, new byte[65_552], 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void opening_takesEachSegmentAtItsPlaceOnly() {
        byte[] first = Forge.segment(KEY, 0, 0, PLAIN);
        byte[] last = Forge.segment(KEY, 1, 1, PLAIN);
        byte[] out = new byte[65_536];

        SegmentCipher inOrder = SegmentCipher.opening(PartKey.copyOf(KEY), 2);
        assertThat(inOrder.open(first, 0, out, 0)).isTrue();
        assertThat(inOrder.open(last, 0, out, 0)).isTrue();
        assertThat(out).isEqualTo(PLAIN);
        SegmentCipher reversed = SegmentCipher.opening(PartKey.copyOf(KEY), 2);
        assertThat(reversed.open(last, 0, out, 0)).isFalse();
        assertThat(reversed.open(first, 0, out, 0)).isFalse();
    }

    @Test
    void everyChangedByte_isNoticed() {
        byte[] sealed = Forge.segment(KEY, 0, 1, PLAIN);
        byte[] out = new byte[65_536];
        for (int at = 0; at < sealed.length; at += 997) {
            byte[] changed = Arrays.copyOf(sealed, sealed.length);
            changed[at] ^= 0x20;
            assertThat(SegmentCipher.opening(PartKey.copyOf(KEY), 1).open(changed, 0, out, 0))
                    .isFalse();
        }
    }
}
