package org.lamplighter.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class MalleabilityTest {
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void check_strictParser_passes() {
        int accepted = Malleability.check(new byte[] {1, 7, 9}, Refused.class, 2_000, 1, input -> {
            if (input.length != 3 || input[0] != 1) {
                throw new Refused();
            }
            return input.clone();
        });

        assertThat(accepted).isPositive();
    }

    @Test
    void check_parserThatIgnoresTrailingBytes_fails() {
        assertThatThrownBy(() -> Malleability.check(new byte[] {1, 7, 9}, Refused.class, 10, 1, input -> {
                    if (input.length < 3) {
                        throw new Refused();
                    }
                    return Arrays.copyOf(input, 3);
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void check_parserThatThrowsSomethingElse_fails() {
        assertThatThrownBy(() -> Malleability.check(new byte[] {1, 7, 9}, Refused.class, 10, 1, input -> {
                    if (input[2] != 9) {
                        throw new Refused();
                    }
                    return input.clone();
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void seededRandom_sameSeed_givesTheSameStream() {
        assertThat(SeededRandom.of(5).bytes(100))
                .isEqualTo(SeededRandom.of(5).bytes(100))
                .isNotEqualTo(SeededRandom.of(6).bytes(100));
    }
}
