package org.lamplighter.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.cli.source.Delivery;
import org.lamplighter.cli.source.Findings;
import org.lamplighter.cli.source.ReceivedReply;
import org.lamplighter.client.Progress;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.desk.app.JournalistDesk;
import org.lamplighter.desk.app.MessageView;
import org.lamplighter.desk.evidence.Export;
import org.lamplighter.desk.reply.Delivery.State;
import org.lamplighter.testkit.MemoryFolder;
import org.lamplighter.testkit.SeededRandom;

/**
 * One conversation, each step by the code that ships: composed, posted, admitted at a boundary, found by a scan, opened,
 * accepted, answered, and answered again.
 */
final class ConversationTest {
    private static final String ADA = "Ada Example";
    private static final String BEN = "Ben Example";
    private static final StationParameters DEMO =
            new StationParameters("demo", 64, 4, 5, 600, 60, 180, 120, 600, 10, 1, 1L << 30);

    @TempDir(factory = MemoryFolder.class)
    private Path base;

    private World world;
    private Source source;

    @BeforeEach
    void open() throws Exception {
        world = World.open(base, DEMO);
        world.enrol(ADA);
        world.enrol(BEN);
        source = new Source(world);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void letterWithAFile_isReadAnsweredAndAnsweredAgain() throws Exception {
        byte[] evidence = SeededRandom.of(3).bytes(3_000_000);
        Path file = Files.write(base.resolve("delivery-notes.bin"), evidence);

        Delivery letter = source.send("the tender was altered", List.of(file));
        assertThat(letter.to()).containsExactlyInAnyOrder(ADA, BEN);
        assertThat(source.read().sent()).as("taken at the door is not inside").isEmpty();
        assertThat(world.session(ADA).received()).isZero();
        Findings inside = source.await(letter, Duration.ofMinutes(1)).orElseThrow();
        assertThat(inside.sent()).hasSize(1);
        assertThat(inside.sent().getFirst().files()).isEqualTo(1);

        String conversation = readsLetter(ADA, evidence);
        readsLetter(BEN, evidence);
        String question = answer(conversation, "which office kept the ledger?");
        Findings answered = source.read();
        assertThat(answered.replies()).extracting(ReceivedReply::from).containsExactly(ADA);
        assertThat(answered.replies()).extracting(ReceivedReply::text).containsExactly("which office kept the ledger?");

        Delivery second = source.send("the goods-in office", List.of(), ADA);
        assertThat(source.await(second, Duration.ofMinutes(1))).isPresent();
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
            List<MessageView> messages = desk.messages(conversation);
            assertThat(messages)
                    .extracting(MessageView::text)
                    .containsExactly(
                            Optional.of("the tender was altered"),
                            Optional.of("which office kept the ledger?"),
                            Optional.of("the goods-in office"));
            assertThat(messages.getLast().answers()).contains(question);
            assertThat(desk.message(question).delivery().orElseThrow().state()).isEqualTo(State.CONFIRMED);
        }
        assertThat(world.session(BEN).received())
                .as("the question by Ada, and nothing that is hers alone")
                .isEqualTo(1);
    }

    /** The planted fault: somebody with other words finds nothing of it. */
    @Test
    void otherWords_findNothing() throws Exception {
        source.send("the tender was altered", List.of());
        world.nextEpoch();
        world.nextEpoch();
        Findings own = source.read();
        Findings others = new Source(world).read();

        assertThat(own.sent()).hasSize(1);
        assertThat(others.sent()).isEmpty();
        assertThat(others.replies()).isEmpty();
        assertThat(others.unreadable()).isZero();
    }

    private String readsLetter(String journalist, byte[] evidence) throws Exception {
        try (JournalistDesk desk = world.desk(journalist)) {
            assertThat(desk.session(Progress.none()).received()).isEqualTo(1);
            String conversation = desk.conversations().getFirst().designation();
            MessageView letter = desk.unread(conversation).getFirst();
            assertThat(letter.text()).contains("the tender was altered");
            List<Export.Exported> files = desk.export(letter.handle(), base.resolve("out of " + journalist));
            assertThat(Files.readAllBytes(files.getFirst().written().orElseThrow()))
                    .isEqualTo(evidence);
            desk.markShown(letter.handle());
            return conversation;
        }
    }

    private String answer(String conversation, String text) throws Exception {
        try (JournalistDesk desk = world.desk(ADA)) {
            String handle = desk.reply(conversation, text).handle();
            assertThat(desk.session(Progress.none()).posted()).isTrue();
            assertThat(desk.message(handle).delivery().orElseThrow().state()).isEqualTo(State.POSTED);
            world.nextEpoch();
            world.nextEpoch();
            assertThat(desk.session(Progress.none()).confirmed()).isEqualTo(1);
            return handle;
        }
    }
}
