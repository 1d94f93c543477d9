package org.lamplighter.cli.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.evidence.open.OpenResult;
import org.lamplighter.core.evidence.open.Opener;
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.message.Submission;
import org.lamplighter.core.message.SubmissionDocument;
import org.lamplighter.core.message.ThreadDocument;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.source.Passphrase;
import org.lamplighter.core.source.SourceKeys;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.testkit.LoopbackServer;

final class SourceFlowTest {
    private static final int SESSION = 69;

    @TempDir
    Path temp;

    private TestMailbox mailbox;
    private SourceKeys keys;

    @BeforeEach
    void openMailbox() throws Exception {
        mailbox = new TestMailbox(2, "Ada Example", "Ben Example", "Cleo Example");
        try (Passphrase passphrase = Passphrase.generate(mailbox.random)) {
            keys = SourceKeys.derive(passphrase);
        }
    }

    @Test
    void send_reachesEveryJournalistWithAKey_andIsConfirmedByTheSelfCopy() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(mailbox::answer)) {
            Delivery delivery = mailbox.flow(server).send(keys, text("The scales are set wrong."), Progress.none());
            assertThat(delivery.to()).containsExactlyInAnyOrder("Ada Example", "Ben Example");
            assertThat(read(server).sent()).isEmpty();

            mailbox.turn();
            assertThat(read(server).confirms(delivery.id())).isTrue();
            for (TestMailbox.Person person : mailbox.people.subList(0, 2)) {
                assertThat(submission(person).text()).isEqualTo("The scales are set wrong.");
            }
        }
    }

    @Test
    void requests_areTheSameWhateverIsFound() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(mailbox::answer)) {
            List<String> nothing = shapes(server);
            mailbox.flow(server).send(keys, text("First."), Progress.none());
            for (int i = 0; i < 5; i++) {
                reply(mailbox.people.getFirst(), "Reply " + i);
            }
            mailbox.turn();
            List<String> much = shapes(server);

            assertThat(read(server).replies()).hasSize(5);
            assertThat(much).isEqualTo(nothing).hasSize(SESSION);
        }
    }

    /** Shows that the check above notices a session that fetches no further than to the last body it needs. */
    @Test
    void requests_plantedFault_stoppingAfterTheMatch_isNoticed() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(mailbox::answer)) {
            List<String> whole = shapes(server);
            List<String> lazy = whole.subList(0, 5 + 17);
            assertThatThrownBy(() -> assertThat(lazy).isEqualTo(whole)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void send_asksForTheWholeSessionAndPostsOnce() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(mailbox::answer)) {
            mailbox.flow(server).send(keys, text("One."), Progress.none());
            assertThat(server.lines()).hasSize(SESSION + 1).endsWith("POST /v1/bundles");
            assertThat(server.received().getLast().body()).hasSize(33_088);
        }
    }

    @Test
    void file_arrivesByteForByte_uploadedBetweenTheGetsAndThePost() throws Exception {
        byte[] content = new byte[300_000];
        mailbox.random.nextBytes(content);
        Path file = Files.write(temp.resolve("invoice.pdf"), content);
        try (LoopbackServer server = LoopbackServer.start(mailbox::answer)) {
            Draft draft = new Draft("See page 3.", List.of(OutgoingFile.of(file)), List.of("ada example"), false);
            mailbox.flow(server).send(keys, draft, Progress.none());
            assertThat(server.lines().get(SESSION)).startsWith("PUT /v1/chunks/");
            assertThat(server.lines()).endsWith("POST /v1/bundles");

            mailbox.turn();
            FileEntry entry = submission(mailbox.people.getFirst()).files().getFirst();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(Opener.of(mailbox.shelf()).open(entry, out)).isEqualTo(new OpenResult.Opened(content.length));
            assertThat(out.toByteArray()).isEqualTo(content);
            assertThat(mailbox.opened(mailbox.people.get(1))).isEmpty();
        }
    }

    @Test
    void longText_travelsAsASealedPart() throws Exception {
        String text = "weights and measures, ".repeat(1000);
        try (LoopbackServer server = LoopbackServer.start(mailbox::answer)) {
            mailbox.flow(server).send(keys, text(text), Progress.none());
            mailbox.turn();
            SubmissionDocument document = mailbox.submission(mailbox.people.getFirst());
            assertThat(document).isInstanceOfSatisfying(SubmissionDocument.Elsewhere.class, elsewhere -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                assertThat(open(elsewhere, out)).isInstanceOf(OpenResult.Opened.class);
                assertThat(out.size()).isEqualTo(elsewhere.length());
            });
        }
    }

    @Test
    void sealed_leavesNoPartKeyInTheMessage() throws Exception {
        Path file = Files.write(temp.resolve("ledger.csv"), new byte[] {1, 2, 3});
        try (LoopbackServer server = LoopbackServer.start(mailbox::answer)) {
            Draft draft = new Draft("Sealed.", List.of(OutgoingFile.of(file)), List.of("Ada Example"), true);
            mailbox.flow(server).send(keys, draft, Progress.none());
            mailbox.turn();
            Submission submission = submission(mailbox.people.getFirst());
            assertThat(submission.files()).allMatch(FileEntry::isLocked);
            assertThat(submission.sealing()).isInstanceOfSatisfying(Sealing.KOfN.class, sealing -> {
                assertThat(sealing.keys().threshold()).isEqualTo(2);
                assertThat(sealing.keys().holders()).hasSize(2);
            });
        }
    }

    @Test
    void sealed_withoutFiles_isRefusedBeforeAnythingIsSent() throws Exception {
        refused(new Draft("Only text.", List.of(), List.of(), true), "only files can be sealed");
    }

    @Test
    void to_somebodyUnknownOrWithoutAKey_namesThoseWhoCanBeWrittenTo() throws Exception {
        refused(new Draft("Hello.", List.of(), List.of("Nobody"), false), "no journalist called Nobody");
        refused(new Draft("Hello.", List.of(), List.of("Cleo Example"), false), "cannot be written to now");
    }

    @Test
    void to_moreThanFit_isRefused() throws Exception {
        mailbox = new TestMailbox(4, "Ada Example", "Ben Example", "Cleo Example", "Dora Example");
        refused(text("Hello."), "at most 3 journalists");
    }

    @Test
    void replies_comeInOrder_andAThreadRepeatsNothing() throws Exception {
        TestMailbox.Person ada = mailbox.people.getFirst();
        MessageId first = mailbox.freshId();
        long today = Validity.day(mailbox.now);
        ReplyDocument said = new ReplyDocument(today - 1, "Where are the scales?");
        ReplyDocument lost = new ReplyDocument(today - 3, "Thank you.");
        mailbox.send(ada, keys.recipient(), MessageKind.REPLY, first, said.encode());
        ThreadDocument thread = new ThreadDocument(
                List.of(new ThreadDocument.Earlier(mailbox.freshId(), lost), new ThreadDocument.Earlier(first, said)));
        mailbox.send(ada, keys.recipient(), MessageKind.THREAD, mailbox.freshId(), thread.encode());
        mailbox.turn();
        try (LoopbackServer server = LoopbackServer.start(mailbox::answer)) {
            assertThat(read(server).replies())
                    .extracting(ReceivedReply::text)
                    .containsExactly("Thank you.", "Where are the scales?");
        }
    }

    @Test
    void longReply_isPutTogether_andAMissingPartIsCounted() throws Exception {
        TestMailbox.Person ada = mailbox.people.getFirst();
        String text = "line of a long reply\n".repeat(400);
        byte[] document = new ReplyDocument(Validity.day(mailbox.now), text).encode();
        mailbox.send(ada, keys.recipient(), MessageKind.REPLY, mailbox.freshId(), document);
        mailbox.send(ada, keys.recipient(), MessageKind.REPLY, mailbox.freshId(), document);
        mailbox.waiting.removeLast();
        mailbox.turn();
        try (LoopbackServer server = LoopbackServer.start(mailbox::answer)) {
            Findings found = read(server);
            assertThat(found.replies())
                    .singleElement()
                    .satisfies(reply -> assertThat(reply.text()).isEqualTo(text));
            assertThat(found.incomplete()).isEqualTo(1);
        }
    }

    @Test
    void messageOfAStranger_isCountedAndNotShown() throws Exception {
        TestMailbox foreign = new TestMailbox(1, "Mallory Example");
        TestMailbox.Person stranger = new TestMailbox.Person(
                "Mallory Example",
                foreign.people.getFirst().keys(),
                foreign.people.getFirst().prekeys());
        byte[] document = new ReplyDocument(Validity.day(mailbox.now), "Meet me.").encode();
        mailbox.send(stranger, keys.recipient(), MessageKind.REPLY, mailbox.freshId(), document);
        mailbox.turn();
        try (LoopbackServer server = LoopbackServer.start(mailbox::answer)) {
            Findings found = read(server);
            assertThat(found.replies()).isEmpty();
            assertThat(found.unreadable()).isEqualTo(1);
        }
    }

    @Test
    void nextMessage_refersToTheNewestReply() throws Exception {
        MessageId id = reply(mailbox.people.getFirst(), "Which scales?");
        mailbox.turn();
        try (LoopbackServer server = LoopbackServer.start(mailbox::answer)) {
            mailbox.flow(server).send(keys, text("Those at the gate."), Progress.none());
            mailbox.turn();
            assertThat(mailbox.message(mailbox.people.getFirst()).header().reference())
                    .contains(id);
        }
    }

    @Test
    void nextMessage_refersToTheThread_whenTheReplyCameInOne() throws Exception {
        TestMailbox.Person ada = mailbox.people.getFirst();
        MessageId thread = mailbox.freshId();
        ReplyDocument said = new ReplyDocument(Validity.day(mailbox.now) - 30, "Which scales?");
        ThreadDocument document = new ThreadDocument(List.of(new ThreadDocument.Earlier(mailbox.freshId(), said)));
        mailbox.send(ada, keys.recipient(), MessageKind.THREAD, thread, document.encode());
        mailbox.turn();
        checkRefersTo(Optional.of(thread), List.of());
    }

    @Test
    void nextMessage_refersToNothing_whenNobodyItGoesToHasReplied() throws Exception {
        checkRefersTo(Optional.empty(), List.of());
        reply(mailbox.people.get(1), "Which scales?");
        mailbox.turn();
        checkRefersTo(Optional.empty(), List.of("Ada Example"));
    }

    /** Shows that the check above notices a message that tells Ada of Ben's reply. */
    @Test
    void nextMessage_plantedFault_refersToAnybodysReply_isNoticed() throws Exception {
        MessageId id = reply(mailbox.people.get(1), "Which scales?");
        mailbox.turn();
        checkRefersTo(Optional.of(id), List.of("Ben Example", "Ada Example"));
        mailbox.forgetMessages();
        reply(mailbox.people.get(1), "Which scales?");
        mailbox.turn();
        assertThatThrownBy(() -> checkRefersTo(Optional.empty(), List.of())).isInstanceOf(AssertionError.class);
    }

    private void checkRefersTo(Optional<MessageId> reference, List<String> to) throws Exception {
        try (LoopbackServer server = LoopbackServer.start(mailbox::answer)) {
            mailbox.flow(server).send(keys, new Draft("Those at the gate.", List.of(), to, false), Progress.none());
            mailbox.turn();
            assertThat(mailbox.message(mailbox.people.getFirst()).header().reference())
                    .isEqualTo(reference);
            mailbox.forgetMessages();
        }
    }

    @Test
    void await_endsWhenTheSelfCopyIsFound() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(mailbox::answer)) {
            SourceFlow flow = mailbox.flow(server);
            Delivery delivery = flow.send(keys, text("Waiting."), Progress.none());
            Optional<Findings> found = flow.await(keys, delivery, Duration.ofSeconds(30), Progress.none());
            assertThat(found)
                    .hasValueSatisfying(findings ->
                            assertThat(findings.confirms(delivery.id())).isTrue());
        }
    }

    @Test
    void await_endsAtItsLimit_whenTheBundleIsNeverLetIn() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(mailbox::answer)) {
            SourceFlow flow = mailbox.flow(server);
            Delivery delivery = flow.send(keys, text("Waiting."), Progress.none());
            mailbox.waiting.clear();
            assertThat(flow.await(keys, delivery, Duration.ofSeconds(30), Progress.none()))
                    .isEmpty();
        }
    }

    private MessageId reply(TestMailbox.Person person, String text) throws Exception {
        MessageId id = mailbox.freshId();
        mailbox.send(
                person,
                keys.recipient(),
                MessageKind.REPLY,
                id,
                new ReplyDocument(Validity.day(mailbox.now), text).encode());
        return id;
    }

    private void refused(Draft draft, String error) throws Exception {
        try (LoopbackServer server = LoopbackServer.start(mailbox::answer)) {
            assertThatThrownBy(() -> mailbox.flow(server).send(keys, draft, Progress.none()))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining(error);
            assertThat(server.lines()).allMatch(line -> line.startsWith("GET "));
        }
    }

    private Findings read(LoopbackServer server) throws Exception {
        return mailbox.flow(server).read(keys, Progress.none());
    }

    /** The requests of one read, with the number of the epoch taken out. */
    private List<String> shapes(LoopbackServer server) throws Exception {
        server.forget();
        read(server);
        List<String> shapes = new ArrayList<>();
        server.received().forEach(request -> shapes.add(request.head().replaceFirst("/epochs/[0-9]+/", "/epochs/E/")));
        server.forget();
        return shapes;
    }

    private Submission submission(TestMailbox.Person person) throws Exception {
        return ((SubmissionDocument.Whole) mailbox.submission(person)).submission();
    }

    private OpenResult open(SubmissionDocument.Elsewhere elsewhere, ByteArrayOutputStream out) {
        try {
            return Opener.of(mailbox.shelf()).openDocument(elsewhere.part(), elsewhere.length(), out);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Draft text(String text) {
        return new Draft(text, List.of(), List.of(), false);
    }
}
