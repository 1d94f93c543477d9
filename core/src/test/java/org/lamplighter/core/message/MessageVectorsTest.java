package org.lamplighter.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.envelope.ApkePublicKey;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.vectors.Cases;
import org.lamplighter.core.vectors.MessageVectors;
import org.lamplighter.core.vectors.Spelled;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.JsonNode;

/** The code against {@code vectors/lamplighter/message.json}, as another implementation would use it. */
final class MessageVectorsTest {
    private static final JsonNode VECTORS = Vectors.read(MessageVectors.FILE);
    private static final MessageHeader HEADER =
            new MessageHeader(MessageKind.REPLY, 1, MessageId.copyOf(new byte[16]), Optional.empty(), List.of());

    @Test
    void file_isWhatTheGeneratorMakes() {
        assertThat(VECTORS.toString()).isEqualTo(MessageVectors.make().toString());
    }

    @Test
    void parsers_acceptAndRefuseWhatStandsThere() {
        Cases.check(
                VECTORS.get("structured_messages"),
                input -> StructuredMessage.parse(input).encode());
        Cases.check(
                VECTORS.get("submission_documents"),
                input -> SubmissionDocument.parse(input).encode());
        Cases.check(VECTORS.get("replies"), input -> ReplyDocument.parse(input).encode());
        Cases.check(VECTORS.get("threads"), input -> ThreadDocument.parse(input).encode());
        Cases.check(VECTORS.get("self_copies"), input -> SelfCopy.parse(input).encode());
    }

    @Test
    void parts_haveTheseLengths() {
        for (JsonNode vector : VECTORS.get("parts")) {
            List<Integer> lengths = Parts.split(
                            HEADER, new byte[vector.get("document_length").asInt()])
                    .stream()
                    .map(part -> part.content().length)
                    .toList();
            assertThat(lengths)
                    .isEqualTo(vector.get("content_lengths")
                            .valueStream()
                            .map(JsonNode::asInt)
                            .toList());
        }
    }

    @Test
    void commitments_areThese() throws Exception {
        for (JsonNode vector : VECTORS.get("commitments")) {
            SecretBytes salt = SecretBytes.takeOver(bytes(vector, "salt"));
            assertThat(Commitment.of(
                                    MessageKind.of(vector.get("kind").asInt()),
                                    salt,
                                    Digest.copyOf(bytes(vector, "message_sha256")))
                            .hex())
                    .isEqualTo(vector.get("commitment").asString());
        }
    }

    @Test
    void acceptance_isThis() throws Exception {
        ApkePublicKey key = Party.source(SeededRandom.of(1)).sending().publicKey();
        for (JsonNode vector : VECTORS.get("acceptance")) {
            Acceptance acceptance = Acceptance.of(
                    Acceptance.Reader.valueOf(vector.get("reader").asString()),
                    StationParameters.profile(vector.get("profile").asString()),
                    vector.get("head_slot").asLong());
            MessageHeader header = new MessageHeader(
                    MessageKind.of(vector.get("kind").asInt()),
                    vector.get("message_slot").asLong(),
                    HEADER.id(),
                    Optional.empty(),
                    List.of());
            SenderStanding standing = standing(vector);
            String result = switch (acceptance.judge(
                    StructuredMessage.of(header, new byte[1]), key, standing, copy -> false)) {
                case Acceptance.Outcome.Accepted accepted -> "ok";
                case Acceptance.Outcome.Refused refused -> refused.reason().name();
            };
            assertThat(result)
                    .as(vector.toString())
                    .isEqualTo(vector.get("result").asString());
        }
    }

    private static SenderStanding standing(JsonNode vector) {
        String sender = vector.get("sender").asString();
        return switch (sender) {
            case "SELF" -> new SenderStanding.Self();
            case "JOURNALIST" -> new SenderStanding.Journalist();
            case "LEFT" -> new SenderStanding.Left(vector.get("since").asLong());
            case "COMPROMISED" -> new SenderStanding.Compromised();
            case "STRANGER" -> new SenderStanding.Stranger();
            default -> throw new AssertionError(sender);
        };
    }

    private static byte[] bytes(JsonNode vector, String field) {
        return Spelled.unhex(vector.get(field).asString());
    }
}
