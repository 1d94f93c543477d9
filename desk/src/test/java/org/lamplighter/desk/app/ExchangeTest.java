package org.lamplighter.desk.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationFailure;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.core.newsroom.JournalistState;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.desk.app.MessageView.From;
import org.lamplighter.desk.app.MessageView.Standing;
import org.lamplighter.desk.app.SessionReport.Step;
import org.lamplighter.desk.inbox.Refusal;
import org.lamplighter.desk.reply.Delivery;

/** Two journalists and a source, over a real station. */
class ExchangeTest {
    private static final String ADA = "Ada Example";
    private static final String BEN = "Ben Example";

    @TempDir
    private Path base;

    private World world;

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
    void submission_reachesBothJournalists_underTheSameDesignation() throws Exception {
        TestSource source = new TestSource(world);
        source.send("the tender was altered", ADA, BEN);
        world.settle();

        String ada = conversation(ADA);
        String ben = conversation(BEN);

        assertThat(ada).isEqualTo(ben).matches("[a-z]{3,8}-[a-z]{3,8}");
        try (JournalistDesk desk = world.desk(ADA)) {
            MessageView message = desk.messages(ada).getFirst();
            assertThat(message.handle()).isEqualTo(ada + "/1");
            assertThat(message.from()).isInstanceOf(From.Source.class);
            assertThat(message.text()).contains("the tender was altered");
            assertThat(desk.unread(ada)).hasSize(1);
            desk.markShown(message.handle());
            assertThat(desk.unread(ada)).isEmpty();
        }
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.unread(ada)).isEmpty();
        }
    }

    @Test
    void reply_reachesTheSourceAndTheColleague_andIsConfirmedByItsSelfCopy() throws Exception {
        TestSource source = new TestSource(world);
        source.send("the tender was altered", ADA, BEN);
        world.settle();
        String conversation = conversation(ADA);
        conversation(BEN);

        try (JournalistDesk desk = world.desk(ADA)) {
            MessageView reply = desk.reply(conversation, "who signed it?");
            assertThat(reply.answers()).contains(conversation + "/1");
            assertThat(delivery(desk, reply)).isEqualTo(Delivery.State.QUEUED);
            assertThat(desk.session(Progress.none()).posted()).isTrue();
            assertThat(delivery(desk, reply)).isEqualTo(Delivery.State.POSTED);
            world.settle();
            assertThat(desk.session(Progress.none()).confirmed()).isEqualTo(1);
            assertThat(delivery(desk, reply)).isEqualTo(Delivery.State.CONFIRMED);
            assertThat(desk.session(Progress.none()).confirmed()).isZero();
            assertThat(desk.unread(conversation)).as("own replies are not news").hasSize(1);
        }

        assertThat(source.read())
                .singleElement()
                .satisfies(seen -> assertThat(seen.texts()).containsExactly("who signed it?"));
        try (JournalistDesk desk = world.desk(BEN)) {
            assertThat(desk.session(Progress.none()).received()).isEqualTo(1);
            MessageView copy = desk.messages(conversation).getLast();
            assertThat(copy.from()).isEqualTo(new From.Colleague(ADA, Standing.ACTIVE));
            assertThat(copy.text()).contains("who signed it?");
            assertThat(copy.answers()).contains(conversation + "/1");
        }
    }

    @Test
    void copyOfAReply_thatComesBeforeTheSourcesMessage_waitsForIt() throws Exception {
        TestSource source = new TestSource(world);
        source.send("the tender was altered", ADA, BEN);
        world.settle();
        String conversation = conversation(ADA);
        replyAndSend(ADA, conversation, "who signed it?");
        world.settle();

        // Ben reads everything at once, in whatever order the rows are.
        try (JournalistDesk desk = world.desk(BEN)) {
            assertThat(desk.session(Progress.none()).received()).isEqualTo(2);
            assertThat(desk.messages(conversation))
                    .extracting(message -> message.text().orElse(""))
                    .containsExactlyInAnyOrder("the tender was altered", "who signed it?");
            assertThat(desk.status().waiting()).isZero();
        }
    }

    @Test
    void longReply_goesOutOnePartASession_andIsReadWhole() throws Exception {
        TestSource source = new TestSource(world);
        source.send("the tender was altered", ADA, BEN);
        world.settle();
        String conversation = conversation(ADA);
        conversation(BEN);
        String text = "What happened on that day, and who was there? ".repeat(200);

        try (JournalistDesk desk = world.desk(ADA)) {
            MessageView reply = desk.reply(conversation, text);
            int parts = reply.delivery().orElseThrow().parts();
            assertThat(parts).isEqualTo(3);
            for (int session = 1; session <= parts; session++) {
                world.forgetRequests();
                assertThat(desk.session(Progress.none()).posted()).isTrue();
                assertThat(world.requests().stream().filter("POST /v1/bundles"::equals))
                        .hasSize(1);
                world.settle();
            }
            assertThat(desk.session(Progress.none()).posted()).isFalse();
            assertThat(delivery(desk, reply)).isEqualTo(Delivery.State.CONFIRMED);
        }
        assertThat(source.read())
                .singleElement()
                .satisfies(seen -> assertThat(seen.texts()).containsExactly(text));
        try (JournalistDesk desk = world.desk(BEN)) {
            desk.session(Progress.none());
            assertThat(desk.messages(conversation).getLast().text()).contains(text);
        }
    }

    @Test
    void reply_ofTheLargestSize_isTaken_andOneByteMoreIsNot() throws Exception {
        new TestSource(world).send("the tender was altered", ADA);
        world.settle();
        String conversation = conversation(ADA);
        int max = 8 * StructuredMessage.MAX_CONTENT - 9;

        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.reply(conversation, "x".repeat(max))
                            .delivery()
                            .orElseThrow()
                            .parts())
                    .isEqualTo(8);
            assertThatThrownBy(() -> desk.reply(conversation, "x".repeat(max + 1)))
                    .isInstanceOfSatisfying(DeskFailure.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(DeskFailure.Kind.TEXT_LENGTH);
                        assertThat(failure.hint()).contains("2 replies");
                    });
            assertThatThrownBy(() -> desk.reply(conversation, " \n"))
                    .isInstanceOfSatisfying(
                            DeskFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(DeskFailure.Kind.TEXT_LENGTH));
        }
    }

    @Test
    void reply_isInTheVaultBeforeItIsPosted_andGoesOutLater() throws Exception {
        TestSource source = new TestSource(world);
        source.send("the tender was altered", ADA);
        world.settle();
        String conversation = conversation(ADA);

        world.breakRequests(line -> line.startsWith("POST /v1/bundles"));
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.reply(conversation, "who signed it?");
            SessionReport report = desk.session(Progress.none());
            assertThat(report.posted()).isFalse();
            assertThat(report.trouble(Step.POST)).isPresent();
        }
        world.breakRequests(line -> false);
        try (JournalistDesk desk = world.desk(ADA)) {
            MessageView reply = desk.messages(conversation).getLast();
            assertThat(delivery(desk, reply)).isEqualTo(Delivery.State.QUEUED);
            assertThat(desk.session(Progress.none()).posted()).isTrue();
        }
        world.settle();
        assertThat(source.read()).hasSize(1);
    }

    @Test
    void reply_thatWasDroppedAtTheDoor_isPostedAgainAfterTheWait() throws Exception {
        new TestSource(world).send("the tender was altered", ADA);
        world.settle();
        String conversation = conversation(ADA);

        try (JournalistDesk desk = world.desk(ADA)) {
            replyAndSend(desk, conversation, "who signed it?");
            // No epoch turns: the bundle is never admitted. After waiting-seconds and two epochs it was dropped.
            assertThat(desk.session(Progress.none()).posted()).isFalse();
            world.advance(world.parameters().waitingSeconds()
                    + 3L * world.parameters().epochSeconds());
            SessionReport report = desk.session(Progress.none());
            assertThat(report.posted() || report.confirmed() == 1).isTrue();
        }
    }

    @Test
    void colleague_whoLeft_isMarked_andGetsNoCopies() throws Exception {
        TestSource source = new TestSource(world);
        source.send("the tender was altered", ADA, BEN);
        world.settle();
        String conversation = conversation(ADA);
        conversation(BEN);
        replyAndSend(BEN, conversation, "i ask");
        world.settle();

        world.revoke(BEN, JournalistState.LEFT);
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
            assertThat(desk.messages(conversation).getLast().from()).isEqualTo(new From.Colleague(BEN, Standing.LEFT));
            replyAndSend(desk, conversation, "who signed it?");
        }
        world.settle();
        assertThat(source.read()).hasSize(2);
        try (JournalistDesk desk = world.desk(BEN)) {
            assertFailure(() -> desk.session(Progress.none()), DeskFailure.Kind.REVOKED);
        }
    }

    @Test
    void colleague_whoWritesAfterLeaving_isNotBelieved() throws Exception {
        TestSource source = new TestSource(world);
        source.send("the tender was altered", ADA, BEN);
        world.settle();
        String conversation = conversation(ADA);
        conversation(BEN);
        replyAndSend(BEN, conversation, "meet me tomorrow");
        world.settle();

        // The keys are the same before and after; only the day tells.
        world.revoke(BEN, JournalistState.LEFT, 2);
        try (JournalistDesk desk = world.desk(ADA)) {
            SessionReport report = desk.session(Progress.none());
            assertThat(report.refused()).containsEntry(Refusal.LEFT_SENDER, 1);
            assertThat(desk.messages(conversation)).hasSize(1);
        }
    }

    @Test
    void colleague_whoseKeysAreCompromised_isNotBelievedAnyMore() throws Exception {
        TestSource source = new TestSource(world);
        source.send("the tender was altered", ADA, BEN);
        world.settle();
        String conversation = conversation(ADA);
        conversation(BEN);
        replyAndSend(BEN, conversation, "i ask");
        world.settle();

        world.revoke(BEN, JournalistState.COMPROMISED);
        try (JournalistDesk desk = world.desk(ADA)) {
            SessionReport report = desk.session(Progress.none());
            assertThat(report.refused()).containsEntry(Refusal.COMPROMISED_SENDER, 1);
            assertThat(desk.messages(conversation)).hasSize(1);
        }
    }

    @Test
    void messageOfAColleague_fromBeforeTheCompromise_isMarked() throws Exception {
        TestSource source = new TestSource(world);
        source.send("the tender was altered", ADA, BEN);
        world.settle();
        String conversation = conversation(ADA);
        conversation(BEN);
        replyAndSend(BEN, conversation, "i ask");
        world.settle();
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
            world.revoke(BEN, JournalistState.COMPROMISED);
            desk.session(Progress.none());
            assertThat(desk.messages(conversation).getLast().from())
                    .isEqualTo(new From.Colleague(BEN, Standing.COMPROMISED));
        }
    }

    @Test
    void stranger_whoClaimsToBeAColleague_isRefused() throws Exception {
        TestSource source = new TestSource(world);
        MessageId real = source.send("the tender was altered", ADA);
        world.settle();
        String conversation = conversation(ADA);

        TestSource forger = new TestSource(world);
        byte[] document = new ReplyDocument(20_790, "meet me tomorrow").encode();
        forger.post(
                MessageKind.REPLY,
                Optional.of(real),
                document,
                forger.submission("", List.of(), new Sealing.None()),
                ADA);
        world.settle();
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.session(Progress.none()).refused()).containsEntry(Refusal.UNKNOWN_SENDER, 1);
            assertThat(desk.messages(conversation)).hasSize(1);
        }
    }

    @Test
    void mailbox_readAgain_bringsNothingNew() throws Exception {
        TestSource source = new TestSource(world);
        source.send("the tender was altered", ADA);
        source.send("and here is why", ADA);
        world.settle();

        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.session(Progress.none()).received()).isEqualTo(2);
            assertThat(desk.session(Progress.none()).received()).isZero();
            world.nextEpoch();
            assertThat(desk.session(Progress.none()).received()).isZero();
            assertThat(desk.conversations())
                    .singleElement()
                    .satisfies(c -> assertThat(c.messages()).isEqualTo(2));
        }
    }

    @Test
    void everySession_makesTheSameRequests_whateverItFinds() throws Exception {
        List<String> empty = requestsOf(ADA);
        new TestSource(world).send("the tender was altered", ADA);
        world.settle();
        List<String> full = requestsOf(ADA);

        assertThat(withoutEpoch(full)).isEqualTo(withoutEpoch(empty)).doesNotContain("POST /v1/bundles");
    }

    @Test
    void session_beforeEnrolment_saysWhatToCarryWhere() throws Exception {
        world.create("Cleo Example");
        Path request = world.journalist("Cleo Example").resolve("enrolment-request");
        Files.delete(request);
        try (JournalistDesk desk = world.desk("Cleo Example")) {
            assertThatThrownBy(() -> desk.session(Progress.none()))
                    .isInstanceOfSatisfying(DeskFailure.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(DeskFailure.Kind.NOT_ENROLLED);
                        assertThat(failure.hint()).contains("newsroom enrol", request.toString());
                    });
        }
        assertThat(request).exists();
    }

    @Test
    void unknownConversation_suggestsTheNearest() throws Exception {
        new TestSource(world).send("the tender was altered", ADA);
        world.settle();
        String conversation = conversation(ADA);
        String mistyped = conversation.substring(0, conversation.length() - 1) + "q";

        try (JournalistDesk desk = world.desk(ADA)) {
            assertThatThrownBy(() -> desk.reply(mistyped, "who signed it?"))
                    .isInstanceOfSatisfying(DeskFailure.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(DeskFailure.Kind.UNKNOWN_CONVERSATION);
                        assertThat(failure.hint()).isEqualTo("did you mean " + conversation + "?");
                    });
            assertThat(desk.messages(conversation.toUpperCase(Locale.ROOT).replace('-', ' ')))
                    .hasSize(1);
            assertFailure(() -> desk.message(conversation + "/7"), DeskFailure.Kind.UNKNOWN_MESSAGE);
            assertFailure(() -> desk.message("7"), DeskFailure.Kind.UNKNOWN_MESSAGE);
        }
    }

    @Test
    void staleStation_isReported_andNothingIsSentOrErased() throws Exception {
        new TestSource(world).send("the tender was altered", ADA);
        world.settle();
        String conversation = conversation(ADA);
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.reply(conversation, "who signed it?");
            world.clock().set(world.clock().second() + 100_000);
            world.forgetRequests();
            SessionReport report = desk.session(Progress.none());

            assertThat(report.trouble(Step.FRESHNESS)).isPresent();
            assertThat(report.posted()).isFalse();
            assertThat(world.requests()).noneMatch(line -> line.equals("POST /v1/bundles"));
        }
    }

    @Test
    void olderRoster_isNoticed() throws Exception {
        Roster older = world.roster();
        world.enrol("Cleo Example");
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
        }
        assertThat(world.installRoster(older))
                .as("the station itself refuses it")
                .isNotZero();
    }

    @Test
    void brokenDownload_isAStationFailure_andLosesNothing() throws Exception {
        new TestSource(world).send("the tender was altered", ADA);
        world.settle();
        world.breakRequests(line -> line.endsWith("/bodies/40"));
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThatThrownBy(() -> desk.session(Progress.none()))
                    .isInstanceOfSatisfying(
                            StationFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(StationFailure.Kind.UNREACHABLE));
            world.breakRequests(line -> false);
            assertThat(desk.session(Progress.none()).received()).isEqualTo(1);
        }
    }

    private String conversation(String journalist) throws Exception {
        try (JournalistDesk desk = world.desk(journalist)) {
            desk.session(Progress.none());
            return desk.conversations().getFirst().designation();
        }
    }

    private void replyAndSend(String journalist, String conversation, String text) throws Exception {
        try (JournalistDesk desk = world.desk(journalist)) {
            replyAndSend(desk, conversation, text);
        }
    }

    private static void replyAndSend(JournalistDesk desk, String conversation, String text) throws Exception {
        desk.reply(conversation, text);
        assertThat(desk.session(Progress.none()).posted()).isTrue();
    }

    private static Delivery.State delivery(JournalistDesk desk, MessageView reply) throws Exception {
        return desk.message(reply.handle()).delivery().orElseThrow().state();
    }

    private List<String> requestsOf(String journalist) throws Exception {
        try (JournalistDesk desk = world.desk(journalist)) {
            world.forgetRequests();
            desk.session(Progress.none());
            return world.requests();
        }
    }

    private static List<String> withoutEpoch(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("/epochs/[0-9]+/", "/epochs/E/"))
                .toList();
    }

    private static void assertFailure(ThrowingCallable call, DeskFailure.Kind kind) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DeskFailure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
