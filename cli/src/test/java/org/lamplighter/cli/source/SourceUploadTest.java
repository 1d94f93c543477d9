package org.lamplighter.cli.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.cli.source.SourceRig.Result;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.evidence.open.OpenResult;
import org.lamplighter.core.evidence.open.Opener;
import org.lamplighter.core.message.SubmissionDocument;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.LoopbackServer;
import org.lamplighter.testkit.LoopbackServer.Reply;

/** An upload whose connection breaks in the middle of a chunk goes on from there, in the same process (docs/spec 5.7). */
final class SourceUploadTest {
    private static final int SIZE = 9_000_000;
    private static final int CHUNKS = 4;

    @TempDir
    Path temp;

    private SourceRig rig;
    private final Map<String, Integer> broken = new ConcurrentHashMap<>();

    @BeforeEach
    void open() throws Exception {
        rig = new SourceRig(temp);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void upload_brokenInTheMiddleOfAChunk_threeTimes_goesOnFromThatChunk() throws Exception {
        byte[] content = new byte[SIZE];
        rig.mailbox.random.nextBytes(content);
        try (LoopbackServer server = LoopbackServer.start(rig.mailbox::answer, breaking(3))) {
            send(server, content).done();
            checkWentOn(server);
        }
        assertThat(broken)
                .hasSize(2)
                .allSatisfy((line, times) -> assertThat(times).isGreaterThanOrEqualTo(3));

        rig.mailbox.turn();
        SubmissionDocument.Whole document =
                (SubmissionDocument.Whole) rig.mailbox.submission(rig.mailbox.people.getFirst());
        FileEntry entry = document.submission().files().getFirst();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(Opener.of(rig.mailbox.shelf()).open(entry, out)).isEqualTo(new OpenResult.Opened(SIZE));
        assertThat(out.toByteArray()).isEqualTo(content);
    }

    /** Shows that the check above notices an upload that begins again: here a second process sends it all anew. */
    @Test
    void upload_plantedFault_beginsAgain_isNoticed() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(rig.mailbox::answer, breaking(0))) {
            send(server, new byte[SIZE]).done();
            send(server, new byte[SIZE]).done();
            assertThatThrownBy(() -> checkWentOn(server)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void upload_thatBreaksEveryTime_isOneError_andNoMessageIsSent() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(rig.mailbox::answer, breaking(Integer.MAX_VALUE))) {
            send(server, new byte[SIZE]).refused("the station cannot be reached, or the connection broke");
            assertThat(server.lines()).noneMatch(line -> line.startsWith("POST"));
        }
        assertThat(rig.mailbox.waiting).isEmpty();
    }

    @Test
    void upload_whileTheStationTurns_isSentInASessionOfTheEpochThatIsCurrentThen() throws Exception {
        List<Integer> turned = new ArrayList<>();
        try (LoopbackServer server = LoopbackServer.start(request -> {
            Reply reply = rig.mailbox.answer(request);
            if (request.line().startsWith("PUT")) {
                for (int i = 0; i < 4; i++) {
                    rig.mailbox.pauseUntilNextEpoch();
                }
                turned.add(1);
            }
            return reply;
        })) {
            send(server, new byte[SIZE]).done();
            assertThat(turned).hasSize(CHUNKS);
            // One session before the upload, one after it, and one message.
            assertThat(server.lines()).hasSize(69 + CHUNKS + 69 + 1).endsWith("POST /v1/bundles");
            assertThat(server.lines())
                    .filteredOn(line -> line.equals("GET /v1/head"))
                    .hasSize(2);
        }
    }

    /** The next chunk is sealed while one is on its way; who watches sees one request after the other all the same. */
    @Test
    void upload_isOneRequestAfterTheOther_onOneConnection() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(rig.mailbox::answer)) {
            send(server, new byte[SIZE]).done();
            checkOneConnection(server);
        }
    }

    /** Shows that the check above notices an upload by two connections. */
    @Test
    void upload_plantedFault_byTwoConnections_isNoticed() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(rig.mailbox::answer)) {
            send(server, new byte[SIZE]).done();
            send(server, new byte[SIZE]).done();
            assertThatThrownBy(() -> checkOneConnection(server)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void upload_thatIsRefused_endsWithThatChunk() throws Exception {
        AtomicInteger puts = new AtomicInteger();
        try (LoopbackServer server =
                LoopbackServer.start(request -> request.line().startsWith("PUT") && puts.incrementAndGet() == 2
                        ? Reply.of(429, new byte[0])
                        : rig.mailbox.answer(request))) {
            send(server, new byte[SIZE]).refused("the station takes no more evidence today");
            assertThat(server.lines()).noneMatch(line -> line.startsWith("POST"));
        }
        assertThat(puts).hasValue(2);
    }

    /** HTTP/1.1 without pipelining: on one connection a request begins after the answer to the one before. */
    private static void checkOneConnection(LoopbackServer server) {
        assertThat(server.received())
                .filteredOn(request -> request.line().startsWith("PUT"))
                .hasSizeGreaterThanOrEqualTo(CHUNKS)
                .extracting(LoopbackServer.Received::connection)
                .containsOnly(server.received().stream()
                        .filter(request -> request.line().startsWith("PUT"))
                        .findFirst()
                        .orElseThrow()
                        .connection());
    }

    /** Without the replacement the same upload ends with the message: see above. */
    @Test
    void upload_whileTheStationIsReplacedByARestoredOne_saysSo_andTheNextSendingIsWhole() throws Exception {
        List<Integer> sent = new ArrayList<>();
        try (LoopbackServer server = LoopbackServer.start(request -> {
            Reply reply = rig.mailbox.answer(request);
            if (request.line().startsWith("PUT")) {
                sent.add(1);
                if (sent.size() == CHUNKS) {
                    restore();
                }
            }
            return reply;
        })) {
            Result result = send(server, new byte[SIZE])
                    .refused("the station was restored from a backup, or replaced, while this was on its way");
            assertThat(result.err()).contains("hint: run the command again");
            assertThat(server.lines()).doesNotContain("POST /v1/bundles");
            assertThat(rig.mailbox.waiting).isEmpty();

            send(server, new byte[SIZE]).done();
            assertThat(sent).hasSize(2 * CHUNKS);
            assertThat(server.lines()).endsWith("POST /v1/bundles");
        }
    }

    private void restore() {
        try {
            for (int i = 0; i < 16; i++) { // so long that the session of before is over
                rig.mailbox.pauseUntilNextEpoch();
            }
            rig.mailbox.restore();
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each chunk arrived once, in one piece, before the message. */
    private static void checkWentOn(LoopbackServer server) {
        Map<String, Integer> arrived = new TreeMap<>();
        server.lines().stream()
                .filter(line -> line.startsWith("PUT"))
                .forEach(line -> arrived.merge(line, 1, Integer::sum));
        assertThat(arrived).hasSize(CHUNKS);
        assertThat(arrived.values()).containsOnly(1);
        assertThat(server.lines()).endsWith("POST /v1/bundles");
    }

    /** Hears only half of the second and third chunk, so many times. */
    private LoopbackServer.Patience breaking(int times) {
        List<String> order = new ArrayList<>();
        return (line, length) -> {
            if (!line.startsWith("PUT")) {
                return length;
            }
            synchronized (order) {
                if (!order.contains(line)) {
                    order.add(line);
                }
                boolean spoilt = order.indexOf(line) == 1 || order.indexOf(line) == 2;
                return spoilt && broken.merge(line, 1, Integer::sum) <= times ? SizeClass.MAX_CHUNK_BYTES / 2 : length;
            }
        };
    }

    private Result send(LoopbackServer server, byte[] content) throws Exception {
        Path file = Files.write(temp.resolve("film.mp4"), content);
        return rig.run(
                rig.words + "\n",
                false,
                List.of(
                        "send",
                        "--newsroom",
                        rig.newsroom.toString(),
                        "--station",
                        server.url(),
                        "--file",
                        file.toString()));
    }
}
