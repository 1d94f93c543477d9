package org.lamplighter.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

final class StructuredMessageTest {
    private static final SeededRandom RANDOM = SeededRandom.of(1);
    private static final MessageId ID = MessageId.copyOf(RANDOM.bytes(16));
    private static final JournalistId ADA = JournalistId.copyOf(RANDOM.bytes(8));
    private static final JournalistId BEN = JournalistId.copyOf(RANDOM.bytes(8));

    @Test
    void parse_ofWhatWasEncoded_isEqual() throws Exception {
        for (MessageKind kind : MessageKind.values()) {
            for (int length : new int[] {0, 1, 3371}) {
                StructuredMessage message = StructuredMessage.of(header(kind), RANDOM.bytes(length));

                assertThat(message.encode()).hasSize(3440);
                StructuredMessage parsed = StructuredMessage.parse(message.encode());
                assertThat(parsed).isEqualTo(message);
                assertThat(parsed.encode()).isEqualTo(message.encode());
                assertThat(parsed.digest()).isEqualTo(message.digest());
            }
        }
    }

    /** A padding that ended at the last byte other than zero would eat them. */
    @Test
    void content_trailingZeros_arePreserved() throws Exception {
        byte[] content = {'a', 0, 'b', 0, 0, 0};

        StructuredMessage parsed = StructuredMessage.parse(
                StructuredMessage.of(header(MessageKind.REPLY), content).encode());

        assertThat(parsed.content()).isEqualTo(content);
        assertThat(StructuredMessage.of(header(MessageKind.REPLY), Arrays.copyOf(content, 5))
                        .digest())
                .isNotEqualTo(parsed.digest());
    }

    @Test
    void parse_whateverIsAccepted_isWrittenBackAsItWas() {
        for (int length : new int[] {0, 40, 3371}) {
            byte[] valid = StructuredMessage.of(header(MessageKind.REPLY), RANDOM.bytes(length))
                    .encode();
            int accepted = Malleability.check(
                    valid,
                    MalformedException.class,
                    20_000,
                    7,
                    input -> StructuredMessage.parse(input).encode());
            assertThat(accepted).isPositive();
        }
    }

    @Test
    void parse_fieldOutOfRange_isRefusedForItsReason() {
        assertReason(Reason.UNKNOWN_VERSION, bytes -> bytes[0] = 2);
        assertReason(Reason.BAD_FIELD, bytes -> bytes[1] = 0);
        assertReason(Reason.BAD_FIELD, bytes -> bytes[1] = 6);
        assertReason(Reason.BAD_FIELD, bytes -> bytes[23] = 0);
        assertReason(Reason.BAD_FIELD, bytes -> bytes[23] = 2);
        assertReason(Reason.BAD_FIELD, bytes -> bytes[25] = 9);
        assertReason(Reason.BAD_FIELD, bytes -> bytes[24] = 1);
        assertReason(Reason.TOO_LARGE, bytes -> bytes[42] = 4);
        assertReason(Reason.NOT_CANONICAL, bytes -> bytes[42] = 1);
        assertReason(Reason.NOT_CANONICAL, bytes -> bytes[66] = 1);
        assertReason(Reason.TOO_LARGE, bytes -> {
            bytes[67] = 0x0d;
            bytes[68] = 0x2c;
        });
        assertReason(Reason.NOT_CANONICAL, bytes -> bytes[3439] = 1);
        assertReason(Reason.NOT_CANONICAL, bytes -> bytes[68] = 39);
    }

    @Test
    void parse_anotherSize_isRefused() {
        byte[] valid =
                StructuredMessage.of(header(MessageKind.REPLY), new byte[3]).encode();

        assertThat(reasonOf(Arrays.copyOf(valid, 3439))).isEqualTo(Reason.TRUNCATED);
        assertThat(reasonOf(Arrays.copyOf(valid, 3441))).isEqualTo(Reason.TRAILING_BYTES);
        assertThat(reasonOf(new byte[0])).isEqualTo(Reason.TRUNCATED);
    }

    @Test
    void parse_partsOfAKindThatHasOne_isRefused() {
        for (MessageKind kind : List.of(MessageKind.SUBMISSION, MessageKind.DECOY)) {
            byte[] bytes = StructuredMessage.of(header(kind), new byte[3371]).encode();
            bytes[25] = 2;
            assertThat(reasonOf(bytes)).isEqualTo(Reason.BAD_FIELD);
        }
    }

    @Test
    void split_andAssembleInAnyOrder_giveTheDocument() throws Exception {
        for (int length : new int[] {0, 1, 3371, 3372, 6742, 20_000, 26_968}) {
            byte[] document = RANDOM.bytes(length);
            List<StructuredMessage> parts = Parts.split(header(MessageKind.REPLY), document);

            assertThat(parts).hasSize(Math.max(1, Math.ceilDiv(length, 3371)));
            assertThat(Parts.assemble(parts.reversed())).hasValue(document);
            for (StructuredMessage part : parts) {
                assertThat(StructuredMessage.parse(part.encode())).isEqualTo(part);
            }
        }
    }

    @Test
    void assemble_whileAPartIsMissing_givesNothing() throws Exception {
        List<StructuredMessage> parts = Parts.split(header(MessageKind.THREAD), RANDOM.bytes(9_000));

        assertThat(Parts.assemble(List.of())).isEmpty();
        assertThat(Parts.assemble(parts.subList(0, 2))).isEmpty();
        assertThat(Parts.assemble(parts.subList(1, 3))).isEmpty();
    }

    @Test
    void assemble_partsOfDifferentMessages_orTwiceTheSame_isRefused() {
        List<StructuredMessage> parts = Parts.split(header(MessageKind.THREAD), RANDOM.bytes(9_000));
        List<StructuredMessage> longer = Parts.split(header(MessageKind.THREAD), RANDOM.bytes(20_000));
        List<StructuredMessage> replies = Parts.split(header(MessageKind.REPLY), RANDOM.bytes(9_000));

        for (List<StructuredMessage> mixed : List.of(
                List.of(parts.get(0), parts.get(0)),
                List.of(parts.get(0), longer.get(1)),
                List.of(parts.get(0), replies.get(1), parts.get(2)))) {
            assertThatThrownBy(() -> Parts.assemble(mixed)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void split_documentThatDoesNotFit_isAFaultOfTheCaller() {
        assertThatThrownBy(() -> Parts.split(header(MessageKind.REPLY), new byte[26_969]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Parts.split(header(MessageKind.SUBMISSION), new byte[3_372]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_partThatIsNotTheLastAndNotFull_isRefused() {
        byte[] bytes =
                StructuredMessage.of(header(MessageKind.REPLY), new byte[100]).encode();
        bytes[25] = 3;

        assertThat(reasonOf(bytes)).isEqualTo(Reason.BAD_FIELD);
    }

    private static void assertReason(Reason reason, Consumer<byte[]> change) {
        byte[] bytes = StructuredMessage.of(header(MessageKind.REPLY), RANDOM.bytes(40))
                .encode();
        // A last byte of content other than zero, so that a shorter length shows.
        bytes[108] = 1;
        change.accept(bytes);
        assertThat(reasonOf(bytes)).isEqualTo(reason);
    }

    private static Reason reasonOf(byte[] bytes) {
        try {
            StructuredMessage.parse(bytes);
        } catch (MalformedException e) {
            return e.reason();
        }
        throw new AssertionError("accepted");
    }

    private static MessageHeader header(MessageKind kind) {
        return new MessageHeader(kind, 41_550, ID, Optional.empty(), List.of(ADA, BEN));
    }
}
