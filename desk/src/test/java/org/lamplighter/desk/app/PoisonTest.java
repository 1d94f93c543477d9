package org.lamplighter.desk.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationFailure;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.envelope.FetchPublicKey;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.envelope.SealedEnvelope;
import org.lamplighter.core.envelope.SealingRandomness;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.message.MessageHeader;
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.core.message.SubmissionDocument;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.desk.inbox.Refusal;

/** Rows made to stop, confuse or forge: whatever they are, the good message beside them is read. */
class PoisonTest {
    private static final String ADA = "Ada Example";
    private static final int ENVELOPES = World.DEMO.envelopes();

    @TempDir
    private Path base;

    private World world;
    private TestSource source;

    @BeforeEach
    void open() throws Exception {
        world = World.open(base);
        world.enrol(ADA);
        source = new TestSource(world);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void garbageBehindValidHints_isCounted_andStopsNothing() throws Exception {
        postRows(row(random(Envelope.BYTES)), row(new byte[Envelope.BYTES]), row(halfOfARealOne()), row(swapped()));
        source.send("the tender was altered", ADA);
        world.settle();

        assertReadsTheGoodOne(Refusal.NOT_READABLE, 4);
    }

    @Test
    void garbageInsideValidEnvelopes_isCounted_andStopsNothing() throws Exception {
        byte[] good =
                message(MessageKind.SUBMISSION, currentSlot(), document("text")).encode();
        byte[] paddingNotZero = good.clone();
        paddingNotZero[paddingNotZero.length - 1] = 1;
        byte[] unknownVersion = good.clone();
        unknownVersion[0] = 9;
        byte[] truncatedDocument = message(MessageKind.SUBMISSION, currentSlot(), Arrays.copyOf(document("text"), 40))
                .encode();
        postRows(
                sealed(random(StructuredMessage.LENGTH)),
                sealed(paddingNotZero),
                sealed(unknownVersion),
                sealed(truncatedDocument));
        source.send("the tender was altered", ADA);
        world.settle();

        assertReadsTheGoodOne(Refusal.MALFORMED, 4);
    }

    @Test
    void slotsOutOfTheWindow_areRefused() throws Exception {
        long window = Math.ceilDiv(600 + 120 + 60, 600L) + 2;
        byte[] document = document("an old one, put in again");
        postRows(
                sealed(message(MessageKind.SUBMISSION, currentSlot() - window - 1, document)
                        .encode()),
                sealed(message(MessageKind.SUBMISSION, currentSlot() + 2, document)
                        .encode()),
                sealed(message(MessageKind.SUBMISSION, currentSlot() - window, document("just in time"))
                        .encode()),
                row(random(Envelope.BYTES)));
        world.settle();
        try (JournalistDesk desk = world.desk(ADA)) {
            SessionReport report = desk.session(Progress.none());
            assertThat(report.refused()).containsEntry(Refusal.OUT_OF_WINDOW, 2);
            assertThat(report.received()).isEqualTo(1);
        }
    }

    @Test
    void kindsThatNobodySendsToAJournalist_areRefused() throws Exception {
        byte[] reply = new ReplyDocument(20_790, "meet me tomorrow").encode();
        postRows(
                sealed(message(MessageKind.DECOY, currentSlot(), random(100)).encode()),
                sealed(message(MessageKind.SELF_COPY, currentSlot(), random(111))
                        .encode()),
                sealed(message(MessageKind.REPLY, currentSlot(), reply).encode()),
                sealed(message(MessageKind.THREAD, currentSlot(), new byte[] {1, 0, 0})
                        .encode()));
        source.send("the tender was altered", ADA);
        world.settle();

        assertReadsTheGoodOne(Refusal.UNKNOWN_SENDER, 4);
    }

    @Test
    void sameMessageInManyRows_isReadOnce() throws Exception {
        byte[] once =
                message(MessageKind.SUBMISSION, currentSlot(), document("once")).encode();
        postRows(sealed(once), sealed(once), sealed(once), sealed(once));
        world.settle();
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.session(Progress.none()).received()).isEqualTo(1);
            assertThat(desk.session(Progress.none()).received()).isZero();
        }
    }

    /** Planted fault: where the message id is not looked at, the same content counts each time. */
    @Test
    void sameContentUnderOtherIds_isReadEachTime() throws Exception {
        List<byte[]> rows = new ArrayList<>();
        for (int i = 0; i < ENVELOPES; i++) {
            rows.add(sealed(message(MessageKind.SUBMISSION, currentSlot(), document("once"))
                    .encode()));
        }
        postRows(rows.toArray(byte[][]::new));
        world.settle();
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.session(Progress.none()).received()).isEqualTo(4);
        }
    }

    @Test
    void anotherSourceThatUsesTheSameMessageId_doesNotSuppressTheFirst() throws Exception {
        StructuredMessage message = message(MessageKind.SUBMISSION, currentSlot(), document("the real one"));
        StructuredMessage forged = StructuredMessage.of(message.header(), document("the other one"));
        TestSource other = new TestSource(world);
        postRows(
                sealed(source, message.encode()),
                sealed(other, forged.encode()),
                row(random(Envelope.BYTES)),
                row(random(Envelope.BYTES)));
        world.settle();
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.session(Progress.none()).received()).isEqualTo(2);
            assertThat(desk.conversations()).hasSize(2);
        }
    }

    @Test
    void hints_thatAreTheIdentity_areRefusedAtTheDoor() throws Exception {
        byte[] identity =
                new ByteWriter().padTo(64).bytes(random(Envelope.BYTES)).toByteArray();
        assertThatThrownBy(() -> postRows(
                        identity,
                        row(random(Envelope.BYTES)),
                        row(random(Envelope.BYTES)),
                        row(random(Envelope.BYTES))))
                .isInstanceOfSatisfying(
                        StationFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StationFailure.Kind.REFUSED));
    }

    private void assertReadsTheGoodOne(Refusal reason, int rows) throws Exception {
        try (JournalistDesk desk = world.desk(ADA)) {
            for (int session = 0; session < 2; session++) {
                SessionReport report = desk.session(Progress.none());
                assertThat(report.received()).isEqualTo(session == 0 ? 1 : 0);
                assertThat(report.refused()).containsOnly(Map.entry(reason, rows));
                assertThat(report.troubles()).isEmpty();
            }
            assertThat(desk.conversations()).hasSize(1);
            assertThat(desk.messages(desk.conversations().getFirst().designation()))
                    .singleElement()
                    .satisfies(message -> assertThat(message.text()).contains("the tender was altered"));
        }
    }

    private long currentSlot() {
        return World.DEMO.prekeySlot(world.clock().second());
    }

    private byte[] document(String text) {
        return new SubmissionDocument.Whole(source.submission(text, List.of(), new Sealing.None())).encode();
    }

    private StructuredMessage message(MessageKind kind, long slot, byte[] content) {
        MessageId id = MessageHeader.freshId(world.random());
        return StructuredMessage.of(
                new MessageHeader(
                        kind,
                        slot,
                        id,
                        Optional.empty(),
                        List.of(world.listed(ADA).id())),
                content);
    }

    /** A whole row for Ada around any structured message. */
    private byte[] sealed(byte[] structured) throws Exception {
        return sealed(source, structured);
    }

    private byte[] sealed(TestSource from, byte[] structured) throws Exception {
        try (StationSession session = world.client().session();
                SealingRandomness randomness = SealingRandomness.generate(world.random())) {
            VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
            RecipientKeys ada = epoch.keys()
                    .addressee(world.listed(ADA).id())
                    .orElseThrow()
                    .recipientKeys()
                    .orElseThrow();
            SealedEnvelope envelope = Envelope.seal(
                    from.keys().sender(), ada, world.root().newsroomKey().id(), structured, randomness);
            return envelope.toByteArray();
        }
    }

    private byte[] halfOfARealOne() throws Exception {
        byte[] real = sealed(
                message(MessageKind.SUBMISSION, currentSlot(), document("text")).encode());
        byte[] envelope = Arrays.copyOfRange(real, 64, real.length);
        Arrays.fill(envelope, envelope.length / 2, envelope.length, (byte) 0);
        return envelope;
    }

    /** The metadata of one envelope with the message of another. */
    private byte[] swapped() throws Exception {
        byte[] one = sealed(
                message(MessageKind.SUBMISSION, currentSlot(), document("one")).encode());
        byte[] two = sealed(
                new TestSource(world),
                message(MessageKind.SUBMISSION, currentSlot(), document("two")).encode());
        byte[] envelope = Arrays.copyOfRange(one, 64, one.length);
        System.arraycopy(two, 64 + Envelope.CT_APKE_BYTES, envelope, Envelope.CT_APKE_BYTES, Envelope.CT_PKE_BYTES);
        return envelope;
    }

    /** A row with a good hint for Ada and this in place of the envelope. */
    private byte[] row(byte[] envelope) throws Exception {
        FetchPublicKey fetch = world.listed(ADA).keys().fetch();
        try (Scalar x = Scalar.random(world.random())) {
            return new ByteWriter()
                    .bytes(RistrettoElement.multiplyBase(x).encode())
                    .bytes(RistrettoElement.decodeNonIdentity(fetch.toByteArray())
                            .multiply(x)
                            .encode())
                    .bytes(envelope)
                    .toByteArray();
        }
    }

    private void postRows(byte[]... rows) throws Exception {
        ByteWriter body = new ByteWriter();
        Arrays.stream(rows).forEach(body::bytes);
        byte[] bundle = body.bytes(random(32)).bytes(random(96)).toByteArray();
        try (StationSession session = world.client().session()) {
            session.fetch(Optional.empty(), Progress.none());
            world.await(session.nextMoment());
            session.post(bundle);
        }
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        world.random().nextBytes(bytes);
        return bytes;
    }
}
