package org.lamplighter.e2e.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lamplighter.e2e.vectors.PocEnvelopeCodec.Opening;
import org.lamplighter.e2e.vectors.PocEnvelopeCodec.PocEnvelope;
import org.lamplighter.e2e.vectors.PocKeys.User;
import org.lamplighter.testkit.Vectors;

final class VectorRunnerTest {
    /** How many vectors each file holds: fewer would mean that some are no longer looked at. */
    private static final Map<String, Integer> PASSED = Map.ofEntries(
            Map.entry("challenges.json", 6),
            Map.entry("backup.json", 18),
            Map.entry("dhkem_auth_psk.json", 13),
            Map.entry("ed25519_tagged.json", 10),
            Map.entry("enrolment.json", 18),
            Map.entry("envelopes.json", 25),
            Map.entry("hpke_base_xwing.json", 11),
            Map.entry("mlkem768.json", 10),
            Map.entry("negative.json", 37),
            Map.entry("ristretto255.json", 34),
            Map.entry("sd_apke_spec_info.json", 6),
            Map.entry("sources.json", 18),
            Map.entry("xwing.json", 12));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return VectorRunner.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void run_vectorsOfTheRepository_allPass() {
        int code = run(Vectors.root().resolve("vectors").toString());

        assertThat(errors()).isEmpty();
        assertThat(code).isZero();
        PASSED.forEach((name, passed) -> assertThat(lines()).contains(name + ": " + passed + " passed, 0 failed"));
        int total = PASSED.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(lines().getLast()).isEqualTo(total + " passed, 0 failed");
    }

    @Test
    void run_oneWrongVector_failsAndNamesIt(@TempDir Path folder) throws IOException {
        String json = Files.readString(Vectors.root().resolve("vectors/ed25519_tagged.json"));
        Files.writeString(folder.resolve("ed25519_tagged.json"), json.replaceFirst("\"vk\": *\"..", "\"vk\": \"ff"));

        assertThat(run(folder.toString())).isEqualTo(1);

        assertThat(lines()).containsExactly("ed25519_tagged.json: 9 passed, 1 failed", "9 passed, 1 failed");
        assertThat(errors()).isEqualTo("failed: ed25519_tagged.json vectors[0]: vk differs\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "{}", "{\"vectors\":[]}", "{\"vectors\":{}}", "{\"vectors\":[7]}"})
    void run_fileThatIsNotOfItsSchema_fails(String json, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("xwing.json"), json);

        assertThat(run(folder.toString())).isEqualTo(1);

        assertThat(lines()).containsExactly("xwing.json: 0 passed, 1 failed", "0 passed, 1 failed");
    }

    @Test
    void run_fileOfNoKnownSchema_isSkippedByName(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("other.json"), "{}");
        Files.copy(Vectors.root().resolve("vectors/ed25519_tagged.json"), folder.resolve("ed25519_tagged.json"));
        Files.writeString(folder.resolve("README.md"), "not a vector");

        assertThat(run(folder.toString())).isZero();

        assertThat(lines())
                .containsExactly(
                        "ed25519_tagged.json: 10 passed, 0 failed",
                        "skipped: other.json (no known schema)",
                        "10 passed, 0 failed");
    }

    @Test
    void run_folderWithoutVectors_saysSo(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("other.json"), "{}");

        assertThat(run(folder.toString())).isEqualTo(1);

        assertThat(errors())
                .isEqualTo("error: no vectors in " + folder + "\nhint: give the folder that holds the vector files\n");
    }

    @Test
    void run_folderThatDoesNotExist_saysSo(@TempDir Path folder) {
        assertThat(run(folder.resolve("absent").toString())).isEqualTo(1);

        assertThat(errors()).startsWith("error: cannot read the folder ").contains("\nhint: ");
    }

    @Test
    void run_noArgumentOrTwo_isAUsageError() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("a", "b")).isEqualTo(2);
        assertThat(errors()).contains("error: one folder is needed", "hint: lamplighter dev vectors DIR");
    }

    /** The attack that the proof of concept falls to is in the file, opens there, and names a key that nobody has. */
    @Test
    void negativeFile_sendersMlKemKeyReplaced_opensInTheLayoutOfTheProofOfConcept() throws Exception {
        Fields file = new Fields(Vectors.read("negative.json"));
        Fields attack = null;
        for (Fields vector : file.list("cases")) {
            attack = vector.text("name").contains("ML-KEM key replaced") ? vector : attack;
        }
        assertThat(attack).isNotNull();
        User recipient =
                User.read(file.list("journalists").get(attack.child("recipient").number("index")));

        Opening opening = PocEnvelopeCodec.open(recipient, PocEnvelope.read(attack.child("envelope")));

        assertThat(opening).isInstanceOf(Opening.Opened.class);
        byte[] found = ((Opening.Opened) opening).senderApke().toByteArray();
        for (Fields source : file.list("sources")) {
            assertThat(User.read(source).sending().publicKey()).isNotEqualTo(found);
        }
    }
}
