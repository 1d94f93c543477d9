package org.lamplighter.core.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.epoch.HeadMemory.ForkReason;
import org.lamplighter.core.epoch.HeadMemory.Verdict;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

final class HeadMemoryTest {
    private static final int EPOCHS = 1300;
    private static final List<SignedHead> HISTORY = Heads.history(EPOCHS, 0);

    @Test
    void check_honestStation_isFreshAfterAnyGapWithinTheWindow_andSaysSoBeyond() throws Exception {
        SeededRandom random = SeededRandom.of(1);
        for (int round = 0; round < 300; round++) {
            int seen = 1 + random.nextInt(EPOCHS);
            int now = seen + random.nextInt(EPOCHS - seen + 1);
            Verdict expected = now == seen
                    ? new Verdict.SameEpoch()
                    : now - seen <= 512 ? new Verdict.Fresh() : new Verdict.TooOldToCheck();
            assertThat(verdict(HISTORY, seen, HISTORY, now)).isEqualTo(expected);
        }
    }

    @Test
    void check_atTheEdgeOfTheWindow() throws Exception {
        assertThat(verdict(HISTORY, 600, HISTORY, 1112)).isEqualTo(new Verdict.Fresh());
        assertThat(verdict(HISTORY, 600, HISTORY, 1113)).isEqualTo(new Verdict.TooOldToCheck());
        assertThat(verdict(HISTORY, 1, HISTORY, 512)).isEqualTo(new Verdict.Fresh());
        assertThat(verdict(HISTORY, 1, HISTORY, 513)).isEqualTo(new Verdict.Fresh());
        assertThat(verdict(HISTORY, 1, HISTORY, 514)).isEqualTo(new Verdict.TooOldToCheck());
    }

    /** A station that changed one head, at any place between what was seen and now, or before it. */
    @Test
    void check_stationThatChangedOneHead_isFoundWhereverItIs() throws Exception {
        for (int changed : new int[] {1, 2, 50, 99, 100, 101, 150, 199, 200}) {
            List<SignedHead> forked = Heads.history(200, changed);
            for (int seen : new int[] {1, 50, 100, 150, 199}) {
                Verdict verdict = verdict(HISTORY, seen, forked, 200);
                // A head after the one that was seen is new to this client: only the chain that it continues can be
                // checked.
                assertThat(verdict)
                        .as("changed %s, seen %s", changed, seen)
                        .isEqualTo(
                                changed <= seen
                                        ? new Verdict.Fork(ForkReason.CHAIN_DOES_NOT_FIT)
                                        : new Verdict.Fresh());
            }
            if (changed <= 200) {
                assertThat(verdict(HISTORY, 200, forked, 200))
                        .isEqualTo(new Verdict.Fork(ForkReason.SAME_EPOCH_OTHER_CHAIN));
            }
        }
    }

    /** A station that shows honest heads, and a chain file that hides what it changed: every single core is caught. */
    @Test
    void check_anySingleChangedCoreAfterTheMemory_isFound() throws Exception {
        int now = 900;
        Head head = Heads.verified(HISTORY.get(now - 1));
        byte[] file = HISTORY.get(now - 1).chain().encode();
        HeadMemory oldest = memory(HISTORY, now - 512);
        for (int core = 0; core < 511; core++) {
            byte[] changed = file.clone();
            changed[core * 32 + core % 32] ^= 1;
            assertThat(oldest.check(head, head.parseChain(changed)))
                    .isEqualTo(new Verdict.Fork(ForkReason.CHAIN_DOES_NOT_FIT));
        }
        byte[] last = file.clone();
        last[511 * 32] ^= 1;
        assertThatThrownBy(() -> head.parseChain(last))
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_HASH));
    }

    @Test
    void plantedFault_clientThatComparesTheLastCoreAlone_findsNoFork() throws Exception {
        List<SignedHead> forked = Heads.history(200, 100);
        Head now = Heads.verified(forked.get(199));

        // What a client would check that trusts the chain file for itself.
        assertThat(now.parseChain(forked.get(199).chain().encode()).value()).isEqualTo(now.chain());
        // What ours checks.
        assertThat(verdict(HISTORY, 150, forked, 200)).isEqualTo(new Verdict.Fork(ForkReason.CHAIN_DOES_NOT_FIT));
    }

    @Test
    void check_epochThatWentBack_isAFork() throws Exception {
        assertThat(verdict(HISTORY, 100, HISTORY, 99)).isEqualTo(new Verdict.Fork(ForkReason.EPOCH_WENT_BACK));
    }

    @Test
    void check_chainOfAnotherHead_isAFaultOfTheCaller() throws Exception {
        Head head = Heads.verified(HISTORY.get(9));
        Chain other = HISTORY.get(10).chain();

        assertThatThrownBy(() -> memory(HISTORY, 5).check(head, other)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parseChain_ofEveryLength_comesBackAsItWas() throws Exception {
        for (int epoch : new int[] {1, 2, 511, 512, 513, EPOCHS}) {
            SignedHead signed = HISTORY.get(epoch - 1);
            byte[] file = signed.chain().encode();
            Chain parsed = Heads.verified(signed).parseChain(file);

            assertThat(file).hasSize(EpochLayout.CHAIN_LENGTH);
            assertThat(parsed.encode()).isEqualTo(file);
            assertThat(parsed.epoch()).isEqualTo(epoch);
            assertThat(parsed.value()).isEqualTo(signed.chain().value());
            Digest core = Digest.copyOf(SeededRandom.of(epoch).bytes(32));
            assertThat(parsed.next(core).encode())
                    .isEqualTo(signed.chain().next(core).encode());
        }
    }

    @Test
    void parseChain_withinTheFirst512Epochs_refusesAnyChange() throws Exception {
        SignedHead signed = HISTORY.get(99);
        Head head = Heads.verified(signed);
        int accepted = Malleability.check(
                signed.chain().encode(),
                MalformedException.class,
                500,
                9,
                file -> head.parseChain(file).encode());

        assertThat(accepted).isZero();
    }

    @Test
    void parseChain_coresBeforeEpochOne_areRefused() throws Exception {
        SignedHead signed = HISTORY.get(4);
        byte[] file = signed.chain().encode();
        Arrays.fill(file, 0, 32, (byte) 1);
        Head head = Heads.verified(signed);

        assertThatThrownBy(() -> head.parseChain(file))
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CANONICAL));
    }

    @Test
    void memory_comesBackAsItWas_andIsStrict() throws Exception {
        HeadMemory memory = memory(HISTORY, 77);

        assertThat(HeadMemory.parse(memory.encode())).isEqualTo(memory);
        assertThat(memory.encode()).hasSize(HeadMemory.LENGTH);
        Malleability.check(
                memory.encode(),
                MalformedException.class,
                2_000,
                10,
                bytes -> HeadMemory.parse(bytes).encode());
        assertThatThrownBy(() -> HeadMemory.parse(new byte[HeadMemory.LENGTH])).isInstanceOf(MalformedException.class);
    }

    private static Verdict verdict(List<SignedHead> before, int seen, List<SignedHead> station, int now)
            throws MalformedException {
        SignedHead signed = station.get(now - 1);
        Head head = Heads.verified(signed);
        return memory(before, seen).check(head, head.parseChain(signed.chain().encode()));
    }

    private static HeadMemory memory(List<SignedHead> history, int epoch) throws MalformedException {
        return HeadMemory.of(Heads.verified(history.get(epoch - 1)));
    }
}
