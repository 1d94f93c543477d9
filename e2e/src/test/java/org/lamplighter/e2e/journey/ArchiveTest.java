package org.lamplighter.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.message.BundleComposer;
import org.lamplighter.core.message.MessageHeader;
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.message.SelfCopy;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.scan.BodyOpener;
import org.lamplighter.core.scan.Match;
import org.lamplighter.core.scan.Scan;
import org.lamplighter.core.source.SourceKeys;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.desk.app.JournalistDesk;
import org.lamplighter.testkit.LoopbackTap.Passed;
import org.lamplighter.testkit.MemoryFolder;
import org.lamplighter.testkit.SeededRandom;

/**
 * What somebody does who keeps the files of every epoch: with a source's twelve words (formats.md 2) it opens nothing that the source
 * sent; and as the station itself (formats.md 13) it cannot hand a reply to a source again when its time is over.
 */
@Tag("statistics")
final class ArchiveTest {
    private static final String ADA = "Ada Example";
    private static final String TEXT = "the tender was altered on the third floor";
    private static final String NAME = "delivery-notes.bin";
    private static final int DAY = 86_400;
    private static final StationParameters SLOW =
            new StationParameters("slow", 64, 2, DAY, 14 * DAY, DAY, 3 * DAY, 3 * DAY, DAY / 2, 10, 90, 1L << 30);

    @TempDir(factory = MemoryFolder.class)
    private Path base;

    private World world;
    private Source source;
    private final List<VerifiedEpoch> archive = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        world = World.open(base, SLOW);
        world.enrol(ADA);
        source = new Source(world);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void words_andAllFilesOfAllEpochs_openNothingThatWasSent() throws Exception {
        Path file = Files.write(base.resolve(NAME), SeededRandom.of(3).bytes(300_000));
        source.send(TEXT, List.of(file));
        liveAndArchive(4);
        assertThat(world.session(ADA).received()).isEqualTo(1);

        List<byte[]> opened = openedWithTheWords();
        assertThat(opened).isNotEmpty();
        assertThat(holds(opened, TEXT)).isFalse();
        assertThat(holds(opened, NAME)).isFalse();
        for (byte[] plaintext : opened) {
            StructuredMessage message = StructuredMessage.parse(plaintext);
            assertThat(message.header().kind()).isEqualTo(MessageKind.SELF_COPY);
            assertThat(message.content()).hasSize(SelfCopy.LENGTH);
        }
    }

    /** The fault: a client that keeps itself a copy of what it says. */
    @Test
    void plantedFault_selfCopyWithTheText_isOpened() throws Exception {
        try (SourceKeys keys = source.keys();
                StationSession session = world.client().session()) {
            long slot = session.fetch(Optional.empty(), Progress.none()).head().prekeySlot();
            MessageHeader header = new MessageHeader(
                    MessageKind.SUBMISSION,
                    slot,
                    MessageHeader.freshId(world.random()),
                    Optional.empty(),
                    List.of(JournalistId.copyOf(new byte[8])));
            StructuredMessage message = StructuredMessage.of(header, new ReplyDocument(1, TEXT).encode());
            byte[] bundle = BundleComposer.of(world.newsroom(), SLOW.envelopes(), world.random())
                    .compose(
                            keys.sender(),
                            keys.recipient(),
                            List.of(keys.recipient()),
                            message,
                            SelfCopy.of(message, 1, world.random()));
            world.await(session.nextMoment());
            session.post(bundle);
        }
        liveAndArchive(4);
        assertThat(holds(openedWithTheWords(), TEXT)).isTrue();
    }

    @Test
    void reply_thatTheStationBringsInAgain_isRefused_whenItsTimeIsOver() throws Exception {
        byte[] reply = repliedAndRead();
        world.pass(world.clock().instant().plusSeconds(21L * DAY));
        assertThat(source.replies()).as("its row has left").isEmpty();
        world.bringIn(reply);
        liveAndArchive(3);
        assertThat(archive).anyMatch(this::hasARowForTheSource);
        assertThat(source.replies()).isEmpty();
    }

    /** Shows that the check above sees a reply that is taken: within its time, a source that keeps nothing takes it twice. */
    @Test
    void plantedFault_replyThatIsBroughtInWithinItsTime_isTaken() throws Exception {
        byte[] reply = repliedAndRead();
        world.pass(world.clock().instant().plusSeconds(13L * DAY));
        assertThat(source.replies()).as("its row has left").isEmpty();
        world.bringIn(reply);
        liveAndArchive(2);
        assertThat(source.replies()).hasSize(1);
    }

    /** A reply, read by the source; yields the bundle that carried it. The journalist does not come again. */
    private byte[] repliedAndRead() throws Exception {
        source.send(TEXT, List.of());
        liveAndArchive(3);
        world.session(ADA);
        byte[] bundle;
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.reply(desk.conversations().getFirst().designation(), "meet me tomorrow");
            world.tap().forget();
            assertThat(desk.session(Progress.none()).posted()).isTrue();
            bundle = world.tap().passed().stream()
                    .filter(Passed::fromClient)
                    .filter(piece -> piece.text().startsWith("POST /v1/bundles "))
                    .map(ArchiveTest::body)
                    .findFirst()
                    .orElseThrow();
        }
        liveAndArchive(3);
        assertThat(source.replies()).containsExactly("meet me tomorrow");
        archive.clear();
        return bundle;
    }

    private static byte[] body(Passed request) {
        byte[] all = request.bytes();
        int from = request.text().indexOf("\r\n\r\n") + 4;
        return java.util.Arrays.copyOfRange(all, from, all.length);
    }

    private void liveAndArchive(int epochs) throws Exception {
        for (int epoch = 0; epoch < epochs; epoch++) {
            world.nextEpoch();
            try (StationSession session = world.client().session()) {
                archive.add(session.fetch(Optional.empty(), Progress.none()));
            }
        }
    }

    /** The plaintexts that the twelve words open, of all epochs kept. */
    private List<byte[]> openedWithTheWords() throws Exception {
        List<byte[]> opened = new ArrayList<>();
        try (SourceKeys keys = source.keys()) {
            for (VerifiedEpoch epoch : archive) {
                for (Match match : matches(epoch, keys)) {
                    byte[] envelope = BodyOpener.open(match, epoch.bodyFile(match.bodyFile()))
                            .orElseThrow();
                    opened.add(Envelope.open(keys.opening(), world.newsroom(), envelope)
                            .orElseThrow()
                            .structuredMessage());
                }
            }
        }
        return opened;
    }

    private boolean hasARowForTheSource(VerifiedEpoch epoch) {
        try (SourceKeys keys = source.keys()) {
            return !matches(epoch, keys).isEmpty();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<Match> matches(VerifiedEpoch epoch, SourceKeys keys) throws Exception {
        return Scan.of(
                        epoch.hints(),
                        epoch.layout(),
                        world.newsroom(),
                        epoch.head().epoch())
                .run(keys.fetch(), 1, (done, all) -> {});
    }

    private static boolean holds(List<byte[]> plaintexts, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        return plaintexts.stream()
                .anyMatch(plaintext -> IntStream.range(0, plaintext.length - wanted.length)
                        .anyMatch(at ->
                                java.util.Arrays.equals(plaintext, at, at + wanted.length, wanted, 0, wanted.length)));
    }
}
