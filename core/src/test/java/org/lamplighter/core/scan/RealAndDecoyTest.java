package org.lamplighter.core.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.mailbox.BuiltEpoch;
import org.lamplighter.core.mailbox.Decoys;
import org.lamplighter.core.mailbox.EpochBuilder;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.testkit.SeededRandom;

/**
 * Anonymity T1: over some hundred epochs, nothing in the bytes of hints and bodies tells a message from a decoy. Compared are, at
 * each place of a row, how often each value of a byte occurs in one class and in the other.
 */
final class RealAndDecoyTest {
    private static final int N = 64;
    private static final int HINT = 48;
    /** Bytes of a body that are compared; the rest is of the same cipher. */
    private static final int BODY = 64;

    @Test
    void messagesAndDecoys_haveTheSameBytes() throws Exception {
        Samples samples = Samples.collect(false, 120);

        assertThat(samples.deviations()).isLessThan(4.5);
        assertThat(samples.undecodable[0]).isZero();
        assertThat(samples.undecodable[1]).isZero();
    }

    @Test
    void plantedFault_decoysOfRandomBytes_areFoundByBytesAndByDecoding() throws Exception {
        Samples samples = Samples.collect(true, 30);

        assertThat(samples.deviations()).isGreaterThan(4.5);
        assertThat(samples.undecodable[0]).isZero();
        assertThat(samples.undecodable[1]).isGreaterThan(N / 2 * 30 / 2);
    }

    /** Counts of byte values: class (0 message, 1 decoy), place in the row, value. */
    private static final class Samples {
        private final long[][][] counts = new long[2][HINT + BODY][256];
        private final int[] undecodable = new int[2];

        /** Slots 0 to 31 hold messages, the others decoys; with {@code fault} a decoy's hint is replaced by random bytes. */
        static Samples collect(boolean fault, int epochs) throws MalformedException {
            SeededRandom random = SeededRandom.of(31);
            FetchSecretKey key = FetchSecretKey.generate(random);
            List<MailboxRow> rows = new ArrayList<>();
            for (int slot = 0; slot < N; slot++) {
                rows.add(slot < N / 2 ? ScanTest.to(key) : Decoys.generate(random));
            }
            Samples samples = new Samples();
            for (int epoch = 1; epoch <= epochs; epoch++) {
                samples.add(rows, epoch, random, fault);
            }
            return samples;
        }

        private void add(List<MailboxRow> rows, int epoch, SeededRandom random, boolean fault) {
            byte[][] bodies = new byte[N][];
            List<Integer> slotAt = new ArrayList<>();
            NewsroomId newsroom = NewsroomId.copyOf(new byte[32]);
            BuiltEpoch built = EpochBuilder.of(newsroom, epoch, 1)
                    .<RuntimeException>build(
                            rows.stream().map(MailboxRow::hint).toList(),
                            new byte[0],
                            random,
                            slot -> {
                                slotAt.add(slot);
                                return rows.get(slot).envelope();
                            },
                            (file, bytes) -> bodies[file] = bytes);
            byte[] hints = built.hints();
            for (int position = 0; position < N; position++) {
                int kind = slotAt.get(position) < N / 2 ? 0 : 1;
                byte[] hint = fault && kind == 1
                        ? random.bytes(HINT)
                        : Arrays.copyOfRange(hints, position * HINT, (position + 1) * HINT);
                count(kind, hint, bodies[position]);
            }
        }

        private void count(int kind, byte[] hint, byte[] body) {
            for (int place = 0; place < HINT; place++) {
                counts[kind][place][hint[place] & 0xff]++;
            }
            for (int place = 0; place < BODY; place++) {
                counts[kind][HINT + place][body[place] & 0xff]++;
            }
            try {
                RistrettoElement.decodeNonIdentity(Arrays.copyOf(hint, 32));
            } catch (MalformedException e) {
                undecodable[kind]++;
            }
        }

        /** By how many standard deviations the two-sample chi-square of all places exceeds its mean. */
        double deviations() {
            double chi2 = 0;
            int degrees = 0;
            for (int place = 0; place < HINT + BODY; place++) {
                int values = 0;
                for (int value = 0; value < 256; value++) {
                    double a = counts[0][place][value];
                    double b = counts[1][place][value];
                    if (a + b > 0) {
                        chi2 += (a - b) * (a - b) / (a + b);
                        values++;
                    }
                }
                degrees += values - 1;
            }
            return (chi2 - degrees) / Math.sqrt(2.0 * degrees);
        }
    }
}
