package org.lamplighter.core.evidence.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.evidence.SealedKeys;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.words.MnemonicException;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.JsonNode;

/** The code against {@code vectors/lamplighter/shares.json}, as another implementation would use it. */
final class ShareVectorsTest {
    private static final JsonNode VECTORS = Vectors.read(ShareVectors.FILE);

    @Test
    void file_isWhatTheGeneratorMakes() {
        assertThat(VECTORS.toString()).isEqualTo(ShareVectors.make().toString());
    }

    @Test
    void sharings_areThese_bothWays() {
        for (JsonNode vector : VECTORS.get("sharings")) {
            byte[] secret = bytes(vector, "secret");
            int threshold = vector.get("threshold").asInt();
            int count = vector.get("shares").size();
            List<SecretBytes> shares = Shamir.split(
                    SecretBytes.copyOf(secret),
                    threshold,
                    count,
                    new SeededCoefficients(bytes(vector, "coefficients")));
            SortedMap<Integer, SecretBytes> last = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                byte[] expected =
                        HexFormat.of().parseHex(vector.get("shares").get(i).asString());
                assertThat(shares.get(i).reveal()).isEqualTo(expected);
                if (i >= count - threshold) {
                    last.put(i + 1, shares.get(i));
                }
            }
            assertThat(Shamir.combine(last).reveal()).isEqualTo(secret);
        }
    }

    @Test
    void set_isOpenedByItsHolders() throws Exception {
        JsonNode set = VECTORS.get("set");
        SealedKeys keys = SealedKeys.read(ByteReader.of(bytes(set, "sealed_keys"), "vector"));
        for (int i = 0; i < keys.holders().size(); i++) {
            Share share = SealedShare.of(keys, binding(keys, set), i + 1)
                    .open(holder(i))
                    .orElseThrow();
            assertThat(share.text()).isEqualTo(set.get("shares").get(i).asString());
        }
    }

    @Test
    void binding_isTheHashOfWhatTheSpecificationLists() throws Exception {
        JsonNode set = VECTORS.get("set");
        byte[] keys = bytes(set, "sealed_keys");
        ByteWriter input = new ByteWriter().ascii("ll-seal-bind/v1").bytes(Arrays.copyOf(keys, 10));
        for (JsonNode commitment : set.get("commitments")) {
            input.bytes(HexFormat.of().parseHex(commitment.asString()));
        }
        SealBinding binding = SealBinding.copyOf(Sha256.digest(input.toByteArray()));

        assertThat(binding.hex()).isEqualTo(set.get("binding").asString());
        assertThat(binding.words()).hasToString(set.get("evidence").asString());
        assertThat(binding(SealedKeys.read(ByteReader.of(keys, "vector")), set)).isEqualTo(binding);
    }

    @TestFactory
    Stream<DynamicTest> shareText() {
        return tests("share_texts", vector -> {
            try {
                return Share.parse(vector.get("text").asString().toCharArray())
                                        .rule()
                                        .index()
                                == 2
                        ? "accepted"
                        : "another share";
            } catch (MnemonicException e) {
                return e.reason().name() + (e.position() > 0 ? " " + e.position() : "");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> sealedShare() {
        return tests("sealed_shares", vector -> {
            SealedShare share =
                    SealedShare.parse(vector.get("document").asString().getBytes(StandardCharsets.UTF_8));
            return share.open(holder(vector.get("holder").asInt())).isPresent() ? "opened" : "not opened";
        });
    }

    @TestFactory
    Stream<DynamicTest> opening() {
        return tests("openings", vector -> {
            SealedKeys keys = SealedKeys.read(ByteReader.of(bytes(vector, "sealed_keys"), "vector"));
            List<Share> shares = new ArrayList<>();
            for (JsonNode text : vector.get("shares")) {
                shares.add(Share.parse(text.asString().toCharArray()));
            }
            return name(KeyOpener.open(keys, binding(keys, vector), shares));
        });
    }

    @TestFactory
    Stream<DynamicTest> sealedKeys() {
        return tests("sealed_keys", vector -> {
            ByteReader in = ByteReader.of(bytes(vector, "bytes"), "vector");
            SealedKeys keys = SealedKeys.read(in);
            in.end();
            ByteWriter out = new ByteWriter();
            keys.writeTo(out);
            assertThat(out.toByteArray()).isEqualTo(bytes(vector, "bytes"));
            return "accepted";
        });
    }

    private interface Run {
        String of(JsonNode vector) throws MalformedException, MnemonicException;
    }

    /** Each vector of a list: its result is what the run yields, or the reason for which it is refused. */
    private static Stream<DynamicTest> tests(String list, Run run) {
        return VECTORS.get(list)
                .valueStream()
                .map(vector -> DynamicTest.dynamicTest(
                        vector.get("name").asString(),
                        () -> assertThat(result(run, vector))
                                .isEqualTo(vector.get("result").asString())));
    }

    private static String result(Run run, JsonNode vector) throws MnemonicException {
        try {
            return run.of(vector);
        } catch (MalformedException e) {
            return e.reason().name();
        }
    }

    private static String name(KeyOpening opening) {
        return switch (opening) {
            case KeyOpening.Opened opened -> {
                List<String> keys = opened.keys().stream()
                        .map(key -> HexFormat.of().formatHex(key.secret().reveal()))
                        .toList();
                List<String> expected = VECTORS.get("set")
                        .get("part_keys")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList();
                yield keys.equals(expected) ? "opened" : "other keys";
            }
            case KeyOpening.TooFew tooFew -> "too few " + tooFew.given();
            case KeyOpening.BadShare bad -> "bad share " + bad.index() + " " + bad.fault();
            case KeyOpening.Damaged damaged -> "damaged";
        };
    }

    private static SealBinding binding(SealedKeys keys, JsonNode node) {
        List<Digest> commitments = node.get("commitments")
                .valueStream()
                .map(commitment -> Digest.copyOf(HexFormat.of().parseHex(commitment.asString())))
                .toList();
        return SealBinding.of(keys.setId(), keys.threshold(), keys.holders().size(), commitments);
    }

    private static PkeSecretKey holder(int i) {
        return PkeSecretKey.fromSeed(
                SecretBytes.copyOf(bytes(VECTORS.get("set").get("holders").get(i), "x_wing_seed")));
    }

    private static byte[] bytes(JsonNode node, String field) {
        return HexFormat.of().parseHex(node.get(field).asString());
    }
}
