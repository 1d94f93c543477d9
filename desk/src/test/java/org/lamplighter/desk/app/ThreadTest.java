package org.lamplighter.desk.app;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.wire.MessageId;

/** Replies outlive the mailbox's time to live until the source has answered, for 180 days and no longer (docs/spec 3.8). */
class ThreadTest {
    private static final String ADA = "Ada Example";
    private static final String BEN = "Ben Example";
    private static final int DAY = 86_400;
    /** A slow mailbox: an epoch a day, everything else as long as it may be. */
    private static final StationParameters SLOW =
            new StationParameters("slow", 64, 4, DAY, 30 * DAY, DAY, 10 * DAY, 7 * DAY, 7 * DAY, 10, 1, 0);

    /** The same with room for all that is sent here at once. */
    private static final StationParameters WIDE =
            new StationParameters("wide", 256, 4, DAY, 30 * DAY, DAY, 10 * DAY, 7 * DAY, 7 * DAY, 10, 1, 0);

    @TempDir
    private Path base;

    private World world;
    private TestSource source;
    private String conversation;

    @BeforeEach
    void reply() throws Exception {
        world = World.open(base, SLOW);
        world.enrol(ADA);
        source = new TestSource(world);
        source.send("the tender was altered", ADA);
        world.settle();
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
            conversation = desk.conversations().getFirst().designation();
            desk.reply(conversation, "who signed it?");
            desk.session(Progress.none());
        }
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void reply_isInTheMailbox_atEveryTimeFor180Days_andThenGone() throws Exception {
        long written = world.clock().second() / DAY;
        int threads = 0;
        List<Long> seen = new ArrayList<>();
        for (int day = 2; day < 240; day += 2) {
            world.advance(2 * DAY);
            try (JournalistDesk desk = world.desk(ADA)) {
                threads += desk.session(Progress.none()).posted() ? 1 : 0;
            }
            if (sourceSees("who signed it?")) {
                seen.add(world.clock().second() / DAY - written);
            }
        }
        assertThat(seen.getFirst()).isLessThanOrEqualTo(4);
        assertThat(seen.getLast()).isBetween(180L, 180L + 40);
        for (int i = 1; i < seen.size(); i++) {
            assertThat(seen.get(i)).isEqualTo(seen.get(i - 1) + 2);
        }
        assertThat(threads).as("one for each 16 to 22 days").isBetween(8, 11);
    }

    /** Planted fault: without sessions of the desk nothing is posted again, and the same check sees the reply go. */
    @Test
    void reply_thatIsNotPostedAgain_isGoneAfterItsTimeToLive() throws Exception {
        world.advance(2 * DAY);
        assertThat(sourceSees("who signed it?")).isTrue();
        world.advance(32 * DAY);
        assertThat(sourceSees("who signed it?")).isFalse();
    }

    @Test
    void thread_isNotPosted_onceTheSourceHasAnswered() throws Exception {
        world.advance(2 * DAY);
        MessageId reply = source.read().getFirst().id();
        source.answer(reply, "the head of the office", ADA);
        assertThat(bundlesIn(60)).isZero();
    }

    @Test
    void answerToAThread_answersAllRepliesInIt() throws Exception {
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.reply(conversation, "and when?");
            desk.session(Progress.none());
        }
        assertThat(bundlesIn(26)).isEqualTo(1);
        TestSource.Seen thread = source.read().stream()
                .filter(seen -> seen.kind() == MessageKind.THREAD)
                .findFirst()
                .orElseThrow();
        assertThat(thread.texts()).containsExactly("who signed it?", "and when?");
        source.answer(thread.id(), "the head of the office, in May", ADA);
        assertThat(bundlesIn(60)).isZero();
    }

    @Test
    void messageThatCrossedTheReply_isNoAnswer() throws Exception {
        source.send("one more thing", ADA);
        assertThat(bundlesIn(26)).isEqualTo(1);
    }

    @Test
    void colleagueWhoMissedTheReply_readsItFromTheThread_once() throws Exception {
        world.enrol(BEN);
        TestSource both = new TestSource(world);
        both.send("the tender was altered", ADA, BEN);
        world.settle();
        String other;
        try (JournalistDesk desk = world.desk(BEN)) {
            desk.session(Progress.none());
            other = desk.conversations().getFirst().designation();
        }
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
            desk.reply(other, "who else knows?");
            desk.session(Progress.none());
        }
        world.advance(2 * DAY);
        bundlesIn(32); // the reply itself has expired when Ben comes back
        try (JournalistDesk desk = world.desk(BEN)) {
            assertThat(desk.session(Progress.none()).received()).isEqualTo(1);
            assertThat(desk.messages(other).getLast().text()).isEqualTo(Optional.of("who else knows?"));
            assertThat(desk.session(Progress.none()).received()).isZero();
        }
    }

    @Test
    void answerToAColleaguesLaterReply_answersTheEarlierOne() throws Exception {
        TestSource both = replyOfBenThenOfAda();
        MessageId adas = both.read().stream()
                .filter(seen -> seen.texts().contains("and when?"))
                .findFirst()
                .orElseThrow()
                .id();
        both.answer(adas, "in May", ADA, BEN);
        assertThat(bundlesIn(32, BEN)).isZero();
    }

    /** Planted fault: an answer that refers to neither reply leaves the check above with a thread. */
    @Test
    void answerToNeitherReply_isNoAnswer() throws Exception {
        replyOfBenThenOfAda().send("in May", ADA, BEN);
        assertThat(bundlesIn(32, BEN)).isPositive();
    }

    /** Ben replies to a source that wrote to both, and Ada two days later. */
    private TestSource replyOfBenThenOfAda() throws Exception {
        world.close();
        world = World.open(Files.createDirectory(base.resolve("wide")), WIDE);
        world.enrol(ADA);
        world.enrol(BEN);
        TestSource both = new TestSource(world);
        both.send("the tender was altered", ADA, BEN);
        world.settle();
        String designation;
        try (JournalistDesk desk = world.desk(BEN)) {
            desk.session(Progress.none());
            designation = desk.conversations().getFirst().designation();
            desk.reply(designation, "who else knows?");
            desk.session(Progress.none());
        }
        world.advance(2 * DAY);
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
            desk.reply(designation, "and when?");
            desk.session(Progress.none());
        }
        world.advance(2 * DAY);
        return both;
    }

    /** How many bundles Ada posts in so many days, with a session every other day. */
    private int bundlesIn(int days) throws Exception {
        return bundlesIn(days, ADA);
    }

    private int bundlesIn(int days, String journalist) throws Exception {
        int posted = 0;
        for (int day = 0; day < days; day += 2) {
            world.advance(2 * DAY);
            try (JournalistDesk desk = world.desk(journalist)) {
                posted += desk.session(Progress.none()).posted() ? 1 : 0;
            }
        }
        return posted;
    }

    private boolean sourceSees(String text) throws Exception {
        return source.read().stream().anyMatch(seen -> seen.texts().contains(text));
    }
}
