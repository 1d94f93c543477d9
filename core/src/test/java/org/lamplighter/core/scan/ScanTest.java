package org.lamplighter.core.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.hint.HintKey;
import org.lamplighter.core.mailbox.BuiltEpoch;
import org.lamplighter.core.mailbox.EpochBuilder;
import org.lamplighter.core.mailbox.HintPair;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.testkit.SeededRandom;

final class ScanTest {
    private static final int N = 64;
    private static final EpochLayout LAYOUT = new EpochLayout(N);
    private static final SeededRandom RANDOM = SeededRandom.of(1);
    private static final NewsroomId NEWSROOM = NewsroomId.copyOf(RANDOM.bytes(32));
    private static final FetchSecretKey MINE = FetchSecretKey.generate(RANDOM);
    private static final FetchSecretKey THEIRS = FetchSecretKey.generate(RANDOM);

    /** The proof of concept answers at most ten messages: the eleventh starves. Here all are found, whatever the number. */
    @Test
    void run_anyNumberOfMessages_findsAllAndOpensEach() throws Exception {
        for (int mine : new int[] {0, 1, 10, 11, 40, 64}) {
            Published published = Published.with(mine, 5);
            List<Match> matches = published.scan(MINE, 5, 1);

            assertThat(matches).hasSize(mine);
            Set<String> opened = matches.stream()
                    .map(match -> Hex.format(BodyOpener.open(match, published.bodies[match.bodyFile()])
                            .orElseThrow()))
                    .collect(Collectors.toSet());
            assertThat(opened).isEqualTo(published.envelopesOfMine());
        }
    }

    @Test
    void run_otherKeyEpochOrNewsroom_findsNothing() throws Exception {
        Published published = Published.with(20, 7);
        NewsroomId other = NewsroomId.copyOf(RANDOM.bytes(32));

        assertThat(published.scan(THEIRS, 7, 1)).hasSize(N - 20);
        assertThat(published.scan(FetchSecretKey.generate(RANDOM), 7, 1)).isEmpty();
        assertThat(published.scan(MINE, 8, 1)).isEmpty();
        assertThat(Scan.of(published.hints, LAYOUT, other, 7).run(MINE, 1, (done, all) -> {}))
                .isEmpty();
    }

    @Test
    void run_threads_doNotChangeTheResult() throws Exception {
        Published published = Published.with(13, 9);

        assertThat(positions(published.scan(MINE, 9, 4))).isEqualTo(positions(published.scan(MINE, 9, 1)));
    }

    @Test
    void run_progress_isTheSameWhateverIsFound() throws Exception {
        List<Integer> empty = progress(Published.with(0, 1));

        assertThat(progress(Published.with(64, 1))).isEqualTo(empty);
        assertThat(empty).hasSize(64).endsWith(N);
    }

    /**
     * The poison message of the protocol's analysis: X = Z = identity. If a station let it pass, or made it, every client that
     * does not look for the identity would take the row for its own.
     */
    @Test
    void run_identityWithTheTagThatEveryClientComputes_isSkipped() throws Exception {
        byte[] hints = Published.with(3, 2).hints;
        byte[] identity = new byte[32];
        byte[] okm = HintKey.of(NEWSROOM, 2).okm(identity, identity);
        System.arraycopy(identity, 0, hints, 0, 32);
        System.arraycopy(okm, 0, hints, 32, 16);
        List<Match> matches = Scan.of(hints, LAYOUT, NEWSROOM, 2).run(MINE, 1, (done, all) -> {});

        assertThat(positions(matches)).doesNotContain(0);
        // The planted fault: a client without the check finds the row, whoever it is.
        assertThat(naiveMatches(hints, MINE)).contains(0);
        assertThat(naiveMatches(hints, THEIRS)).contains(0);
    }

    @Test
    void run_encodingThatIsNone_isSkippedAndTheRestIsFound() throws Exception {
        Published published = Published.with(64, 3);
        byte[] hints = published.hints;
        // Minus one, a negative number, and one that is no square.
        for (int row = 0; row < 3; row++) {
            String bad = List.of(
                            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "0100000000000000000000000000000000000000000000000000000000000000",
                            "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371")
                    .get(row);
            System.arraycopy(Hex.parse(bad, 32, "test"), 0, hints, row * 48, 32);
        }

        assertThat(positions(Scan.of(hints, LAYOUT, NEWSROOM, 3).run(MINE, 1, (done, all) -> {})))
                .isEqualTo(IntStream.range(3, N).boxed().toList());
    }

    @Test
    void of_anotherSize_isRefused() {
        for (int length : new int[] {0, N * 48 - 1, N * 48 + 1}) {
            assertThatThrownBy(() -> Scan.of(new byte[length], LAYOUT, NEWSROOM, 1))
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void open_bodyOfAnotherRowOrChanged_givesNothing() throws Exception {
        Published published = Published.with(2, 4);
        List<Match> matches = published.scan(MINE, 4, 1);
        byte[] file = published.bodies[matches.get(0).bodyFile()].clone();
        file[file.length - 1] ^= 1;

        assertThat(BodyOpener.open(matches.get(0), file)).isEmpty();
        assertThat(BodyOpener.open(
                        matches.get(0), published.bodies[matches.get(1).bodyFile()]))
                .isEmpty();
        assertThatThrownBy(() -> BodyOpener.open(matches.get(0), new byte[8191]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void match_closed_opensNothingAndIsNeverPrinted() throws Exception {
        Published published = Published.with(1, 6);
        Match match = published.scan(MINE, 6, 1).getFirst();
        match.close();

        assertThatThrownBy(() -> BodyOpener.open(match, published.bodies[match.bodyFile()]))
                .isInstanceOf(IllegalStateException.class);
        assertThat(match.toString()).contains("REDACTED");
    }

    private static List<Integer> positions(List<Match> matches) {
        return matches.stream().map(Match::position).toList();
    }

    private static List<Integer> progress(Published published) throws MalformedException {
        List<Integer> seen = new ArrayList<>();
        Scan.of(published.hints, LAYOUT, NEWSROOM, 1).run(MINE, 1, (done, all) -> seen.add(done));
        return seen;
    }

    private static List<Integer> naiveMatches(byte[] hints, FetchSecretKey key) throws MalformedException {
        List<Integer> found = new ArrayList<>();
        for (int row = 0; row < N; row++) {
            byte[] q = Arrays.copyOfRange(hints, row * 48, row * 48 + 32);
            byte[] shared = RistrettoElement.decode(q).multiply(key.scalar()).encode();
            byte[] okm = HintKey.of(NEWSROOM, 2).okm(shared, q);
            if (Arrays.equals(okm, 0, 16, hints, row * 48 + 32, row * 48 + 48)) {
                found.add(row);
            }
        }
        return found;
    }

    static MailboxRow to(FetchSecretKey recipient) throws MalformedException {
        Scalar x = Scalar.random(RANDOM);
        return MailboxRow.of(
                HintPair.decode(
                        RistrettoElement.multiplyBase(x).encode(),
                        recipient.publicKey().element().multiply(x).encode()),
                RANDOM.bytes(MailboxRow.ENVELOPE_LENGTH));
    }

    /** An epoch with rows to MINE and, in all other slots, to THEIRS. */
    private static final class Published {
        private final List<MailboxRow> rows;
        private final int mine;
        private final byte[] hints;
        private final byte[][] bodies = new byte[64][];

        private Published(List<MailboxRow> rows, int mine, long epoch) {
            this.rows = rows;
            this.mine = mine;
            BuiltEpoch built = EpochBuilder.of(NEWSROOM, epoch, 1)
                    .<RuntimeException>build(
                            rows.stream().map(MailboxRow::hint).toList(),
                            new byte[0],
                            RANDOM,
                            slot -> rows.get(slot).envelope(),
                            (file, bytes) -> bodies[file] = bytes);
            this.hints = built.hints();
        }

        static Published with(int mine, long epoch) throws MalformedException {
            List<MailboxRow> rows = new ArrayList<>();
            for (int slot = 0; slot < N; slot++) {
                rows.add(slot < mine ? to(MINE) : to(THEIRS));
            }
            return new Published(rows, mine, epoch);
        }

        List<Match> scan(FetchSecretKey key, long epoch, int threads) throws MalformedException {
            return Scan.of(hints, LAYOUT, NEWSROOM, epoch).run(key, threads, (done, all) -> {});
        }

        Set<String> envelopesOfMine() {
            return rows.subList(0, mine).stream()
                    .map(row -> Hex.format(row.envelope()))
                    .collect(Collectors.toSet());
        }
    }
}
