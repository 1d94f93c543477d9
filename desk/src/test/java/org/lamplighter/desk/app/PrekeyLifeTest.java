package org.lamplighter.desk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationFailure;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.journalist.PrekeySecret;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.scan.BodyOpener;
import org.lamplighter.core.scan.Match;
import org.lamplighter.core.scan.Scan;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.desk.app.SessionReport.Step;
import org.lamplighter.desk.inbox.Refusal;
import org.lamplighter.desk.prekeys.PrekeyStore;
import org.lamplighter.desk.profile.Profile;
import org.lamplighter.desk.vault.Vault;

/** Prekeys from the making to the erasing (docs/spec 1.6, 1.8), over a real station and real folders. */
class PrekeyLifeTest {
    private static final String ADA = "Ada Example";
    private static final StationParameters P = World.DEMO;

    @TempDir
    private Path base;

    private World world;
    private long slot;
    private long slotEnd;

    @BeforeEach
    void open() throws Exception {
        world = World.open(base);
        world.enrol(ADA);
        slot = P.prekeySlot(world.clock().second());
        slotEnd = P.prekeySlotEnd(slot);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void secrets_areInTheVaultBeforeTheUpload_andAFailedOneIsRepeatedWithTheSameKeys() throws Exception {
        world.create("Ben Example");
        Path folder = world.journalist("Ben Example");
        List<Long> entriesAtUpload = new ArrayList<>();
        world.breakRequests(line -> {
            if (line.equals("POST /v1/prekeys")) {
                entriesAtUpload.add(count(folder.resolve("entries")));
                return true;
            }
            return false;
        });
        world.enrolExisting("Ben Example");
        try (JournalistDesk desk = world.desk("Ben Example")) {
            SessionReport report = desk.session(Progress.none());
            assertThat(report.trouble(Step.PREKEYS)).isPresent();
            assertThat(report.secondsAhead()).isZero();
        }
        assertThat(entriesAtUpload).isNotEmpty().allMatch(count -> count >= 2 + 64);
        byte[] kept = secret("Ben Example", slot + 5).orElseThrow();

        world.breakRequests(line -> false);
        try (JournalistDesk desk = world.desk("Ben Example")) {
            SessionReport report = desk.session(Progress.none());
            assertThat(report.prekeysUploaded()).isEqualTo(1);
            assertThat(report.secondsAhead()).isEqualTo(63L * P.prekeySeconds());
        }
        assertThat(secret("Ben Example", slot + 5)).contains(kept);
    }

    @Test
    void reading_uploadsTheNextBlock_whenFewerThan28SlotsAreAhead() throws Exception {
        world.advanceTo(P.prekeySlotEnd(slot + 34));
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.session(Progress.none()).prekeysUploaded())
                    .as("28 ahead")
                    .isZero();
            world.advanceTo(P.prekeySlotEnd(slot + 35));
            SessionReport report = desk.session(Progress.none());
            assertThat(report.prekeysUploaded()).as("27 ahead").isEqualTo(1);
            assertThat(report.secondsAhead()).isEqualTo((27 + 64L) * P.prekeySeconds());
            assertThat(desk.session(Progress.none()).prekeysUploaded()).isZero();
        }
    }

    @Test
    void replenish_goesAheadUpToTheHorizonAndNoFurther() throws Exception {
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.replenish(Progress.none()).prekeysUploaded()).isEqualTo(1);
            assertThat(desk.replenish(Progress.none()).prekeysUploaded()).isEqualTo(1);
            SessionReport last = desk.replenish(Progress.none());
            assertThat(last.prekeysUploaded()).isZero();
            assertThat(last.troubles()).isEmpty();
            assertThat(last.secondsAhead()).isEqualTo(191L * P.prekeySeconds());
        }
    }

    @Test
    void secret_isErased_afterTheFirstCompleteScanPastTheRule_andNotBefore() throws Exception {
        long due = slotEnd + P.waitingSeconds() + 2L * P.epochSeconds();
        try (JournalistDesk desk = world.desk(ADA)) {
            world.advanceTo(due);
            assertThat(desk.session(Progress.none()).prekeysErased()).isZero();
            world.nextEpoch();
            assertThat(desk.session(Progress.none()).prekeysErased()).isEqualTo(1);
            assertThat(desk.session(Progress.none()).prekeysErased()).isZero();
        }
        assertThat(secret(ADA, slot)).isEmpty();
        assertThat(secret(ADA, slot + 1)).isPresent();
    }

    @Test
    void sessionThatFails_erasesNothing() throws Exception {
        world.advanceTo(slotEnd + P.waitingSeconds() + 3L * P.epochSeconds());
        for (String line : List.of("/bodies/00", "/bodies/63", "/hints", "POST /v1/collect")) {
            world.breakRequests(request -> request.endsWith(line));
            try (JournalistDesk desk = world.desk(ADA)) {
                SessionReport report = desk.session(Progress.none());
                assertThat(report.trouble(Step.COLLECT)).as(line).isPresent();
                assertThat(report.prekeysErased()).isZero();
            } catch (StationFailure e) {
                assertThat(line).doesNotContain("collect");
            }
            assertThat(secret(ADA, slot)).as(line).isPresent();
        }
        world.breakRequests(line -> false);
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.session(Progress.none()).prekeysErased()).isEqualTo(1);
        }
    }

    @Test
    void messageThatWaitedForAdmission_stillOpens() throws Exception {
        sendAtTheEndOfTheSlot();

        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.session(Progress.none()).received()).isEqualTo(1);
        }
    }

    /** Planted fault: erased at the end of its slot, the same message is lost. */
    @Test
    void messageThatWaitedForAdmission_isLostWhenTheRuleIsNotKept() throws Exception {
        sendAtTheEndOfTheSlot();
        try (Vault vault = vault(ADA)) {
            vault.erase(String.format("prekey/%08x", slot));
        }

        try (JournalistDesk desk = world.desk(ADA)) {
            SessionReport report = desk.session(Progress.none());
            assertThat(report.received()).isZero();
            assertThat(report.refused()).containsEntry(Refusal.NOT_READABLE, 1);
        }
    }

    @Test
    void overdueSecrets_areErased_althoughNoScanIsEverComplete() throws Exception {
        long last = slotEnd + P.waitingSeconds() + P.ttlSeconds() + P.expirySeconds() + 86_400;
        sessionWithoutChunksAt(last - last % P.epochSeconds());
        assertThat(secret(ADA, slot)).isPresent();
        sessionWithoutChunksAt(last + P.epochSeconds());
        assertThat(secret(ADA, slot)).isEmpty();
    }

    /** Sources seal to the slot of today and to those ahead; without their secrets the messages would be lost. */
    @Test
    void clockThatIsMonthsAhead_erasesNothing() throws Exception {
        List<Long> before = slots(ADA);
        long today = world.clock().second();
        world.breakRequests(line -> true);
        world.clock().set(today + 100 * 86_400L);
        world.desk(ADA).close();
        assertThat(slots(ADA)).isEqualTo(before);

        world.breakRequests(line -> false);
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.session(Progress.none()).trouble(Step.FRESHNESS)).isPresent();
        }
        assertThat(slots(ADA)).isEqualTo(before);

        world.clock().set(today);
        new TestSource(world).send("the tender was altered", ADA);
        world.settle();
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.session(Progress.none()).received()).isEqualTo(1);
        }
    }

    /** Planted fault: the rule by the clock alone takes all of them. */
    @Test
    void clockThatIsMonthsAhead_byTheClockAlone_erasesAll() throws Exception {
        long ahead = world.clock().second() + 100 * 86_400L;
        try (Vault vault = vault(ADA)) {
            PrekeyStore.of(vault).eraseOverdue(ahead, ahead, P);
        }
        assertThat(slots(ADA)).isEmpty();
    }

    @Test
    void seizedFolder_withPassphraseAndAllMailboxes_doesNotOpenAnErasedSlot() throws Exception {
        new TestSource(world).send("the tender was altered", ADA);
        world.settle();
        List<byte[]> archive = archive();
        byte[] secret = secret(ADA, slot).orElseThrow();

        // Planted fault: the folder as it is when nothing was erased. The search finds what it looks for.
        assertThat(opens(archive)).isTrue();
        assertThat(holds(secret)).isTrue();

        world.advanceTo(slotEnd + P.waitingSeconds() + 3L * P.epochSeconds());
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.session(Progress.none()).prekeysErased()).isEqualTo(1);
        }
        assertThat(opens(archive)).isFalse();
        assertThat(holds(secret)).isFalse();
    }

    @Test
    void prekeyThatIsNotInThisVault_isReported() throws Exception {
        try (Vault vault = vault(ADA)) {
            vault.erase(String.format("prekey/%08x", slot));
        }
        try (JournalistDesk desk = world.desk(ADA)) {
            SessionReport report = desk.session(Progress.none());
            assertThat(report.trouble(Step.OWN_PREKEY)).isPresent();
        }
    }

    /** A message sealed in the last epoch of a slot, and admitted as late as a station may. */
    private void sendAtTheEndOfTheSlot() throws Exception {
        world.advanceTo(slotEnd - P.epochSeconds());
        new TestSource(world).send("the tender was altered", ADA);
        world.advanceTo(slotEnd - P.epochSeconds() + P.waitingSeconds());
        world.nextEpoch();
    }

    /** Bodies of all rows for Ada, as an archive of the public files keeps them. */
    private List<byte[]> archive() throws Exception {
        List<byte[]> envelopes = new ArrayList<>();
        try (StationSession session = world.client().session();
                Vault vault = vault(ADA);
                Profile profile = Profile.load(vault)) {
            VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
            Scan scan = Scan.of(
                    epoch.hints(),
                    new EpochLayout(P.slots()),
                    world.root().newsroomKey().id(),
                    epoch.head().epoch());
            for (Match match : scan.run(profile.keys().fetch(), 1, (done, all) -> {})) {
                envelopes.add(
                        BodyOpener.open(match, epoch.bodyFile(match.bodyFile())).orElseThrow());
            }
        }
        assertThat(envelopes).isNotEmpty();
        return envelopes;
    }

    /** Whether anything in the folder, opened with the passphrase, opens anything of the archive. */
    private boolean opens(List<byte[]> archive) throws Exception {
        try (Vault vault = vault(ADA);
                Profile profile = Profile.load(vault)) {
            List<PrekeySecret> secrets = PrekeyStore.of(vault).upTo(Long.MAX_VALUE);
            return archive.stream()
                    .anyMatch(envelope -> secrets.stream()
                            .anyMatch(secret -> Envelope.open(
                                            secret.openingKeys(
                                                    profile.keys().fetch().publicKey()),
                                            world.root().newsroomKey().id(),
                                            envelope)
                                    .isPresent()));
        }
    }

    /** Whether the seeds of {@code secret} stand anywhere: in a file as it is, or in an entry. */
    private boolean holds(byte[] secret) throws Exception {
        byte[] seeds = Arrays.copyOfRange(secret, 5, secret.length);
        byte[] first = Arrays.copyOf(seeds, 32);
        byte[] last = Arrays.copyOfRange(seeds, seeds.length - 32, seeds.length);
        List<byte[]> everything = new ArrayList<>();
        try (Stream<Path> files = Files.walk(world.journalist(ADA))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                everything.add(Files.readAllBytes(file));
            }
        }
        try (Vault vault = vault(ADA)) {
            for (String name : vault.names("")) {
                everything.add(vault.get(name).orElseThrow());
            }
        }
        return everything.stream().anyMatch(bytes -> contains(bytes, first) || contains(bytes, last));
    }

    /** A session at this second whose chunks do not come, so that its scan does not count. */
    private void sessionWithoutChunksAt(long second) throws Exception {
        world.advanceTo(second);
        world.breakRequests(line -> line.equals("POST /v1/collect"));
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.session(Progress.none()).trouble(Step.COLLECT)).isPresent();
        }
    }

    private List<Long> slots(String journalist) throws Exception {
        try (Vault vault = vault(journalist)) {
            return PrekeyStore.of(vault).slots();
        }
    }

    private Optional<byte[]> secret(String journalist, long wanted) throws Exception {
        try (Vault vault = vault(journalist)) {
            return vault.get(String.format("prekey/%08x", wanted));
        }
    }

    private Vault vault(String journalist) throws Exception {
        try (SecretBytes passphrase = World.passphrase()) {
            return Vault.open(world.journalist(journalist), passphrase, world.random());
        }
    }

    private static long count(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        } catch (IOException e) {
            return -1;
        }
    }

    private static boolean contains(byte[] haystack, byte[] needle) {
        for (int i = 0; i + needle.length <= haystack.length; i++) {
            if (Arrays.equals(haystack, i, i + needle.length, needle, 0, needle.length)) {
                return true;
            }
        }
        return false;
    }
}
