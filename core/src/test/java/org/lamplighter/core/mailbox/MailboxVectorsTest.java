package org.lamplighter.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.hint.HintKey;
import org.lamplighter.core.mailbox.AdmissionBuckets.Rates;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.vectors.Cases;
import org.lamplighter.core.vectors.MailboxVectors;
import org.lamplighter.core.vectors.Spelled;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.JsonNode;

/** The station's half of {@code vectors/lamplighter/mailbox.json}. */
final class MailboxVectorsTest {
    private static final JsonNode VECTORS = Vectors.read(MailboxVectors.FILE);

    @Test
    void file_isWhatTheGeneratorMakes() {
        assertThat(VECTORS.toString()).isEqualTo(MailboxVectors.make().toString());
    }

    @Test
    void hintKeysAndRerandomisers_areThese() {
        for (JsonNode vector : VECTORS.get("hint_keys")) {
            assertThat(HintKey.of(newsroom(vector), vector.get("epoch").asLong())
                            .okm(bytes(vector, "shared"), bytes(vector, "q")))
                    .isEqualTo(bytes(vector, "okm"));
        }
        for (JsonNode vector : VECTORS.get("rerandomisers")) {
            assertThat(EpochBuilder.rerandomiser(
                                    SecretBytes.takeOver(bytes(vector, "epoch_secret")),
                                    vector.get("epoch").asLong(),
                                    vector.get("position").asInt())
                            .encode())
                    .isEqualTo(bytes(vector, "r"));
        }
    }

    @Test
    void epoch_isBuiltByteForByte() throws Exception {
        JsonNode vector = VECTORS.get("epoch");
        List<HintPair> hints = new ArrayList<>();
        for (JsonNode slot : vector.get("slots")) {
            hints.add(HintPair.decode(bytes(slot, "x"), bytes(slot, "z")));
        }
        int[] slotAt = vector.get("slot_at_position")
                .valueStream()
                .mapToInt(JsonNode::asInt)
                .toArray();
        BuiltEpoch built = EpochBuilder.of(newsroom(vector), vector.get("epoch").asLong(), 2)
                .<RuntimeException>build(
                        hints,
                        new byte[0],
                        SecretBytes.takeOver(bytes(vector, "epoch_secret")),
                        slotAt,
                        slot -> Spelled.pattern(slot, MailboxRow.ENVELOPE_LENGTH),
                        (file, bytes) -> {});

        assertThat(built.hints()).isEqualTo(bytes(vector, "hints"));
        assertThat(built.bodyDigests().stream().map(Digest::hex))
                .isEqualTo(vector.get("body_file_sha256")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
    }

    @Test
    void bundles_areAcceptedAndRefusedAsStandsThere() {
        Cases.check(VECTORS.get("bundles_of_2"), body -> Bundle.parse(body, 2).encode());
    }

    @Test
    void expiriesAndCapacities_areThese() throws Exception {
        for (JsonNode vector : VECTORS.get("expiries")) {
            Expiry expiry =
                    new Expiry(vector.get("ttl").asLong(), vector.get("expiry").asLong());
            assertThat(expiry.dueAt(vector.get("admitted").asLong()))
                    .isEqualTo(vector.get("due").asLong());
        }
        for (JsonNode vector : VECTORS.get("admission")) {
            StationParameters parameters =
                    StationParameters.profile(vector.get("profile").asString());
            Rates rates = Rates.of(parameters);
            assertThat(rates.liveBundlesMax())
                    .isEqualTo(vector.get("live_bundles_max").asInt());
            assertThat(rates.capacity() / rates.bundle())
                    .isEqualTo(vector.get("burst").asLong());
            assertThat(parameters.bundlesPerDay())
                    .isEqualTo(vector.get("bundles_per_day").asLong());
        }
    }

    private static NewsroomId newsroom(JsonNode vector) {
        return NewsroomId.copyOf(bytes(vector, "newsroom"));
    }

    private static byte[] bytes(JsonNode vector, String field) {
        return Spelled.unhex(vector.get(field).asString());
    }
}
