package org.lamplighter.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.cli.source.Findings;
import org.lamplighter.cli.source.ReceivedReply;
import org.lamplighter.client.Progress;
import org.lamplighter.core.epoch.EpochClock.Freshness;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.desk.app.ConversationView;
import org.lamplighter.desk.app.JournalistDesk;
import org.lamplighter.desk.app.MessageView;
import org.lamplighter.desk.app.MessageView.From;
import org.lamplighter.testkit.MemoryFolder;

/** A source that comes back after weeks and months, and bundles that wait: nothing that was taken at the door is lost. */
final class ReturnTest {
    private static final String ADA = "Ada Example";
    private static final String BEN = "Ben Example";
    private static final int HALF_A_DAY = 43_200;
    private static final int DAY = 86_400;

    /** The times of the production profiles, with one epoch a day, and room for twice what two journalists post. */
    private static final StationParameters SLOW =
            new StationParameters("slow", 128, 4, DAY, 14 * DAY, DAY, 3 * DAY, 3 * DAY, HALF_A_DAY, 10, 90, 1L << 30);

    /** Ten bundles at once are far too many for it. */
    private static final StationParameters NARROW =
            new StationParameters("narrow", 64, 2, 5, 600, 60, 60, 3600, 600, 10, 1, 0);

    /** What the journalists write, on which day of the story. */
    private static final List<Answer> ANSWERS = List.of(
            new Answer(1, ADA, "We have your notes. Which office kept the ledger?"),
            new Answer(6, ADA, "Is there a second copy?"),
            new Answer(9, BEN, "I know the building. " + "It has two doors. ".repeat(700)),
            new Answer(13, ADA, "We have found the other ledger."),
            new Answer(17, BEN, "Tell us when the goods came in."),
            new Answer(40, BEN, "We still wait for you."),
            new Answer(80, ADA, "The story goes to print in May."));

    private record Answer(long day, String journalist, String text) {}

    @TempDir(factory = MemoryFolder.class)
    private Path base;

    private Optional<World> open = Optional.empty();

    @AfterEach
    void close() throws Exception {
        if (open.isPresent()) {
            open.get().close();
        }
    }

    @Test
    void source_whoComesBackOnDay20AndOnDay95_readsEveryAnswer_untilItAnswers() throws Exception {
        World world = newsroom(SLOW);
        Source source = new Source(world);
        source.send("the tender was altered", List.of());
        live(world, 20, 1000);
        readsEverything(source, 20);
        live(world, 95, 1000);
        readsEverything(source, 95);

        source.send("it was the goods-in office", List.of());
        live(world, 97, 1000);
        for (String journalist : List.of(ADA, BEN)) {
            try (JournalistDesk desk = world.desk(journalist)) {
                ConversationView conversation = desk.conversations().getFirst();
                MessageView last = desk.messages(conversation.designation()).getLast();
                assertThat(last.text()).contains("it was the goods-in office");
                assertThat(last.from()).isInstanceOf(From.Source.class);
            }
        }
        assertThat(bundlesOf(world, ADA, 25))
                .as("answered, so not posted again")
                .isZero();
    }

    /** The planted fault: a newsroom whose desks are shut after ten days posts nothing again, and the same check fails. */
    @Test
    void answersThatAreNotPostedAgain_areMissedByTheSameCheck() throws Exception {
        World world = newsroom(SLOW);
        Source source = new Source(world);
        source.send("the tender was altered", List.of());
        live(world, 9, 1000);
        readsEverything(source, 9);
        live(world, 20, 9);

        assertThatThrownBy(() -> readsEverything(source, 9)).isInstanceOf(AssertionError.class);
    }

    @Test
    void bundle_thatLostTheLotteryTwice_isReadByTheJournalistInTheEnd() throws Exception {
        assertThat(unread(NARROW)).isEmpty();
    }

    /** The planted fault: a station that lets bundles wait for two epochs only loses most of them. */
    @Test
    void bundle_thatIsNotKeptWaiting_isMissedByTheSameCheck() throws Exception {
        StationParameters impatient = new StationParameters("narrow", 64, 2, 5, 600, 60, 60, 10, 600, 10, 1, 0);
        assertThat(unread(impatient)).isNotEmpty();
    }

    /** Ten sources write in one epoch; yields the letters that were not read when all had been admitted or given up. */
    private List<String> unread(StationParameters parameters) throws Exception {
        World world = World.open(base, parameters);
        open = Optional.of(world);
        world.enrol(ADA);
        // So that the burst that was saved up is there, whatever the enrolment took.
        world.pass(world.clock().instant().plusSeconds(120));
        List<String> letters = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            letters.add("letter " + i + " of the goods-in office");
            new Source(world).send(letters.getLast(), List.of());
        }
        List<String> read = new ArrayList<>();
        List<Integer> epochsWithWinners = new ArrayList<>();
        for (int epoch = 1; epoch <= 600 && read.size() < letters.size(); epoch++) {
            world.nextEpoch();
            int before = read.size();
            read.addAll(readByAda(world));
            if (read.size() > before) {
                epochsWithWinners.add(epoch);
            }
            if (epoch > 40 && parameters.waitingSeconds() < 60) {
                break; // nothing waits any more
            }
        }
        assertThat(read).doesNotHaveDuplicates();
        assertThat(letters).containsAll(read);
        if (read.size() == letters.size()) {
            // The last to come in was in the draw, and lost it, at each boundary at which others won.
            assertThat(epochsWithWinners).as("draws").hasSizeGreaterThan(2);
        }
        letters.removeAll(read);
        return letters;
    }

    @Test
    void stationThatDies_betweenTheAnswerAndTheEpoch_losesNothing() throws Exception {
        assertThat(readAfterADrop()).containsExactly("the tender was altered");
    }

    /** The planted fault: had the station answered before its journal was on disk, the same check would fail. */
    @Test
    void bundleWhoseJournalIsLost_isMissedByTheSameCheck() throws Exception {
        assertThat(readAfterADrop("station.sqlite-wal", "station.sqlite-shm")).isEmpty();
    }

    private List<String> readAfterADrop(String... left) throws Exception {
        World world = newsroom(SLOW);
        world.nextEpoch();
        world.session(ADA);
        new Source(world).send("the tender was altered", List.of(), ADA);
        world.dropStation(left);
        for (int epochs = 0; epochs < 7; epochs++) {
            world.nextEpoch();
        }
        return readByAda(world);
    }

    private World newsroom(StationParameters parameters) throws Exception {
        World world = World.open(base, parameters);
        open = Optional.of(world);
        world.enrol(ADA);
        world.enrol(BEN);
        world.beginCounting();
        return world;
    }

    /** Lives until the evening of {@code day}; up to {@code lastSession} the journalists come each morning and write. */
    private static void live(World world, long day, long lastSession) throws Exception {
        while (world.today() < day) {
            world.nextEpoch();
            for (String journalist : List.of(ADA, BEN)) {
                if (world.today() <= lastSession) {
                    morning(world, journalist);
                }
            }
        }
    }

    private static void morning(World world, String journalist) throws Exception {
        try (JournalistDesk desk = world.desk(journalist)) {
            desk.session(Progress.none());
            for (Answer answer : ANSWERS) {
                if (answer.journalist().equals(journalist) && answer.day() == world.today()) {
                    desk.reply(desk.conversations().getFirst().designation(), answer.text());
                    desk.session(Progress.none());
                }
            }
        }
    }

    /** The check: every answer that is three days old by then is shown, each once, from whom it is, and nothing else. */
    private static void readsEverything(Source source, long day) throws Exception {
        Findings found = source.read();
        List<Answer> due =
                ANSWERS.stream().filter(answer -> answer.day() + 3 <= day).toList();
        assertThat(due).isNotEmpty();
        assertThat(found.replies())
                .extracting(ReceivedReply::from, ReceivedReply::text)
                .containsExactlyInAnyOrderElementsOf(due.stream()
                        .map(answer -> org.assertj.core.api.Assertions.tuple(answer.journalist(), answer.text()))
                        .toList());
        assertThat(found.freshness()).isEqualTo(Freshness.CURRENT);
        assertThat(found.unreadable()).isZero();
    }

    /** How many bundles a journalist posts in so many days. */
    private static int bundlesOf(World world, String journalist, int days) throws Exception {
        int posted = 0;
        for (int day = 0; day < days; day++) {
            world.nextEpoch();
            posted += world.session(journalist).posted() ? 1 : 0;
        }
        return posted;
    }

    private static List<String> readByAda(World world) throws Exception {
        List<String> texts = new ArrayList<>();
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
            for (ConversationView conversation : desk.conversations()) {
                for (MessageView message : desk.unread(conversation.designation())) {
                    texts.add(message.text().orElseThrow());
                    desk.markShown(message.handle());
                }
            }
        }
        return texts;
    }
}
