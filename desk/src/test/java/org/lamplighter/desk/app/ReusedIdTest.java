package org.lamplighter.desk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.core.wire.MessageId;

/** A source that uses the message id of another's does not draw a colleague's answer into its own conversation. */
class ReusedIdTest {
    private static final String ADA = "Ada Example";
    private static final String BEN = "Ben Example";
    private static final String ANSWER = "who signed it?";

    @TempDir
    private Path base;

    private World world;
    private MessageId id;

    @BeforeEach
    void send() throws Exception {
        world = World.open(base);
        world.enrol(ADA);
        world.enrol(BEN);
        id = new TestSource(world).send("the tender was altered", ADA, BEN);
        world.settle();
        replyOfAda();
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void copy_belongsToTheFirstWhoUsedTheId() throws Exception {
        String first;
        try (JournalistDesk desk = world.desk(BEN)) {
            desk.session(Progress.none());
            first = desk.conversations().getFirst().designation();
        }
        // Many, so that an arbitrary choice between them would hardly ever be the right one.
        for (int i = 0; i < 6; i++) {
            new TestSource(world).sendUnder(id, "it is all right", BEN);
        }
        world.settle();
        try (JournalistDesk desk = world.desk(BEN)) {
            desk.session(Progress.none());
            assertThat(desk.conversations()).hasSize(7);
            assertThat(conversationsWithTheAnswer(desk)).containsExactly(first);
        }
    }

    @Test
    void copy_waits_whenTwoWhoUsedTheIdCameTogether() throws Exception {
        new TestSource(world).sendUnder(id, "it is all right", BEN);
        world.settle();
        try (JournalistDesk desk = world.desk(BEN)) {
            desk.session(Progress.none());
            assertThat(desk.conversations()).hasSize(2);
            assertThat(conversationsWithTheAnswer(desk)).isEmpty();
            assertThat(desk.status().waiting()).isEqualTo(1);
        }
    }

    /** Planted fault: under an id of its own the other source takes nothing, and the copy is where it belongs at once. */
    @Test
    void copy_doesNotWait_whenTheOtherIdIsAnother() throws Exception {
        new TestSource(world).send("it is all right", BEN);
        world.settle();
        try (JournalistDesk desk = world.desk(BEN)) {
            desk.session(Progress.none());
            assertThat(conversationsWithTheAnswer(desk)).hasSize(1);
            assertThat(desk.status().waiting()).isZero();
        }
    }

    private void replyOfAda() throws Exception {
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
            desk.reply(desk.conversations().getFirst().designation(), ANSWER);
            desk.session(Progress.none());
        }
    }

    private static List<String> conversationsWithTheAnswer(JournalistDesk desk) throws Exception {
        List<String> found = new ArrayList<>();
        for (ConversationView conversation : desk.conversations()) {
            if (desk.messages(conversation.designation()).stream()
                    .anyMatch(message -> message.text().orElse("").equals(ANSWER))) {
                found.add(conversation.designation());
            }
        }
        return found;
    }
}
