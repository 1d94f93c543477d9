package org.lamplighter.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.message.ThreadDocument.Earlier;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

final class DocumentTest {
    private static final SeededRandom RANDOM = SeededRandom.of(2);
    private static final String TEXT = "Grüße aus der Fabrik \uD83D\uDD6F 灯\n\u202etekcit\u0000\u0000";

    @Test
    void reply_anyUnicode_comesBackAsItWas() throws Exception {
        for (String text : List.of("", "a", TEXT, "\u0000", "x".repeat(ReplyDocument.MAX_TEXT))) {
            ReplyDocument reply = new ReplyDocument(20_781, text);
            assertThat(ReplyDocument.parse(reply.encode())).isEqualTo(reply);
        }
    }

    @Test
    void reply_textThatIsNotUnicode_orTooLong_isAFaultOfTheCaller() {
        for (String text : List.of("\uD83D", "x".repeat(ReplyDocument.MAX_TEXT + 1), "é".repeat(20_000))) {
            assertThatThrownBy(() -> new ReplyDocument(1, text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void reply_whateverIsAccepted_isWrittenBackAsItWas() {
        Malleability.check(
                new ReplyDocument(20_781, TEXT).encode(),
                MalformedException.class,
                20_000,
                3,
                input -> ReplyDocument.parse(input).encode());
    }

    @Test
    void reply_overlongUtf8_isRefused() {
        // C0 80 is the overlong zero, ED A0 80 a surrogate: both would be written back as other bytes.
        for (byte[] text :
                List.of(new byte[] {(byte) 0xc0, (byte) 0x80}, new byte[] {(byte) 0xed, (byte) 0xa0, -128})) {
            byte[] document = new byte[9 + text.length];
            document[0] = 1;
            document[8] = (byte) text.length;
            System.arraycopy(text, 0, document, 9, text.length);
            assertThatThrownBy(() -> ReplyDocument.parse(document)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void thread_comesBackAsItWas_andIsStrict() throws Exception {
        ThreadDocument thread = new ThreadDocument(List.of(earlier("first"), earlier(TEXT), earlier("")));

        assertThat(ThreadDocument.parse(thread.encode())).isEqualTo(thread);
        Malleability.check(
                thread.encode(),
                MalformedException.class,
                20_000,
                4,
                input -> ThreadDocument.parse(input).encode());
    }

    @Test
    void thread_countWithoutReplies_isRefusedBeforeAnythingIsReserved() {
        assertThatThrownBy(() -> ThreadDocument.parse(new byte[] {1, (byte) 0xff, (byte) 0xff}))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void thread_ofNewest_keepsAsManyOfTheNewestAsFit() {
        List<Earlier> replies = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            replies.add(earlier("y".repeat(3_000)));
        }
        ThreadDocument thread = ThreadDocument.ofNewest(replies);

        assertThat(thread.replies()).isEqualTo(replies.subList(4, 12));
        assertThat(thread.encode().length).isLessThanOrEqualTo(Parts.MAX_DOCUMENT);
        assertThatThrownBy(() -> new ThreadDocument(replies)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ThreadDocument.ofNewest(List.of()).replies()).isEmpty();
    }

    @Test
    void selfCopy_comesBackAsItWas_andIsStrict() throws Exception {
        SelfCopy copy = selfCopy();
        SelfCopy parsed = SelfCopy.parse(copy.encode());

        assertThat(copy.encode()).hasSize(SelfCopy.LENGTH);
        assertThat(parsed.encode()).isEqualTo(copy.encode());
        assertThat(parsed.message()).isEqualTo(copy.message());
        assertThat(parsed.salt().matches(copy.salt())).isTrue();
        assertThat(parsed.acknowledgementKey().matches(copy.acknowledgementKey()))
                .isTrue();
        assertThat(parsed.files()).isEqualTo(2);
        assertThat(parsed.totalSize()).isEqualTo(1L << 33);
        Malleability.check(
                copy.encode(),
                MalformedException.class,
                5_000,
                5,
                input -> SelfCopy.parse(input).encode());
    }

    @Test
    void selfCopy_opensTheCommitmentOfTheMessage_andOfNoOther() {
        StructuredMessage message = message("one");
        SelfCopy copy = new SelfCopy(1, message.digest(), salt(1), salt(2), 0, 0);

        assertThat(copy.commitment(MessageKind.REPLY)).isEqualTo(Commitment.of(message, salt(1)));
        assertThat(copy.commitment(MessageKind.THREAD)).isNotEqualTo(Commitment.of(message, salt(1)));
        assertThat(Commitment.of(message, salt(3))).isNotEqualTo(Commitment.of(message, salt(1)));
        assertThat(Commitment.of(message("two"), salt(1))).isNotEqualTo(Commitment.of(message, salt(1)));
    }

    @Test
    void selfCopy_holdsNoTextOfTheMessage() {
        String text = "the ledger of the procurement office";
        StructuredMessage message = message(text);
        SelfCopy copy = new SelfCopy(1, message.digest(), salt(1), salt(2), 0, 0);

        assertThat(new String(copy.encode(), StandardCharsets.ISO_8859_1)).doesNotContain(text.substring(0, 6));
        assertThat(copy.toString()).contains("REDACTED");
    }

    private static StructuredMessage message(String text) {
        MessageHeader header = new MessageHeader(
                MessageKind.REPLY, 1, MessageId.copyOf(new byte[16]), java.util.Optional.empty(), List.of());
        return StructuredMessage.of(header, new ReplyDocument(1, text).encode());
    }

    private static SecretBytes salt(int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return SecretBytes.takeOver(bytes);
    }

    private static SelfCopy selfCopy() {
        return new SelfCopy(
                20_781,
                Digest.copyOf(RANDOM.bytes(32)),
                SecretBytes.takeOver(RANDOM.bytes(32)),
                SecretBytes.takeOver(RANDOM.bytes(32)),
                2,
                1L << 33);
    }

    private static Earlier earlier(String text) {
        return new Earlier(MessageId.copyOf(RANDOM.bytes(16)), new ReplyDocument(20_700, text));
    }
}
