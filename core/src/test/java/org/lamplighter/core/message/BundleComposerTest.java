package org.lamplighter.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.envelope.OpenedEnvelope;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.testkit.SeededRandom;

final class BundleComposerTest {
    private static final SeededRandom RANDOM = SeededRandom.of(5);
    private static final NewsroomId NEWSROOM = NewsroomId.copyOf(RANDOM.bytes(32));
    private static final Party SOURCE = Party.source(RANDOM);
    private static final Party ADA = Party.journalist(RANDOM);
    private static final Party BEN = Party.journalist(RANDOM);
    private static final Party CLEO = Party.journalist(RANDOM);

    @Test
    void compose_submission_isOpenedByEachAddresseeAndBySelfAndByNobodyElse() throws Exception {
        StructuredMessage message = submission();
        SelfCopy copy = SelfCopy.of(message, submissionOf(message));
        Bundle bundle = Bundle.parse(
                composer(4)
                        .compose(
                                SOURCE.sender(),
                                SOURCE.recipient(),
                                List.of(ADA.recipient(), BEN.recipient()),
                                message,
                                copy),
                4);

        for (Party journalist : List.of(ADA, BEN)) {
            OpenedEnvelope opened = only(journalist, bundle);
            assertThat(StructuredMessage.parse(opened.structuredMessage())).isEqualTo(message);
            assertThat(opened.sender()).isEqualTo(SOURCE.sending().publicKey());
            assertThat(opened.replyKeys()).isEqualTo(SOURCE.recipient());
        }
        assertThat(open(CLEO, bundle)).isEmpty();
        StructuredMessage own = StructuredMessage.parse(only(SOURCE, bundle).structuredMessage());
        assertThat(own.header().kind()).isEqualTo(MessageKind.SELF_COPY);
        assertThat(own.header().id()).isEqualTo(message.header().id());
        assertThat(own.header().addressees()).isEqualTo(message.header().addressees());
        SelfCopy found = SelfCopy.parse(own.content());
        assertThat(found.message()).isEqualTo(message.digest());
        assertThat(found.commitment(MessageKind.SUBMISSION)).isEqualTo(bundle.commitment());
    }

    @Test
    void compose_replyOfSeveralParts_confirmsEachPartByItself() throws Exception {
        MessageHeader header = new MessageHeader(
                MessageKind.REPLY,
                7,
                MessageHeader.freshId(RANDOM),
                Optional.of(submission().header().id()),
                List.of());
        List<StructuredMessage> parts = Parts.split(header, new ReplyDocument(1, "z".repeat(5_000)).encode());
        List<StructuredMessage> received = new ArrayList<>();
        for (StructuredMessage part : parts) {
            SelfCopy copy = SelfCopy.of(part, 1, RANDOM);
            byte[] body = composer(2).compose(ADA.sender(), ADA.recipient(), List.of(SOURCE.recipient()), part, copy);
            Bundle bundle = Bundle.parse(body, 2);
            received.add(StructuredMessage.parse(only(SOURCE, bundle).structuredMessage()));
            StructuredMessage own = StructuredMessage.parse(only(ADA, bundle).structuredMessage());
            assertThat(own.part()).isEqualTo(part.part());
            assertThat(own.parts()).isEqualTo(2);
            assertThat(SelfCopy.parse(own.content()).commitment(MessageKind.REPLY))
                    .isEqualTo(bundle.commitment());
        }
        assertThat(ReplyDocument.parse(Parts.assemble(received).orElseThrow()).text())
                .isEqualTo("z".repeat(5_000));
    }

    /** Sizes are the same for a source with one or three addressees, a journalist, and a sender of decoys. */
    @Test
    void compose_everySender_postsTheSameSize() throws Exception {
        for (int envelopes = 2; envelopes <= 4; envelopes++) {
            Set<Integer> sizes = new HashSet<>();
            for (int recipients = 1; recipients < envelopes; recipients++) {
                sizes.add(post(envelopes, recipients).length);
            }
            StructuredMessage reply = StructuredMessage.of(
                    new MessageHeader(MessageKind.REPLY, 7, MessageHeader.freshId(RANDOM), Optional.empty(), List.of()),
                    new ReplyDocument(1, "").encode());
            sizes.add(composer(envelopes)
                    .compose(
                            ADA.sender(),
                            ADA.recipient(),
                            List.of(SOURCE.recipient()),
                            reply,
                            SelfCopy.of(reply, 1, RANDOM))
                    .length);
            sizes.add(composer(envelopes).composeDecoy(7).length);

            assertThat(sizes).containsExactly(Bundle.length(envelopes));
        }
    }

    @Test
    void composeDecoy_isAcceptedLikeAnyBundle_andOpensForNobody() throws Exception {
        Bundle bundle = Bundle.parse(composer(4).composeDecoy(7), 4);

        for (Party party : List.of(SOURCE, ADA, BEN, CLEO)) {
            assertThat(open(party, bundle)).isEmpty();
        }
    }

    /**
     * A station counts decoys when it can tell them: of random bytes, only one in four is an X25519 point that a real
     * encapsulation could have.
     */
    @Test
    void decoyEnvelopes_decodeLikeRealOnes() throws Exception {
        int checked = 0;
        for (int round = 0; round < 12; round++) {
            for (byte[] body : List.of(post(4, 1), composer(4).composeDecoy(7))) {
                for (MailboxRow row : Bundle.parse(body, 4).rows()) {
                    assertThat(hasRealPoints(row.envelope())).isTrue();
                    checked++;
                }
            }
        }
        assertThat(checked).isEqualTo(96);
    }

    @Test
    void plantedFault_decoyEnvelopesOfRandomBytes_areFound() {
        long real = IntStream.range(0, 200)
                .filter(i -> hasRealPoints(RANDOM.bytes(MailboxRow.ENVELOPE_LENGTH)))
                .count();

        assertThat(real).isLessThan(40);
    }

    /** The sender's own envelope is at each place equally often: a station that drops one row cannot aim. */
    @Test
    void compose_placeOfTheSelfCopy_isUniform() throws Exception {
        assertThat(chi2OfPlaces(true)).isLessThan(THREE_DEGREES);
    }

    @Test
    void plantedFault_envelopesInTheOrderOfMaking_areFoundByPlace() throws Exception {
        assertThat(chi2OfPlaces(false)).isGreaterThan(THREE_DEGREES);
    }

    @Test
    void compose_tokenAndDecoyCommitment_areFreshRandomBytes() throws Exception {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            Bundle bundle = Bundle.parse(composer(2).composeDecoy(7), 2);
            seen.add(Hex.format(bundle.token()));
            seen.add(bundle.commitment().hex());
        }
        assertThat(seen).hasSize(8);
    }

    @Test
    void compose_whatDoesNotFit_isAFaultOfTheCaller() {
        StructuredMessage message = submission();
        SelfCopy copy = SelfCopy.of(message, submissionOf(message));
        List<RecipientKeys> none = List.of();
        List<RecipientKeys> two = List.of(ADA.recipient(), BEN.recipient());

        assertThatThrownBy(() -> composer(2).compose(SOURCE.sender(), SOURCE.recipient(), none, message, copy))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> composer(2).compose(SOURCE.sender(), SOURCE.recipient(), two, message, copy))
                .isInstanceOf(IllegalArgumentException.class);
        StructuredMessage other = submission();
        assertThatThrownBy(() -> composer(3).compose(SOURCE.sender(), SOURCE.recipient(), two, other, copy))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Exceeded once in a thousand by a chi-square variable of 3 degrees of freedom. */
    private static final double THREE_DEGREES = 16.27;

    private static double chi2OfPlaces(boolean shuffled) throws Exception {
        int rounds = 120;
        long[] seen = new long[4];
        for (int round = 0; round < rounds; round++) {
            List<MailboxRow> rows = Bundle.parse(post(4, 2), 4).rows();
            if (!shuffled) {
                // The fault: recipients first, then self, then decoys.
                rows = List.of(rows.get(ofSource(rows)), rows.get(0), rows.get(1), rows.get(2));
            }
            seen[ofSource(rows)]++;
        }
        double expected = rounds / 4.0;
        return Arrays.stream(seen)
                .mapToDouble(n -> (n - expected) * (n - expected) / expected)
                .sum();
    }

    /** Which row's Z is the source's fetch key times its X. */
    private static int ofSource(List<MailboxRow> rows) throws Exception {
        for (int place = 0; place < rows.size(); place++) {
            byte[] hint = rows.get(place).hint().encode();
            byte[] z = org.lamplighter.core.primitive.ristretto.RistrettoElement.decode(Arrays.copyOf(hint, 32))
                    .multiply(SOURCE.fetch().scalar())
                    .encode();
            if (Arrays.equals(z, Arrays.copyOfRange(hint, 32, 64))) {
                return place;
            }
        }
        throw new AssertionError("no self-copy");
    }

    private static byte[] post(int envelopes, int recipients) {
        StructuredMessage message = submission();
        List<RecipientKeys> to = List.of(ADA, BEN, CLEO).subList(0, recipients).stream()
                .map(Party::recipient)
                .toList();
        return composer(envelopes)
                .compose(SOURCE.sender(), SOURCE.recipient(), to, message, SelfCopy.of(message, submissionOf(message)));
    }

    private static BundleComposer composer(int envelopes) {
        return BundleComposer.of(NEWSROOM, envelopes, RANDOM);
    }

    private static StructuredMessage submission() {
        Submission submission = new Submission(
                SecretBytes.generate(32, RANDOM),
                SecretBytes.generate(32, RANDOM),
                20_781,
                "The procurement office pays twice.",
                List.of(),
                new Sealing.None());
        MessageHeader header = new MessageHeader(
                MessageKind.SUBMISSION,
                7,
                MessageHeader.freshId(RANDOM),
                Optional.empty(),
                List.of(JournalistId.copyOf(RANDOM.bytes(8))));
        return StructuredMessage.of(header, new SubmissionDocument.Whole(submission).encode());
    }

    private static Submission submissionOf(StructuredMessage message) {
        try {
            return ((SubmissionDocument.Whole) SubmissionDocument.parse(message.content())).submission();
        } catch (org.lamplighter.core.wire.MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<OpenedEnvelope> open(Party party, Bundle bundle) {
        return bundle.rows().stream()
                .flatMap(row -> Envelope.open(party.opening(), NEWSROOM, row.envelope()).stream())
                .toList();
    }

    private static OpenedEnvelope only(Party party, Bundle bundle) {
        List<OpenedEnvelope> opened = open(party, bundle);
        assertThat(opened).hasSize(1);
        return opened.getFirst();
    }

    /** Whether the two X25519 points of an envelope are canonical and on the curve, as every real one is. */
    private static boolean hasRealPoints(byte[] envelope) {
        int dhKem = 1088;
        int xWing = Envelope.CT_APKE_BYTES + 1088;
        return isOnCurve(Arrays.copyOfRange(envelope, dhKem, dhKem + 32))
                && isOnCurve(Arrays.copyOfRange(envelope, xWing, xWing + 32));
    }

    /** u^3 + 486662 u^2 + u is a square modulo p (RFC 7748 §4.1). */
    private static boolean isOnCurve(byte[] littleEndian) {
        BigInteger p = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[31 - i] = littleEndian[i];
        }
        BigInteger u = new BigInteger(1, bigEndian);
        BigInteger v2 = u.pow(3)
                .add(BigInteger.valueOf(486_662).multiply(u.pow(2)))
                .add(u)
                .mod(p);
        return u.compareTo(p) < 0
                && v2.modPow(p.subtract(BigInteger.ONE).shiftRight(1), p).equals(BigInteger.ONE);
    }
}
