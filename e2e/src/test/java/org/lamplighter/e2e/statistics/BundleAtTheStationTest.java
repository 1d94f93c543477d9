package org.lamplighter.e2e.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.message.BundleComposer;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.statistics.Distinguisher;
import org.lamplighter.testkit.statistics.Significance;

/**
 * Envelopes as the station sees them (formats.md 11, 12): it has all of a bundle's, and learns from examples to tell those to somebody
 * from those to nobody. It must be right half of the time; nor can it aim at one of them.
 */
@Tag("statistics")
final class BundleAtTheStationTest {
    private static final int ENVELOPES = 4;
    private static final int BUNDLES = Size.of(1_500, 20_000);
    private static final int BUNDLES_WITH_A_FAULT = 300;
    /** Begin of the X25519 share of the first and of the second ciphertext. */
    private static final int[] POINTS = {1088, Envelope.CT_APKE_BYTES + 1088};

    /** ML-KEM ciphertexts, points, and the last 64 bytes, bit by bit; four signs of the points; the counts of bytes. */
    private static final int WINDOW = 64;

    private static final int FEATURES = 8 * (6 * WINDOW) + 4 + 256;

    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

    private final SeededRandom random = SeededRandom.of(501);
    private final NewsroomId newsroom = NewsroomId.copyOf(random.bytes(32));
    private final BundleComposer composer = BundleComposer.of(newsroom, ENVELOPES, random);
    private final Correspondent source = Correspondent.generate(random);
    private final Correspondent journalist = Correspondent.generate(random);

    @Test
    void station_guessesWhichEnvelopesAreDecoys() throws Exception {
        Distinguisher station = told(BUNDLES, false);
        Report.line(
                "decoy envelopes at the station",
                BUNDLES + " bundles, M = 4",
                "%d envelopes asked about, accuracy %.4f (p = %.3g)",
                station.asked(),
                station.accuracy(),
                station.pValue());
        assertThat(station.pValue()).isGreaterThan(Significance.ALPHA);
    }

    @Test
    void plantedFault_decoyEnvelopesOfRandomBytes_areTold() throws Exception {
        Distinguisher station = told(BUNDLES_WITH_A_FAULT, true);
        assertThat(station.accuracy()).isGreaterThan(0.6);
        assertThat(station.pValue()).isLessThan(Significance.ALPHA);
    }

    /**
     * A station that drops one row of a bundle (formats.md 11) hits the sender's own copy, and is found out by the sender, one time in
     * M, whatever it goes by.
     */
    @Test
    void droppedRow_isTheSendersOwn_oneTimeInFour_howeverItIsChosen() throws Exception {
        int bundles = Size.of(400, 6_000);
        int[] own = ownCopiesHit(bundles, rows -> rows);
        double least = 1;
        for (int hits : own) {
            least = Math.min(least, Significance.binomial(bundles, hits, 1.0 / ENVELOPES));
        }
        Report.line(
                "dropped row",
                bundles + " bundles, M = 4",
                "the sender's own copy hit %s times by %d ways of choosing (%.0f promised, least p = %.3g)",
                Arrays.toString(own),
                own.length,
                bundles / (double) ENVELOPES,
                least);
        assertThat(least).isGreaterThan(Significance.ALPHA);
    }

    @Test
    void plantedFault_rowsInTheOrderOfMaking_letTheStationAim() throws Exception {
        int bundles = 60;
        int[] own = ownCopiesHit(bundles, this::inTheOrderOfMaking);
        assertThat(Significance.binomial(bundles, own[0], 1.0 / ENVELOPES)).isLessThan(Significance.ALPHA);
    }

    /** How often the row that a station drops is the source's own, for each way of choosing one. */
    private int[] ownCopiesHit(int bundles, UnaryOperator<List<MailboxRow>> order) throws MalformedException {
        int[] hits = new int[4];
        for (int bundle = 0; bundle < bundles; bundle++) {
            byte[] body = source.write(composer, "The procurement office pays twice.", List.of(journalist), random);
            List<MailboxRow> rows = order.apply(Bundle.parse(body, ENVELOPES).rows());
            List<MailboxRow> dropped = List.of(
                    rows.getFirst(),
                    rows.getLast(),
                    Collections.min(
                            rows,
                            Comparator.comparing(
                                    row -> new BigInteger(1, row.hint().encode()))),
                    Collections.max(rows, Comparator.comparing(row -> new BigInteger(1, row.envelope()))));
            for (int way = 0; way < hits.length; way++) {
                hits[way] += opens(source, dropped.get(way).envelope()) ? 1 : 0;
            }
        }
        return hits;
    }

    /** The fault: the sender's own first. */
    private List<MailboxRow> inTheOrderOfMaking(List<MailboxRow> rows) {
        return rows.stream()
                .sorted(Comparator.comparingInt(row -> opens(source, row.envelope()) ? 0 : 1))
                .toList();
    }

    /** Of each bundle two envelopes are real, to the journalist and to the source itself, and two are decoys. */
    private Distinguisher told(int bundles, boolean randomDecoys) throws MalformedException {
        Distinguisher distinguisher = Distinguisher.of(FEATURES);
        for (int bundle = 0; bundle < bundles; bundle++) {
            if (bundle == bundles / 2) {
                distinguisher.learn(3, 2);
            }
            byte[] body = source.write(composer, "The procurement office pays twice.", List.of(journalist), random);
            int found = 0;
            for (MailboxRow row : Bundle.parse(body, ENVELOPES).rows()) {
                byte[] envelope = row.envelope();
                boolean real = opens(journalist, envelope) || opens(source, envelope);
                found += real ? 1 : 0;
                byte[] seen = features(real || !randomDecoys ? envelope : random.bytes(envelope.length));
                if (bundle < bundles / 2) {
                    distinguisher.example(seen, real);
                } else {
                    distinguisher.ask(seen, real);
                }
            }
            assertThat(found).isEqualTo(2);
        }
        return distinguisher;
    }

    private boolean opens(Correspondent somebody, byte[] envelope) {
        return Envelope.open(somebody.opening(), newsroom, envelope).isPresent();
    }

    private static byte[] features(byte[] envelope) {
        byte[] features = new byte[FEATURES];
        int[] windows = {
            0, POINTS[0], POINTS[0] + WINDOW, POINTS[1] - WINDOW, POINTS[1], envelope.length - WINDOW,
        };
        int at = 0;
        for (int window : windows) {
            for (int bit = 0; bit < 8 * WINDOW; bit++) {
                features[at++] = (byte) ((envelope[window + bit / 8] >> bit % 8 & 1) == 1 ? 16 : -16);
            }
        }
        for (int point : POINTS) {
            BigInteger u = littleEndian(Arrays.copyOfRange(envelope, point, point + 32));
            features[at++] = (byte) (u.compareTo(P) < 0 ? 16 : -16);
            features[at++] = (byte) (isOnCurve(u) ? 16 : -16);
        }
        int[] counts = new int[256];
        for (byte b : envelope) {
            counts[b & 0xff]++;
        }
        for (int count : counts) {
            features[at++] = (byte) Math.clamp(Math.round((count - envelope.length / 256.0) * 2.8), -128, 127);
        }
        return features;
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] bigEndian = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            bigEndian[bytes.length - 1 - i] = bytes[i];
        }
        return new BigInteger(1, bigEndian);
    }

    /** {@code u^3 + 486662 u^2 + u} is a square modulo p (RFC 7748 4.1). */
    private static boolean isOnCurve(BigInteger u) {
        BigInteger v2 = u.pow(3)
                .add(BigInteger.valueOf(486_662).multiply(u.pow(2)))
                .add(u)
                .mod(P);
        return v2.modPow(P.subtract(BigInteger.ONE).shiftRight(1), P).equals(BigInteger.ONE);
    }
}
