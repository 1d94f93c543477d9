package org.lamplighter.core.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.testkit.SeededRandom;

final class ChainTest {
    @Test
    void resumedChain_goesOnLikeTheOneThatNeverStopped() {
        SeededRandom random = SeededRandom.of(3);
        List<Digest> cores = new ArrayList<>();
        Chain chain = Chain.beginning();
        for (int epoch = 1; epoch <= 600; epoch++) {
            cores.add(Digest.copyOf(random.bytes(32)));
            chain = chain.next(cores.getLast());
        }
        Digest core = Digest.copyOf(random.bytes(32));

        for (List<Digest> kept : List.of(cores, cores.subList(600 - Chain.WINDOW, 600))) {
            Chain resumed = Chain.resume(600, chain.value(), kept);

            assertThat(resumed.encode()).isEqualTo(chain.encode());
            assertThat(resumed.next(core).value()).isEqualTo(chain.next(core).value());
            assertThat(resumed.next(core).value()).isEqualTo(Chain.link(chain.value(), core));
        }
    }

    @Test
    void resume_withoutEnoughCores_isRefused() {
        Digest any = Digest.copyOf(new byte[32]);

        assertThatThrownBy(() -> Chain.resume(2, any, List.of(any))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Chain.resume(1, any, List.of(any, any))).isInstanceOf(IllegalArgumentException.class);
    }
}
