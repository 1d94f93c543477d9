package org.lamplighter.core.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.lamplighter.core.newsroom.EnrolmentRequest;
import org.lamplighter.core.newsroom.Fingerprint;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationRequest;
import org.lamplighter.core.newsroom.TrusteeRequest;
import org.lamplighter.core.prekey.Addressee;
import org.lamplighter.core.prekey.KeysFile;
import org.lamplighter.core.prekey.PrekeyUpload;
import org.lamplighter.core.prekey.VerifiedKeys;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.JsonNode;

/** The code against {@code vectors/lamplighter/newsroom.json}, as another implementation would use it. */
final class NewsroomVectorsTest {
    private static final JsonNode VECTORS = Vectors.read(NewsroomVectors.FILE);
    private static final Instant NOW =
            Instant.ofEpochSecond(VECTORS.get("today").asLong() * 86_400 + 40_000);

    private final NewsroomKey newsroom;
    private final Map<String, byte[]> bases = new HashMap<>();

    NewsroomVectorsTest() throws MalformedException {
        newsroom = NewsroomKey.parse(VECTORS.get("newsroom_key").asString());
        for (JsonNode vector : VECTORS.get("cases")) {
            if (vector.has("input_hex")) {
                bases.put(vector.get("name").asString(), hex(vector.get("input_hex")));
            }
        }
    }

    @Test
    void file_isWhatTheGeneratorMakes() {
        assertThat(VECTORS.toString()).isEqualTo(NewsroomVectors.make().toString());
    }

    @Test
    void failingCases_outnumberTheGood() {
        List<String> results =
                cases().map(vector -> vector.get("expect").asString()).toList();
        assertThat(results.stream().filter(result -> !result.equals("ok")).count())
                .isGreaterThan(2 * results.stream().filter("ok"::equals).count());
    }

    @Test
    void newsroom_hasThisIdAndFingerprint() {
        assertThat(newsroom.id().hex()).isEqualTo(VECTORS.get("newsroom_id").asString());
        assertThat(newsroom.fingerprint())
                .hasToString(VECTORS.get("newsroom_fingerprint").asString());
    }

    @TestFactory
    Stream<DynamicTest> everyCase() {
        return cases().map(vector -> DynamicTest.dynamicTest(
                vector.get("kind").asString() + ": " + vector.get("name").asString(),
                () -> assertThat(result(vector)).isEqualTo(vector.get("expect").asString())));
    }

    private String result(JsonNode vector) {
        byte[] input = input(vector);
        try {
            switch (vector.get("kind").asString()) {
                case "newsroom-key" -> NewsroomKey.parse(new String(input, UTF_8));
                case "enrolment-request" ->
                    fingerprint(EnrolmentRequest.verify(input).fingerprint(), vector);
                case "station-request" ->
                    fingerprint(StationRequest.parse(input).fingerprint(), vector);
                case "trustee-request" ->
                    fingerprint(TrusteeRequest.parse(input).fingerprint(), vector);
                case "station-certificate" -> certificate(StationCertificate.verify(input, newsroom), vector);
                case "roster" -> roster(Roster.verify(input, newsroom), vector);
                case "roster-successor" ->
                    predecessor(vector.get("after").asLong()).checkSuccessor(Roster.verify(input, newsroom));
                case "prekey-upload" -> upload(PrekeyUpload.verify(input, newsroom.id()), vector);
                case "keys-file" -> keys(KeysFile.verify(input, newsroom), vector);
                default -> throw new AssertionError("no such kind");
            }
            return "ok";
        } catch (MalformedException e) {
            return e.reason().name();
        }
    }

    private static void fingerprint(Fingerprint fingerprint, JsonNode vector) {
        assertThat(fingerprint).hasToString(vector.get("fingerprint").asString());
    }

    private static void certificate(StationCertificate certificate, JsonNode vector) throws MalformedException {
        certificate.checkDate(NOW);
        if (vector.has("slots")) {
            assertThat(certificate.serial()).isEqualTo(vector.get("serial").asLong());
            assertThat(certificate.station().hex())
                    .isEqualTo(vector.get("station").asString());
            assertThat(certificate.parameters().slots())
                    .isEqualTo(vector.get("slots").asInt());
            assertThat(certificate.parameters().bundlesPerDay())
                    .isEqualTo(vector.get("bundles_a_day").asLong());
        }
    }

    private static void roster(Roster roster, JsonNode vector) throws MalformedException {
        roster.checkDate(NOW);
        assertThat(roster.serial()).isEqualTo(vector.get("serial").asLong());
        assertThat(roster.journalists())
                .extracting(person -> person.id().hex() + " " + person.name() + " "
                        + person.state().word())
                .containsExactlyElementsOf(
                        StreamSupport.stream(vector.get("journalists").spliterator(), false)
                                .map(person -> person.get("id").asString() + " "
                                        + person.get("name").asString() + " "
                                        + person.get("state").asString())
                                .toList());
    }

    private static void upload(PrekeyUpload upload, JsonNode vector) {
        assertThat(upload.journalist().hex()).isEqualTo(vector.get("journalist").asString());
        assertThat(upload.firstSlot()).isEqualTo(vector.get("first_slot").asLong());
        assertThat(HexFormat.of().formatHex(upload.toByteArray(), 71, 103))
                .isEqualTo(vector.get("root").asString());
        assertThat(upload.journalistId()).isEqualTo(RosterJournalist.id(upload.journalist()));
    }

    private static void keys(VerifiedKeys keys, JsonNode vector) {
        assertThat(keys.addressees())
                .extracting(NewsroomVectorsTest::describe)
                .containsExactlyElementsOf(
                        StreamSupport.stream(vector.get("addressees").spliterator(), false)
                                .map(person -> person.get("name").asString() + " "
                                        + person.get("prekey").asString())
                                .toList());
    }

    private static String describe(Addressee addressee) {
        return addressee.name() + " "
                + addressee
                        .prekey()
                        .map(prekey -> HexFormat.of()
                                .formatHex(Sha256.digest(
                                        prekey.apke().toByteArray(),
                                        prekey.pke().toByteArray())))
                        .orElse("");
    }

    /** The case of kind roster with this serial. */
    private Roster predecessor(long serial) throws MalformedException {
        JsonNode found = cases().filter(vector -> vector.get("kind").asString().equals("roster")
                        && vector.has("serial")
                        && vector.get("serial").asLong() == serial)
                .findFirst()
                .orElseThrow();
        return Roster.verify(input(found), newsroom);
    }

    private byte[] input(JsonNode vector) {
        if (vector.has("text")) {
            return vector.get("text").asString().getBytes(UTF_8);
        }
        if (vector.has("input_hex")) {
            return hex(vector.get("input_hex"));
        }
        byte[] bytes =
                bases.getOrDefault(vector.get("base").asString(), new byte[0]).clone();
        byte[] replacement = hex(vector.get("replace"));
        System.arraycopy(replacement, 0, bytes, vector.get("at").asInt(), replacement.length);
        if (vector.has("cut")) {
            bytes = Arrays.copyOf(bytes, vector.get("cut").asInt());
        }
        if (vector.has("append")) {
            byte[] more = hex(vector.get("append"));
            bytes = Arrays.copyOf(bytes, bytes.length + more.length);
            System.arraycopy(more, 0, bytes, bytes.length - more.length, more.length);
        }
        return bytes;
    }

    private static Stream<JsonNode> cases() {
        return StreamSupport.stream(VECTORS.get("cases").spliterator(), false);
    }

    private static byte[] hex(JsonNode node) {
        return HexFormat.of().parseHex(node.asString());
    }
}
