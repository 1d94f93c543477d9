package org.lamplighter.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

final class BundleTest {
    private static final int ROW = MailboxRow.LENGTH;

    @Test
    void length_isTheOneOfTheSpecification() {
        assertThat(Bundle.length(2)).isEqualTo(16_608);
        assertThat(Bundle.length(3)).isEqualTo(24_848);
        assertThat(Bundle.length(4)).isEqualTo(33_088);
    }

    @Test
    void parse_ofWhatWasBuilt_givesTheSameBytes() throws Exception {
        for (int envelopes = 2; envelopes <= 4; envelopes++) {
            Bundle bundle = bundle(envelopes, 1);
            byte[] body = bundle.encode();

            assertThat(body).hasSize(Bundle.length(envelopes));
            Bundle parsed = Bundle.parse(body, envelopes);
            assertThat(parsed.encode()).isEqualTo(body);
            assertThat(parsed.rows()).isEqualTo(bundle.rows());
            assertThat(parsed.commitment()).isEqualTo(bundle.commitment());
            assertThat(parsed.token()).isEqualTo(bundle.token());
        }
    }

    @Test
    void parse_whateverIsAccepted_isWrittenBackAsItWas() {
        int accepted = Malleability.check(
                bundle(2, 2).encode(),
                MalformedException.class,
                2_000,
                3,
                body -> Bundle.parse(body, 2).encode());
        assertThat(accepted)
                .as("changes inside an envelope are not the station's to see")
                .isPositive();
    }

    @Test
    void parse_anotherSize_isRefused() {
        byte[] three = bundle(3, 4).encode();

        assertReason(Reason.TRUNCATED, three, 4);
        assertReason(Reason.TRAILING_BYTES, three, 2);
        assertReason(Reason.TRUNCATED, new byte[0], 2);
    }

    /** The poison row: 32 zero bytes decode as the identity, and every recipient would find it. */
    @Test
    void parse_identityInPlaceOfXorZ_isRefused() {
        for (int offset : new int[] {0, 32, ROW, ROW + 32}) {
            byte[] body = bundle(2, 5).encode();
            Arrays.fill(body, offset, offset + 32, (byte) 0);
            assertReason(Reason.IDENTITY, body, 2);
        }
        byte[] both = bundle(2, 5).encode();
        Arrays.fill(both, 0, 64, (byte) 0);
        assertReason(Reason.IDENTITY, both, 2);
    }

    /** RFC 9496 appendix A.3: a sample of each family of encodings that are none. */
    @Test
    void parse_encodingThatIsNone_isRefused() throws Exception {
        for (String bad : new String[] {
            "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
            "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e"
        }) {
            byte[] encoding = Hex.parse(bad, 32, "test");
            for (int offset : new int[] {0, 32, ROW, ROW + 32}) {
                byte[] body = bundle(2, 6).encode();
                System.arraycopy(encoding, 0, body, offset, 32);
                assertReason(Reason.NOT_CANONICAL, body, 2);
            }
        }
    }

    @Test
    void parse_xEqualToItsZ_isRefused() {
        byte[] body = bundle(2, 7).encode();
        System.arraycopy(body, ROW, body, ROW + 32, 32);

        assertReason(Reason.BAD_FIELD, body, 2);
    }

    @Test
    void parse_sameXTwice_isRefused() {
        byte[] body = bundle(3, 8).encode();
        System.arraycopy(body, 0, body, 2 * ROW, 32);

        assertReason(Reason.BAD_FIELD, body, 3);
    }

    @Test
    void decoy_isARowLikeAnyOther() throws Exception {
        MailboxRow decoy = Decoys.generate(SeededRandom.of(9));

        assertThat(MailboxRow.parse(decoy.encode())).isEqualTo(decoy);
        assertThat(decoy.encode()).hasSize(8240);
        assertThat(decoy.hint().encodedX()).isEqualTo(Arrays.copyOf(decoy.encode(), 32));
        assertThat(HintPair.parse(decoy.hint().encode())).isEqualTo(decoy.hint());
        assertThat(decoy.toString()).doesNotContain(decoy.hint().x().toString() + "0");
    }

    @Test
    void plantedFault_randomBytesAsDecoys_areFoundByDecoding() {
        SeededRandom random = SeededRandom.of(10);
        long decodes =
                IntStream.range(0, 500).filter(i -> decodes(random.bytes(32))).count();
        long decoys = Stream.generate(() -> Decoys.generate(random))
                .limit(100)
                .filter(row -> decodes(row.hint().encodedX()))
                .count();

        assertThat(decodes).isLessThan(100);
        assertThat(decoys).isEqualTo(100);
    }

    static boolean decodes(byte[] encoding) {
        try {
            RistrettoElement.decodeNonIdentity(encoding);
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    private static void assertReason(Reason reason, byte[] body, int envelopes) {
        assertThatThrownBy(() -> Bundle.parse(body, envelopes))
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static Bundle bundle(int envelopes, long seed) {
        SeededRandom random = SeededRandom.of(seed);
        return Bundle.of(
                Stream.generate(() -> message(random)).limit(envelopes).toList(),
                Digest.copyOf(random.bytes(32)),
                random.bytes(96));
    }

    private static MailboxRow message(SeededRandom random) {
        Scalar x = Scalar.random(random);
        RistrettoElement recipient = RistrettoElement.multiplyBase(Scalar.random(random));
        return MailboxRow.of(
                HintPair.of(RistrettoElement.multiplyBase(x), recipient.multiply(x)),
                random.bytes(MailboxRow.ENVELOPE_LENGTH));
    }
}
