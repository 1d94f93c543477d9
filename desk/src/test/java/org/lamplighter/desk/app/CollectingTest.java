package org.lamplighter.desk.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.evidence.seal.Sealer;
import org.lamplighter.desk.app.SessionReport.Step;
import org.lamplighter.desk.evidence.Collected;

/** A chunk that came damaged is told of and fetched again, a bounded number of times, whomever it is for (docs/spec 6.6). */
class CollectingTest {
    private static final String ADA = "Ada Example";
    private static final String BEN = "Ben Example";

    @TempDir
    private Path base;

    private World world;
    private final List<SealedChunk> chunks = new ArrayList<>();
    private byte[] content = new byte[0];

    @BeforeEach
    void open() throws Exception {
        world = World.open(base);
        world.enrol(ADA);
        world.enrol(BEN);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void chunk_thatCameDamaged_isReported_fetchedAgain_andTheFileComesOutWhole() throws Exception {
        sendToAda();
        world.spoilAnswers(this::isFirstChunk);
        try (JournalistDesk desk = world.desk(ADA)) {
            SessionReport report = desk.session(Progress.none());
            assertThat(report.chunks()).isEqualTo(chunks.size() - 1);
            assertThat(report.trouble(Step.COLLECT))
                    .hasValueSatisfying(trouble -> assertThat(trouble.error())
                            .isEqualTo("1 piece of evidence came damaged from the station, or not at all"));
            assertThat(missing(desk)).isEqualTo(1);
        }
        world.spoilAnswers(line -> false);
        world.nextEpoch();
        try (JournalistDesk desk = world.desk(ADA)) {
            SessionReport report = desk.session(Progress.none());
            assertThat(report.chunks()).isEqualTo(1);
            assertThat(report.isComplete()).isTrue();
            assertThat(missing(desk)).isZero();
            Path out = base.resolve("out");
            Path written = desk.export(message(desk).handle(), out)
                    .getFirst()
                    .written()
                    .orElseThrow();
            assertThat(Files.readAllBytes(written)).isEqualTo(content);
        }
    }

    @Test
    void chunk_thatStaysDamaged_isGivenUp_afterEightSessions() throws Exception {
        sendToAda();
        world.spoilAnswers(this::isFirstChunk);
        for (int session = 1; session <= Collected.MOST_SESSIONS; session++) {
            Optional<SessionReport.Trouble> trouble = session(ADA).trouble(Step.COLLECT);
            assertThat(trouble.orElseThrow().error())
                    .contains(session < Collected.MOST_SESSIONS ? "evidence came damaged" : "given up");
        }
        world.forgetRequests();
        assertThat(session(ADA).isComplete()).isTrue();
        assertThat(world.requests()).noneMatch(this::isFirstChunk);
    }

    @Test
    void chunk_thatTheStationLost_doesNotKeepBackThoseBehindIt_andAnUploadHealsIt() throws Exception {
        sendToAda();
        String lost = chunks.getFirst().id().hex();
        Path file = base.resolve("station")
                .resolve("chunks")
                .resolve(lost.substring(0, 2))
                .resolve(lost);
        Files.delete(file);

        SessionReport report = session(ADA);

        assertThat(report.chunks()).isEqualTo(chunks.size() - 1);
        assertThat(report.trouble(Step.COLLECT).orElseThrow().error()).contains("or not at all");

        new TestSource(world).upload(chunks); // verifies the receipt
        assertThat(file).exists();
        assertThat(session(ADA).chunks()).isEqualTo(1);
    }

    @Test
    void damagedChunk_isFetchedAgainAlike_byWhoCanOpenItAndWhoCannot() throws Exception {
        sendToAda();
        checkAlike(this::isFirstChunk, this::isFirstChunk);
    }

    /** Shows that the check above notices a desk that does not fetch again what it cannot open, as if all had come well. */
    @Test
    void damagedChunk_plantedFault_fetchedAgainByItsReaderAlone_isNoticed() throws Exception {
        sendToAda();
        assertThatThrownBy(() -> checkAlike(this::isFirstChunk, line -> false)).isInstanceOf(AssertionError.class);
    }

    private void checkAlike(
            java.util.function.Predicate<String> spoiltForAda, java.util.function.Predicate<String> spoiltForBen)
            throws Exception {
        List<String> ada = new ArrayList<>();
        List<String> ben = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            world.spoilAnswers(spoiltForAda);
            ada.addAll(requestsOf(ADA));
            world.spoilAnswers(spoiltForBen);
            ben.addAll(requestsOf(BEN));
        }
        world.spoilAnswers(line -> false);
        ada.addAll(requestsOf(ADA));
        ben.addAll(requestsOf(BEN));
        assertThat(ben).isEqualTo(ada).filteredOn(this::isFirstChunk).hasSizeGreaterThan(4);
    }

    /** A file of several chunks, for Ada alone. */
    private void sendToAda() throws Exception {
        content = new byte[5_000_000];
        world.random().nextBytes(content);
        FileEntry file = Sealer.of(world.random())
                .seal(
                        "ledger.csv",
                        "text/csv",
                        content.length,
                        new ByteArrayInputStream(content),
                        (SealedChunk chunk) -> chunks.add(chunk));
        TestSource source = new TestSource(world);
        source.upload(chunks);
        source.send("see the ledger", Optional.empty(), List.of(file), new Sealing.None(), ADA);
        world.settle();
    }

    private boolean isFirstChunk(String line) {
        return line.equals("GET /v1/chunks/" + chunks.getFirst().id().hex());
    }

    private SessionReport session(String name) throws Exception {
        try (JournalistDesk desk = world.desk(name)) {
            return desk.session(Progress.none());
        }
    }

    private List<String> requestsOf(String name) throws Exception {
        world.forgetRequests();
        session(name);
        return world.requests();
    }

    private static MessageView message(JournalistDesk desk) throws Exception {
        return desk.messages(desk.conversations().getFirst().designation()).getFirst();
    }

    private static long missing(JournalistDesk desk) throws Exception {
        return message(desk).files().getFirst().missing();
    }
}
