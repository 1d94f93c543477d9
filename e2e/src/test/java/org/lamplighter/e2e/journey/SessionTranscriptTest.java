package org.lamplighter.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationSession;
import org.lamplighter.core.message.BundleComposer;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.desk.app.JournalistDesk;
import org.lamplighter.testkit.LoopbackTap.Passed;
import org.lamplighter.testkit.MemoryFolder;

/**
 * Anonymity T9: on the wire a session of a source, of a journalist and of somebody who sends a decoy is one and the same, with
 * nothing, one message and twenty waiting: the same requests, byte for byte but for the number of the epoch, in the same order
 * on one connection, and answers with the same heads and of the same lengths.
 */
@Tag("statistics")
final class SessionTranscriptTest {
    private static final String ADA = "Ada Example";
    /** Room for all that is written here at once. */
    private static final StationParameters WIDE =
            new StationParameters("wide", 256, 2, 5, 600, 60, 600, 120, 600, 10, 1, 0);

    private static final int MANY = 20;
    private static final int GETS = 69;

    @TempDir(factory = MemoryFolder.class)
    private Path base;

    private World world;

    /** What went one way: its head, and how many bytes all of it had. */
    private record Piece(boolean fromClient, String head, int length) {}

    private interface Visit {
        void make() throws Exception;
    }

    @BeforeEach
    void open() throws Exception {
        world = World.open(base, WIDE);
        world.enrol(ADA);
        while (world.epoch() < 10) { // from here to epoch 99 its number has two digits
            world.nextEpoch();
        }
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void sessions_areOneAndTheSame_forEveryRole_withNothingOneAndTwentyMessages() throws Exception {
        Source source = new Source(world);
        List<Piece> read = transcript(source::read);
        assertThat(read).hasSize(2 * GETS);
        assertAlike(journalist(() -> world.session(ADA)), read);
        List<Piece> sent = transcript(() -> source.send("the tender was altered", List.of()));
        assertThat(sent).hasSize(2 * GETS + 2);
        assertAlike(sent.subList(0, 2 * GETS), read);
        assertAlike(transcript(this::decoy), sent);

        settle();
        assertAlike(journalist(() -> assertThat(world.session(ADA).received()).isEqualTo(1)), read);
        assertAlike(journalist(() -> answer("which office?")), sent);
        settle();
        assertAlike(transcript(() -> assertThat(source.replies()).hasSize(1)), read);
        assertAlike(transcript(() -> source.send("the office by the harbour", List.of())), sent);
        assertAlike(transcript(this::decoy), sent);

        for (int i = 1; i < MANY; i++) {
            answer("and then? ".repeat(i));
        }
        for (int i = 0; i < MANY; i++) {
            new Source(world).send("another matter ".repeat(i), List.of());
        }
        settle();
        assertAlike(journalist(() -> assertThat(world.session(ADA).received()).isEqualTo(MANY)), read);
        assertAlike(journalist(() -> answer("thank you")), sent);
        assertAlike(transcript(() -> assertThat(source.replies()).hasSize(MANY)), read);
        assertAlike(transcript(() -> source.send("that is all", List.of())), sent);
        assertAlike(transcript(this::decoy), sent);
        assertThat(world.epoch()).isLessThan(100);
    }

    @Test
    void plantedFault_secondLookAtTheHeadWhenSomethingWasFound_isSeen() throws Exception {
        Source source = new Source(world);
        List<Piece> read = transcript(source::read);
        source.send("the tender was altered", List.of());
        settle();

        Visit faulty = () -> {
            if (!source.read().sent().isEmpty()) {
                source.read();
            }
        };
        assertAlike(transcript(source::read), read);
        List<Piece> whole = transcript(faulty);
        assertThatThrownBy(() -> assertAlike(whole, read)).isInstanceOf(AssertionError.class);
    }

    @Test
    void plantedFault_decoyThatIsShorter_isSeen() throws Exception {
        List<Piece> sent = transcript(() -> new Source(world).send("the tender was altered", List.of()));
        List<Piece> shorter = new ArrayList<>(transcript(this::decoy));
        Piece post = shorter.get(2 * GETS);
        shorter.set(2 * GETS, new Piece(true, post.head(), post.length() - 1));
        assertThatThrownBy(() -> assertAlike(shorter, sent)).isInstanceOf(AssertionError.class);
    }

    /** A session like any other that posts a bundle for nobody, as a newsroom does to hide when there is work. */
    private void decoy() throws Exception {
        try (StationSession session = world.client().session()) {
            long slot = session.fetch(Optional.empty(), Progress.none()).head().prekeySlot();
            byte[] bundle = BundleComposer.of(world.newsroom(), WIDE.envelopes(), world.random())
                    .composeDecoy(slot);
            world.await(session.nextMoment());
            session.post(bundle);
        }
    }

    private void answer(String text) throws Exception {
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.reply(desk.conversations().getFirst().designation(), text);
            assertThat(desk.session(Progress.none()).posted()).isTrue();
        }
    }

    private void settle() throws Exception {
        for (int epoch = 0; epoch < 14; epoch++) {
            world.nextEpoch();
        }
    }

    /** What passed in a visit. */
    private List<Piece> transcript(Visit visit) throws Exception {
        return pieces(passed(visit));
    }

    /** What passed in a visit on its first connection: a journalist collects evidence on another, later. */
    private List<Piece> journalist(Visit visit) throws Exception {
        List<Passed> passed = passed(visit);
        int first = passed.getFirst().connection();
        return pieces(
                passed.stream().filter(piece -> piece.connection() == first).toList());
    }

    private List<Passed> passed(Visit visit) throws Exception {
        world.tap().forget();
        visit.make();
        return world.tap().passed();
    }

    private static List<Piece> pieces(List<Passed> passed) {
        return passed.stream()
                .map(piece -> new Piece(
                        piece.fromClient(),
                        piece.text().split("\r\n\r\n", 2)[0].replaceFirst("/epochs/[0-9]+/", "/epochs/E/"),
                        piece.bytes().length))
                .toList();
    }

    private static void assertAlike(List<Piece> seen, List<Piece> expected) {
        assertThat(seen).isEqualTo(expected);
    }
}
