package org.lamplighter.core.primitive.ristretto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.JsonNode;

/** The vectors of RFC 9496, appendix A, and those made with the protocol's proof of concept. */
final class RistrettoVectorsTest {
    private static final JsonNode RFC = Vectors.read("lamplighter/ristretto255_rfc9496.json");
    private static final JsonNode PROTOCOL = Vectors.read("ristretto255.json");

    @Test
    void multiplesOfTheGenerator_areThoseOfTheRfc() throws Exception {
        JsonNode multiples = RFC.get("generator_multiples");
        assertThat(multiples.size()).isEqualTo(16);
        RistrettoElement sum = RistrettoElement.decode(new byte[32]);
        for (int i = 0; i < multiples.size(); i++) {
            byte[] expected = bytes(multiples.get(i));
            Scalar scalar = scalar(i);
            assertThat(sum.encode()).isEqualTo(expected);
            assertThat(RistrettoElement.multiplyBase(scalar).encode()).isEqualTo(expected);
            assertThat(RistrettoElement.basepoint().multiply(scalar).encode()).isEqualTo(expected);
            assertThat(RistrettoElement.decode(expected)).isEqualTo(sum);
            sum = sum.add(RistrettoElement.basepoint());
        }
    }

    @Test
    void invalidEncodings_areRefused() {
        assertThat(RFC.get("invalid_encodings").size()).isEqualTo(29);
        for (JsonNode invalid : RFC.get("invalid_encodings")) {
            assertRefused(bytes(invalid.get("bytes")), invalid.get("why").asString());
        }
    }

    @Test
    void elementsFromUniformBytes_areThoseOfTheRfc() {
        assertThat(RFC.get("from_uniform_bytes").size()).isEqualTo(11);
        for (JsonNode vector : RFC.get("from_uniform_bytes")) {
            RistrettoElement element = RistrettoElement.fromUniformBytes(bytes(vector.get("uniform")));
            assertThat(element.encode()).isEqualTo(bytes(vector.get("element")));
        }
    }

    @Test
    void squareRootsOfRatios_areThoseOfTheRfc() {
        assertThat(RFC.get("square_root_of_ratio").size()).isEqualTo(6);
        for (JsonNode vector : RFC.get("square_root_of_ratio")) {
            SquareRoot root = SquareRoot.ofRatio(
                    FieldElement.decode(bytes(vector.get("u")), 0), FieldElement.decode(bytes(vector.get("v")), 0));
            assertThat(root.wasSquare()).isEqualTo(vector.get("was_square").asBoolean() ? -1 : 0);
            assertThat(root.value().encode()).isEqualTo(bytes(vector.get("root")));
        }
    }

    @Test
    void protocolVectors_agreeInBothDirections() throws Exception {
        assertThat(PROTOCOL.get("vectors").size()).isEqualTo(16);
        for (JsonNode vector : PROTOCOL.get("vectors")) {
            Scalar a = Scalar.fromWideBytes(bytes(vector.get("a_wide")));
            Scalar b = Scalar.fromWideBytes(bytes(vector.get("b_wide")));
            RistrettoElement aG = RistrettoElement.multiplyBase(a);
            RistrettoElement bG = RistrettoElement.multiplyBase(b);

            assertThat(a.encode()).isEqualTo(bytes(vector.get("a")));
            assertThat(b.encode()).isEqualTo(bytes(vector.get("b")));
            assertThat(aG.encode()).isEqualTo(bytes(vector.get("A")));
            assertThat(bG.encode()).isEqualTo(bytes(vector.get("B")));
            assertThat(RistrettoElement.decodeNonIdentity(bytes(vector.get("B")))
                            .multiply(a)
                            .encode())
                    .isEqualTo(bytes(vector.get("aB_eq_bA")));
            assertThat(aG.multiply(b).encode()).isEqualTo(bytes(vector.get("aB_eq_bA")));
            assertThat(RistrettoElement.fromUniformBytes(bytes(vector.get("uniform")))
                            .encode())
                    .isEqualTo(bytes(vector.get("from_uniform")));
        }
    }

    @Test
    void protocolEncodings_areAcceptedOrRefusedAsThere() throws Exception {
        for (JsonNode vector : PROTOCOL.get("encodings")) {
            byte[] encoding = bytes(vector.get("bytes"));
            if (vector.get("poc_decodes").asBoolean()) {
                assertThat(RistrettoElement.decode(encoding).encode()).isEqualTo(encoding);
            } else {
                assertRefused(encoding, vector.get("what").asString());
            }
        }
    }

    @Test
    void protocolScalars_areAcceptedOrRefusedAsThere() throws Exception {
        for (JsonNode vector : PROTOCOL.get("scalars")) {
            byte[] encoding = bytes(vector.get("bytes"));
            if (vector.get("poc_decodes").asBoolean()) {
                assertThat(Scalar.decode(encoding).encode()).isEqualTo(encoding);
            } else {
                assertThatThrownBy(() -> Scalar.decode(encoding))
                        .as(vector.get("what").asString())
                        .isInstanceOfSatisfying(
                                MalformedException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CANONICAL));
            }
        }
    }

    @Test
    void placeholder_isDerivedFromTheHashOfItsSeed() throws Exception {
        JsonNode placeholder = PROTOCOL.get("placeholder");
        byte[] seed = placeholder.get("seed_ascii").asString().getBytes(StandardCharsets.US_ASCII);
        byte[] uniform = MessageDigest.getInstance("SHA-512").digest(seed);
        assertThat(RistrettoElement.fromUniformBytes(uniform).encode()).isEqualTo(bytes(placeholder.get("point")));
    }

    private static void assertRefused(byte[] encoding, String why) {
        assertThatThrownBy(() -> RistrettoElement.decode(encoding))
                .as(why)
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CANONICAL));
    }

    private static Scalar scalar(int value) throws MalformedException {
        byte[] encoding = new byte[Scalar.BYTES];
        encoding[0] = (byte) value;
        return Scalar.decode(encoding);
    }

    private static byte[] bytes(JsonNode hex) {
        return HexFormat.of().parseHex(hex.asString());
    }
}
