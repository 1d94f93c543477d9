package org.lamplighter.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

final class SealingTest {
    private static final SeededRandom RANDOM = SeededRandom.of(12);

    @Test
    void sealing_isReadAsWritten_andHasOneEncoding() {
        assertThat(bytes(new Sealing.None())).containsExactly(0);
        byte[] valid = bytes(new Sealing.KOfN(sealedKeys(2, holders(3), 3)));

        assertThat(valid).hasSize(1 + 8 + 2 + 64 + 3 * (32 + 9 + 1168) + 4 + 3 * 32 + 16);
        assertThat(Malleability.check(valid, MalformedException.class, 3_000, 3, SealingTest::reencode))
                .isPositive();
    }

    @Test
    void rulesThatCannotBe_areRefused() {
        assertThat(SealedKeys.isRule(1, 3)).isFalse();
        assertThat(SealedKeys.isRule(4, 3)).isFalse();
        assertThat(SealedKeys.isRule(2, 17)).isFalse();
        assertThat(SealedKeys.isRule(16, 16)).isTrue();
        byte[] valid = bytes(new Sealing.KOfN(sealedKeys(2, holders(3), 1)));
        for (int threshold : new int[] {0, 1, 4, 255}) {
            byte[] changed = valid.clone();
            changed[1 + 8] = (byte) threshold;
            assertThatThrownBy(() -> reencode(changed)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void holderWithTwoShares_isRefused() {
        Holder holder = holders(1).getFirst();

        assertThatThrownBy(() -> sealedKeys(2, List.of(holder, holder), 1))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] twice = bytes(new Sealing.KOfN(sealedKeys(2, holders(2), 1)));
        System.arraycopy(twice, 1 + 10 + 64, twice, 1 + 10 + 64 + 1209, 1209);
        assertThatThrownBy(() -> reencode(twice)).isInstanceOf(MalformedException.class);
    }

    private static List<Holder> holders(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Holder(
                        Digest.copyOf(RANDOM.bytes(32)),
                        i == 0 ? Holder.Kind.JOURNALIST : Holder.Kind.TRUSTEE,
                        i == 0
                                ? HolderId.of(JournalistId.copyOf(RANDOM.bytes(8)))
                                : HolderId.ofTrusteeKey(RANDOM.bytes(1216)),
                        RANDOM.bytes(Holder.SEALED_SHARE_BYTES)))
                .toList();
    }

    private static SealedKeys sealedKeys(int threshold, List<Holder> holders, int keys) {
        return new SealedKeys(
                ShareSetId.copyOf(RANDOM.bytes(8)),
                threshold,
                RANDOM.bytes(32),
                Digest.copyOf(RANDOM.bytes(32)),
                holders,
                RANDOM.bytes(32 * keys + 16));
    }

    private static byte[] reencode(byte[] input) throws MalformedException {
        ByteReader in = ByteReader.of(input, "test");
        Sealing sealing = Sealing.read(in);
        in.end();
        return bytes(sealing);
    }

    private static byte[] bytes(Sealing sealing) {
        ByteWriter out = new ByteWriter();
        sealing.writeTo(out);
        return out.toByteArray();
    }
}
