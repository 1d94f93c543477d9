package org.lamplighter.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.api.Assertions;

/**
 * Checks that a parser takes one encoding of each value and no other: whatever it accepts, it writes back as the same bytes,
 * and it refuses the rest with its one checked exception, never with another.
 */
public final class Malleability {
    private Malleability() {}

    /** Parses {@code input} and encodes what was read; throws the parser's checked exception when it refuses. */
    @FunctionalInterface
    public interface Reencoding {
        byte[] of(byte[] input) throws Exception;
    }

    /**
     * Feeds {@code valid}, every truncation of it (at most 600 of them), longer inputs, and {@code rounds} random changes.
     *
     * @return how many of the changed inputs were accepted; each of them was written back as it was
     */
    public static int check(
            byte[] valid, Class<? extends Exception> refusal, int rounds, long seed, Reencoding reencoding) {
        Probe probe = new Probe(refusal, reencoding);
        assertThat(probe.accepts(valid)).as("the valid input is accepted").isTrue();

        SeededRandom random = SeededRandom.of(seed);
        int accepted = 0;
        int step = Math.max(1, valid.length / 600);
        for (int length = 0; length < valid.length; length += step) {
            accepted += probe.accepts(Arrays.copyOf(valid, length)) ? 1 : 0;
        }
        for (int more = 1; more <= 3; more++) {
            accepted += probe.accepts(Arrays.copyOf(valid, valid.length + more)) ? 1 : 0;
        }
        for (int round = 0; round < rounds; round++) {
            byte[] changed = change(valid, random);
            accepted += !Arrays.equals(changed, valid) && probe.accepts(changed) ? 1 : 0;
        }
        return accepted;
    }

    private static byte[] change(byte[] valid, SeededRandom random) {
        byte[] out = valid.clone();
        // Headers are at the front: half of the changes go there.
        int reach = random.nextBoolean() ? Math.min(out.length, 128) : out.length;
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(reach);
            switch (random.nextInt(5)) {
                case 0 -> out[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> out[at] = (byte) random.nextInt(256);
                case 2 -> out[at] = 0;
                case 3 -> out[at] = (byte) 0xff;
                default -> out[at]++;
            }
        }
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(out, random.nextInt(out.length + 1));
            case 1 -> Arrays.copyOf(out, out.length + 1 + random.nextInt(8));
            default -> out;
        };
    }

    private record Probe(Class<? extends Exception> refusal, Reencoding reencoding) {
        boolean accepts(byte[] input) {
            byte[] given = input.clone();
            byte[] written;
            try {
                written = reencoding.of(given);
            } catch (Exception e) {
                if (!refusal.isInstance(e)) {
                    Assertions.fail("refused with another exception than " + refusal.getSimpleName(), e);
                }
                return false;
            }
            assertThat(given).as("the parser leaves its input alone").isEqualTo(input);
            assertThat(written).as("what is accepted is written back as it was").isEqualTo(input);
            return true;
        }
    }
}
