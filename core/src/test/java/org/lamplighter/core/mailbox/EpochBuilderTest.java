package org.lamplighter.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.hint.HintKey;
import org.lamplighter.core.primitive.Aead;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.testkit.SeededRandom;

final class EpochBuilderTest {
    private static final int N = 64;
    private static final byte[] NONE = {};
    private static final NewsroomId NEWSROOM =
            NewsroomId.copyOf(SeededRandom.of(77).bytes(32));

    @Test
    void build_everyMessage_isFoundOnceByItsRecipientAndOpens() throws Exception {
        SeededRandom random = SeededRandom.of(1);
        Scalar recipient = Scalar.random(random);
        Mailbox mailbox = new Mailbox(random);
        Set<Integer> mine = Set.of(3, 4, 17, 63);
        for (int slot : mine) {
            mailbox.put(slot, to(RistrettoElement.multiplyBase(recipient), Scalar.random(random), random));
        }

        Files files = mailbox.build(5, NONE, 1);

        Set<String> found = new HashSet<>();
        for (int position = 0; position < N; position++) {
            byte[] q = files.q(position);
            byte[] okm = HintKey.of(NEWSROOM, 5)
                    .okm(RistrettoElement.decode(q).multiply(recipient).encode(), q);
            if (Arrays.equals(okm, 0, 16, files.hints, position * 48 + 32, position * 48 + 48)) {
                byte[] key = Arrays.copyOfRange(okm, 16, 48);
                found.add(Hex.format(Aead.CHACHA20_POLY1305
                        .open(key, new byte[12], NONE, files.body(position))
                        .orElseThrow()));
            }
        }
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(mine.stream()
                        .map(slot -> Hex.format(mailbox.rows.get(slot).envelope()))
                        .toList());
    }

    @Test
    void build_threads_doNotChangeTheResult() {
        Mailbox mailbox = new Mailbox(SeededRandom.of(2));
        byte[] secret = SeededRandom.of(3).bytes(64);
        int[] order = UniformChoice.permutation(N, SeededRandom.of(4));

        Files one = mailbox.build(9, SecretBytes.copyOf(secret), order.clone(), 1);
        Files three = mailbox.build(9, SecretBytes.copyOf(secret), order.clone(), 3);

        assertThat(three.hints).isEqualTo(one.hints);
        assertThat(three.bodies).isDeepEqualTo(one.bodies);
    }

    @Test
    void build_sizesAndDigests_areThoseOfTheFiles() {
        Files files = new Mailbox(SeededRandom.of(5)).build(1, NONE, 2);
        EpochLayout layout = new EpochLayout(N);

        assertThat(files.hints).hasSize(layout.hintsLength());
        assertThat(files.built.hintsDigest()).isEqualTo(Digest.copyOf(Sha256.digest(files.hints)));
        assertThat(files.bodies).hasDimensions(64, layout.bodyFileLength());
        for (int file = 0; file < 64; file++) {
            assertThat(files.built.bodyDigests().get(file)).isEqualTo(Digest.copyOf(Sha256.digest(files.bodies[file])));
        }
    }

    @Test
    void build_sinkThatFails_stopsTheBuildWithItsException() {
        Mailbox mailbox = new Mailbox(SeededRandom.of(6));

        assertThatThrownBy(() -> EpochBuilder.of(NEWSROOM, 1, 1)
                        .<IOException>build(mailbox.hints(), NONE, mailbox.random, mailbox::envelope, (file, bytes) -> {
                            if (file == 7) {
                                throw new IOException("disk full");
                            }
                        }))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    @Test
    void build_qOfThePreviousEpoch_isRefused() {
        Mailbox mailbox = new Mailbox(SeededRandom.of(7));
        byte[] secret = SeededRandom.of(8).bytes(64);
        int[] order = UniformChoice.permutation(N, SeededRandom.of(9));
        Files first = mailbox.build(1, SecretBytes.copyOf(secret), order.clone(), 1);

        // The planted fault: a machine whose randomness comes again after a reset, and the same epoch built once more.
        assertThatThrownBy(() -> EpochBuilder.of(NEWSROOM, 1, 1)
                        .<RuntimeException>build(
                                mailbox.hints(),
                                first.hints,
                                SecretBytes.copyOf(secret),
                                order.clone(),
                                mailbox::envelope,
                                (file, bytes) -> {}))
                .isInstanceOf(UnsafeEpochException.class);
    }

    @Test
    void build_sameHintTwice_getsTwoDifferentQ_becauseEachRowHasItsOwnScalar() {
        Mailbox mailbox = new Mailbox(SeededRandom.of(10));
        mailbox.put(1, mailbox.rows.get(0));

        Files files = mailbox.build(1, NONE, 1);

        assertThat(new HashSet<>(files.allQ())).hasSize(N);
    }

    /** Anonymity T2: adjacent epochs share no 32-byte word, over some hundred epochs of one unchanged mailbox. */
    @Test
    void adjacentEpochs_shareNoWord() {
        Mailbox mailbox = new Mailbox(SeededRandom.of(11));
        byte[] previous = NONE;
        Set<String> before = Set.of();
        for (int epoch = 1; epoch <= 200; epoch++) {
            Files files = mailbox.build(epoch, previous, 1);
            Set<String> words = words(files.hints);
            assertThat(Collections.disjoint(words, before)).isTrue();
            if (epoch == 200) {
                assertThat(words(files.bodies[0])).doesNotContainAnyElementsOf(words(files.bodies[1]));
            }
            before = words;
            previous = files.hints;
        }
    }

    @Test
    void plantedFault_scalarsThatDependOnTheRowAlone_areFoundInAdjacentEpochs() {
        // r reused: a secret that is not renewed, and r_k without the number of the epoch.
        Mailbox mailbox = new Mailbox(SeededRandom.of(12));
        SecretBytes kept = SecretBytes.generate(64, SeededRandom.of(13));
        List<String> first = mailbox.qWith(slot -> EpochBuilder.rerandomiser(kept, 0, slot));
        List<String> second = mailbox.qWith(slot -> EpochBuilder.rerandomiser(kept, 0, slot));

        assertThat(first).containsAnyElementsOf(second);
    }

    /**
     * Anonymity T3, FPF's related points: a sender posts X, X^2 and X^a. If one scalar served several rows, it would find its
     * rows again by the relation of their Q, and watch when they are deleted.
     */
    @Test
    void relatedPoints_giveUnrelatedQ() throws Exception {
        Related related = Related.in(SeededRandom.of(14));
        for (int epoch = 1; epoch <= 8; epoch++) {
            Files files = related.mailbox.build(epoch, NONE, 1);
            assertThat(related.relationsAmong(files.allQ())).isZero();
        }
    }

    @Test
    void plantedFault_oneScalarForAllRows_isFoundByRelatedPoints() throws Exception {
        Related related = Related.in(SeededRandom.of(15));
        SecretBytes secret = SecretBytes.generate(64, SeededRandom.of(16));
        List<String> q = related.mailbox.qWith(slot -> EpochBuilder.rerandomiser(secret, 1, 0));

        assertThat(related.relationsAmong(q)).isEqualTo(2);
    }

    /** Anonymity T6: the position of a row says nothing about its slot, not even to somebody who posts in a chosen order. */
    @Test
    void positions_areUniform_overManyEpochs() {
        assertThat(chi2OfPositions(true)).isLessThan(FORTY_NINE_DEGREES);
    }

    @Test
    void plantedFault_noPermutation_isFoundByPositions() {
        assertThat(chi2OfPositions(false)).isGreaterThan(FORTY_NINE_DEGREES);
    }

    /** Exceeded once in a thousand by a chi-square variable of 49 degrees of freedom. */
    private static final double FORTY_NINE_DEGREES = 85.4;

    /** Counts, over 60 epochs, how often the slots of one eighth stand in each eighth of the positions. */
    private static double chi2OfPositions(boolean permuted) {
        Mailbox mailbox = new Mailbox(SeededRandom.of(17));
        int epochs = 60;
        long[] seen = new long[64];
        for (int epoch = 1; epoch <= epochs; epoch++) {
            int[] slotAt = permuted
                    ? mailbox.orderOfABuild(epoch)
                    : IntStream.range(0, N).toArray();
            for (int position = 0; position < N; position++) {
                seen[slotAt[position] / 8 * 8 + position / 8]++;
            }
        }
        double chi2 = Arrays.stream(seen)
                .mapToDouble(n -> (n - epochs) * (double) (n - epochs) / epochs)
                .sum();
        // Sampling without replacement: the variance of a cell is smaller by (n - 1) / n.
        return chi2 * (N - 1) / N;
    }

    private static Set<String> words(byte[] file) {
        Set<String> words = new HashSet<>();
        for (int at = 0; at + 32 <= file.length; at += 16) {
            words.add(Hex.format(Arrays.copyOfRange(file, at, at + 32)));
        }
        return words;
    }

    static MailboxRow to(RistrettoElement recipient, Scalar x, SeededRandom random) {
        return MailboxRow.of(
                HintPair.of(RistrettoElement.multiplyBase(x), recipient.multiply(x)),
                random.bytes(MailboxRow.ENVELOPE_LENGTH));
    }

    /** N slots, at first all decoys. */
    private static final class Mailbox {
        private final SeededRandom random;
        private final List<MailboxRow> rows = new ArrayList<>();

        private Mailbox(SeededRandom random) {
            this.random = random;
            for (int slot = 0; slot < N; slot++) {
                rows.add(Decoys.generate(random));
            }
        }

        void put(int slot, MailboxRow row) {
            rows.set(slot, row);
        }

        List<HintPair> hints() {
            return rows.stream().map(MailboxRow::hint).toList();
        }

        byte[] envelope(int slot) {
            return rows.get(slot).envelope();
        }

        /** Bodies are asked for in the order of the positions, so that the source sees which slot stands where. */
        int[] orderOfABuild(long epoch) {
            List<Integer> asked = new ArrayList<>();
            EpochBuilder.of(NEWSROOM, epoch, 1)
                    .<RuntimeException>build(
                            hints(),
                            NONE,
                            random,
                            slot -> {
                                asked.add(slot);
                                return envelope(slot);
                            },
                            (file, bytes) -> {});
            return asked.stream().mapToInt(i -> i).toArray();
        }

        Files build(long epoch, byte[] previous, int threads) {
            byte[][] bodies = new byte[64][];
            BuiltEpoch built = EpochBuilder.of(NEWSROOM, epoch, threads)
                    .<RuntimeException>build(
                            hints(), previous, random, this::envelope, (file, bytes) -> bodies[file] = bytes);
            return new Files(built, bodies);
        }

        Files build(long epoch, SecretBytes secret, int[] slotAt, int threads) {
            byte[][] bodies = new byte[64][];
            BuiltEpoch built = EpochBuilder.of(NEWSROOM, epoch, threads)
                    .<RuntimeException>build(
                            hints(), NONE, secret, slotAt, this::envelope, (file, bytes) -> bodies[file] = bytes);
            return new Files(built, bodies);
        }

        /** All Q under a broken choice of scalars. */
        List<String> qWith(java.util.function.IntFunction<Scalar> r) {
            return IntStream.range(0, N)
                    .mapToObj(slot -> Hex.format(
                            rows.get(slot).hint().x().multiply(r.apply(slot)).encode()))
                    .toList();
        }
    }

    private static final class Files {
        private final BuiltEpoch built;
        private final byte[] hints;
        private final byte[][] bodies;

        private Files(BuiltEpoch built, byte[][] bodies) {
            this.built = built;
            this.hints = built.hints();
            this.bodies = bodies;
        }

        byte[] q(int position) {
            return Arrays.copyOfRange(hints, position * 48, position * 48 + 32);
        }

        List<String> allQ() {
            return IntStream.range(0, N).mapToObj(i -> Hex.format(q(i))).toList();
        }

        byte[] body(int position) {
            int perFile = N / 64;
            int from = position % perFile * 8192;
            return Arrays.copyOfRange(bodies[position / perFile], from, from + 8192);
        }
    }

    /** A mailbox with rows whose X are X, 2X and aX (in the paper's notation X, X^2, X^a) for a known a. */
    private record Related(Mailbox mailbox, Scalar two, Scalar a) {
        static Related in(SeededRandom random) {
            Mailbox mailbox = new Mailbox(random);
            RistrettoElement recipient = RistrettoElement.multiplyBase(Scalar.random(random));
            Scalar x = Scalar.random(random);
            Scalar one = x.multiply(x.invert());
            Scalar two = one.add(one);
            Scalar a = Scalar.random(random);
            mailbox.put(10, to(recipient, x, random));
            mailbox.put(20, to(recipient, x.multiply(two), random));
            mailbox.put(30, to(recipient, x.multiply(a), random));
            return new Related(mailbox, two, a);
        }

        /** Pairs of rows whose Q are related like the sender's X. */
        int relationsAmong(List<String> all) throws Exception {
            Set<String> set = new HashSet<>(all);
            int relations = 0;
            for (String q : all) {
                RistrettoElement element = RistrettoElement.decode(Hex.parse(q, 32, "Q"));
                for (Scalar factor : List.of(two, a)) {
                    if (set.contains(Hex.format(element.multiply(factor).encode()))) {
                        relations++;
                    }
                }
            }
            return relations;
        }
    }
}
