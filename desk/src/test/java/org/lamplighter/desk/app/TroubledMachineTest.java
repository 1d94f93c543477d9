package org.lamplighter.desk.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationFailure;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.console.Finding;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.evidence.seal.Sealer;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.desk.app.SessionReport.Step;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;
import org.lamplighter.testkit.SmallDisk;

/**
 * A journalist's machine whose disk is full at every write, cannot be written, or whose clock jumps: nothing that was shown or
 * saved is lost, nothing is erased early, and the next session on a sound machine goes on.
 *
 * <p>Every page with {@code -Dlamplighter.pages=1}; else every {@value #STRIDE}rd. Where nothing can be mounted, {@code
 * VaultTest} plants a full disk instead.
 */
class TroubledMachineTest {
    private static final String ADA = "Ada Example";
    private static final int STRIDE = 3;
    private static final long DAY = 86_400;
    private static final int PAGES = Integer.getInteger("lamplighter.pages", STRIDE);
    /** A letter and a reply for each step find room, at four rows each. */
    private static final int SLOTS = PAGES == 1 ? 1024 : 256;
    /** Nothing expires while the test runs. */
    private static final StationParameters PATIENT =
            new StationParameters("demo", SLOTS, 4, 5, 3600, 60, 3600, 3600, 600, 10, 1, 1L << 30);

    @TempDir
    private Path base;

    @Test
    void fullDisk_atEveryPage_losesNothing_andIsToldAsSuch() throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(base.resolve(ADA), 24);
        assumeTrue(mounted.isPresent(), "only who may mount can have a disk of a few megabytes");
        try (SmallDisk disk = mounted.orElseThrow();
                World world = World.open(base, PATIENT)) {
            world.enrol(ADA);
            TestSource source = new TestSource(world);
            send(world, source, "letter 0");
            read(world);
            List<String> saved = new ArrayList<>();
            List<String> refused = new ArrayList<>();
            int letters = 1;
            for (int pages = 0; pages <= 40; pages += PAGES) {
                send(world, source, "letter " + letters++);
                disk.leave(pages);
                String reply = "reply at " + pages;
                boolean kept = false;
                try (JournalistDesk desk = world.desk(ADA)) {
                    desk.reply(desk.conversations().getFirst().designation(), reply);
                    kept = true;
                    desk.session(Progress.none());
                } catch (VaultException e) {
                    assertThat(e.reason())
                            .describedAs("%d pages: %s", pages, e)
                            .isEqualTo(VaultException.Reason.DISK_FULL);
                }
                (kept ? saved : refused).add(reply);
                disk.free();
                assertThat(check(world)).describedAs("%d pages", pages).allMatch(Finding::isOk);
                assertThat(texts(world)).describedAs("%d pages", pages).containsAll(saved);
            }
            assertThat(saved).isNotEmpty();
            assertThat(refused).isNotEmpty();
            // The planted fault: a desk that had said "saved" of what found no room.
            assertThat(texts(world)).doesNotContainAnyElementsOf(refused);
            for (int sessions = 0; sessions < 40; sessions++) {
                world.nextEpoch();
                read(world);
            }
            assertThat(texts(world)).containsAll(saved).doesNotHaveDuplicates();
            for (int letter = 0; letter < letters; letter++) {
                assertThat(texts(world)).contains("letter " + letter);
            }
            assertThat(check(world)).allMatch(Finding::isOk);
        }
    }

    @Test
    void readOnlyFolder_isRefusedClearly_andIsAsItWas() throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(base.resolve(ADA), 24);
        assumeTrue(mounted.isPresent(), "only who may mount can have a disk of a few megabytes");
        try (SmallDisk disk = mounted.orElseThrow();
                World world = World.open(base, PATIENT)) {
            world.enrol(ADA);
            send(world, new TestSource(world), "letter 0");
            read(world);
            disk.setReadOnly(true);
            assertThatThrownBy(() -> world.desk(ADA).close())
                    .isInstanceOfSatisfying(
                            VaultException.class, e -> assertThat(e.reason()).isEqualTo(VaultException.Reason.FAILED));
            disk.setReadOnly(false);
            assertThat(check(world)).allMatch(Finding::isOk);
            assertThat(texts(world)).containsExactly("letter 0");
        }
    }

    @Test
    void clockThatJumps_erasesNothingEarly_andNothingIsPostedUntilItIsRight() throws Exception {
        try (World world = World.open(base, PATIENT)) {
            world.enrol(ADA);
            TestSource source = new TestSource(world);
            send(world, source, "letter 0");
            read(world);
            List<String> before = prekeys(world);
            int replies = 0;
            for (long jump : new long[] {DAY, 40 * DAY, -3600, -40 * DAY}) {
                send(world, source, "letter " + jump);
                String reply = "reply " + ++replies;
                try (JournalistDesk desk = desk(world, jump)) {
                    desk.reply(desk.conversations().getFirst().designation(), reply);
                    SessionReport report = desk.session(Progress.none());
                    assertThat(report.trouble(Step.FRESHNESS))
                            .describedAs("%d", jump)
                            .isPresent();
                    assertThat(report.posted()).isFalse();
                } catch (StationFailure e) {
                    // Before the certificate was made nothing is read at all.
                    assertThat(jump).isEqualTo(-40 * DAY);
                    assertThat(e).hasMessageContaining("issued in the future");
                }
                assertThat(prekeys(world)).describedAs("%d", jump).isEqualTo(before);
                assertThat(check(world)).describedAs("%d", jump).allMatch(Finding::isOk);
            }
            for (int sessions = 0; sessions < 12; sessions++) {
                world.nextEpoch();
                read(world);
            }
            assertThat(texts(world))
                    .contains("letter " + DAY, "letter " + 40 * DAY, "letter -3600", "letter " + -40 * DAY)
                    .contains("reply 1", "reply 2", "reply 3", "reply 4")
                    .doesNotHaveDuplicates();
            try (JournalistDesk desk = world.desk(ADA)) {
                assertThat(desk.status().queued()).isZero();
            }
            // The planted fault: what a believed clock would erase, by the rule for slots that are long over.
            assertThat(before)
                    .anyMatch(name -> org.lamplighter.core.journalist.PrekeySecret.isOverdue(
                            Long.parseLong(name.substring(7), 16), world.clock().second() + 40 * DAY, PATIENT));
        }
    }

    private static void send(World world, TestSource source, String text) throws Exception {
        List<SealedChunk> chunks = new ArrayList<>();
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        FileEntry file = Sealer.of(world.random())
                .seal("note.txt", "text/plain", content.length, new ByteArrayInputStream(content), chunks::add);
        source.upload(chunks);
        source.send(text, Optional.empty(), List.of(file), new Sealing.None(), ADA);
        world.settle();
    }

    private static void read(World world) throws Exception {
        try (JournalistDesk desk = world.desk(ADA)) {
            desk.session(Progress.none());
        }
    }

    /** The folder, on a machine whose clock is {@code ahead} seconds ahead of the station's. */
    private static JournalistDesk desk(World world, long ahead) throws Exception {
        Surroundings sound = world.surroundings();
        try (SecretBytes passphrase = World.passphrase()) {
            return JournalistDesk.open(
                    world.journalist(ADA),
                    passphrase,
                    new Surroundings(
                            sound.random(),
                            () -> world.clock().instant().plusSeconds(ahead),
                            Backoff.none(),
                            moment -> {},
                            new PassphraseBox.Cost(1024, 1, 1),
                            2));
        }
    }

    private static List<Finding> check(World world) throws Exception {
        try (SecretBytes passphrase = World.passphrase()) {
            return JournalistDesk.check(world.journalist(ADA), passphrase, world.surroundings(), Progress.none());
        }
    }

    private static List<String> texts(World world) throws Exception {
        List<String> texts = new ArrayList<>();
        try (JournalistDesk desk = world.desk(ADA)) {
            for (ConversationView conversation : desk.conversations()) {
                desk.messages(conversation.designation())
                        .forEach(message -> texts.add(message.text().orElse("")));
            }
        }
        return texts;
    }

    private static List<String> prekeys(World world) throws Exception {
        try (SecretBytes passphrase = World.passphrase();
                Vault vault = Vault.open(world.journalist(ADA), passphrase, world.random())) {
            return vault.names("prekey/");
        }
    }
}
