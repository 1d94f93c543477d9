package org.lamplighter.core.scan;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.hint.HintKey;
import org.lamplighter.core.hint.RowLoop;
import org.lamplighter.core.primitive.ristretto.EncodedProduct;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.wire.NewsroomId;

/**
 * Finds the rows of an epoch that are made to one fetch key (docs/spec/04-mailbox.md 4.10).
 *
 * <p>Every row is tried, and each costs the same: one multiplication, one key derivation and one comparison in constant time,
 * whether it is a message to this key, to another, or a decoy. What was found is gathered when all rows are done, so that
 * neither the time nor the progress tells how much there is. Immutable.
 */
public final class Scan {
    private static final int Q_LENGTH = RistrettoElement.BYTES;

    private final EpochLayout layout;
    private final HintKey hintKey;
    private final byte[] hints;

    private Scan(EpochLayout layout, HintKey hintKey, byte[] hints) {
        this.layout = layout;
        this.hintKey = hintKey;
        this.hints = hints;
    }

    /**
     * A scan of the hints file of {@code epoch}, whose hash the caller has compared with the head.
     *
     * @throws MalformedException {@code TRUNCATED} or {@code TRAILING_BYTES} for another size than N x 48 bytes
     */
    public static Scan of(byte[] hints, EpochLayout layout, NewsroomId newsroom, long epoch) throws MalformedException {
        if (hints.length != layout.hintsLength()) {
            throw new MalformedException(
                    hints.length < layout.hintsLength() ? Reason.TRUNCATED : Reason.TRAILING_BYTES, "hints: size");
        }
        return new Scan(layout, HintKey.of(newsroom, epoch), hints.clone());
    }

    /** Told how many of all rows are done; by any of the scanning threads, one at a time, at fixed steps. */
    @FunctionalInterface
    public interface Progress {
        void rows(int done, int all);
    }

    /**
     * All rows of {@code key}, in the order of their positions, which is random. The caller closes the matches.
     *
     * @param threads how many threads share the work; 1 for the calling thread alone
     */
    public List<Match> run(FetchSecretKey key, int threads, Progress progress) {
        byte[][] okm = new byte[layout.slots()][];
        boolean[] mine = new boolean[layout.slots()];
        ProgressSteps steps = new ProgressSteps(layout.slots(), progress);
        try {
            RowLoop.forEach(layout.slots(), threads, position -> {
                okm[position] = okm(key, position);
                mine[position] = matchesTag(okm[position], position);
                steps.oneMore();
            });
            return gather(okm, mine);
        } finally {
            Arrays.stream(okm).filter(bytes -> bytes != null).forEach(SecretBytes::wipe);
        }
    }

    /** What to tell whoever asked for libsodium and does not get it; empty for all others, who have asked for nothing. */
    public static Optional<String> complaint() {
        return EncodedProduct.isNotAsAsked()
                ? Optional.of("libsodium is not there or failed its self-test; the search is done in Java instead")
                : Optional.empty();
    }

    /** {@code K = encode(sk_fetch x Q)}, then okm as in 4.5; nothing when Q is not one that a station may publish. */
    private byte[] okm(FetchSecretKey key, int position) {
        int offset = position * EpochLayout.HINT_LENGTH;
        byte[] q = Arrays.copyOfRange(hints, offset, offset + Q_LENGTH);
        try {
            // The identity would give every recipient the same K: it must never match (anonymity, malformed points).
            byte[] shared = EncodedProduct.of(key.scalar(), q);
            byte[] okm = hintKey.okm(shared, q);
            SecretBytes.wipe(shared);
            return okm;
        } catch (MalformedException e) {
            // Skipped as 4.10 says. Q is public, and so is which rows are skipped.
            return new byte[0];
        }
    }

    private boolean matchesTag(byte[] okm, int position) {
        int offset = position * EpochLayout.HINT_LENGTH + Q_LENGTH;
        byte[] tag = Arrays.copyOfRange(hints, offset, offset + HintKey.TAG_LENGTH);
        return MessageDigest.isEqual(tag, Arrays.copyOf(okm, Math.min(okm.length, HintKey.TAG_LENGTH)));
    }

    private List<Match> gather(byte[][] okm, boolean[] mine) {
        List<Match> matches = new ArrayList<>();
        for (int position = 0; position < mine.length; position++) {
            if (mine[position]) {
                byte[] bodyKey = Arrays.copyOfRange(okm[position], HintKey.TAG_LENGTH, HintKey.LENGTH);
                matches.add(new Match(layout, position, SecretBytes.takeOver(bodyKey)));
            }
        }
        return List.copyOf(matches);
    }

    /** Calls 64 times, after each 64th of the rows, whatever is found. */
    private static final class ProgressSteps {
        private final int all;
        private final int step;
        private final Progress progress;
        private final AtomicInteger done = new AtomicInteger();

        private ProgressSteps(int all, Progress progress) {
            this.all = all;
            this.step = all / 64;
            this.progress = progress;
        }

        void oneMore() {
            if (done.incrementAndGet() % step == 0) {
                report();
            }
        }

        private synchronized void report() {
            progress.rows(done.get(), all);
        }
    }
}
