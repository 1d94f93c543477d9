package org.lamplighter.desk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.core.backup.open.BackupKey;
import org.lamplighter.core.backup.open.BackupReader;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.journalist.PrekeySecret;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.scan.BodyOpener;
import org.lamplighter.core.scan.Match;
import org.lamplighter.core.scan.Scan;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.desk.app.SessionReport.Step;
import org.lamplighter.desk.prekeys.PrekeyStore;
import org.lamplighter.desk.profile.Profile;
import org.lamplighter.desk.vault.Vault;

/** A journalist's folder, backed up and brought back (docs/spec 9.8), over a real station. */
class BackupTest {
    private static final String ADA = "Ada Example";
    private static final StationParameters P = World.DEMO;

    @TempDir
    private Path base;

    private World world;
    private BackupKey key;
    private long slot;

    @BeforeEach
    void open() throws Exception {
        world = World.open(base);
        world.enrol(ADA);
        key = BackupKey.generate(world.random());
        slot = P.prekeySlot(world.clock().second());
    }

    @AfterEach
    void close() throws Exception {
        key.close();
        world.close();
    }

    /**
     * Everything is in the attacker's hand: the folder, its last backup, the key of the backup, all passphrases, and every
     * mailbox. What was sealed to a prekey that the folder has erased opens with none of it.
     */
    @Test
    void seizedFolder_withItsLastBackup_doesNotOpenAnErasedSlot() throws Exception {
        new TestSource(world).send("the tender was altered", ADA);
        world.settle();
        List<byte[]> archive = archive();
        byte[] backup = backup();
        Path seized = base.resolve("seized");
        copy(world.journalist(ADA), seized);

        world.advanceTo(P.prekeySlotEnd(slot) + P.waitingSeconds() + 3L * P.epochSeconds());
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.session(Progress.none()).prekeysErased()).isEqualTo(1);
        }
        Path restored = restore(backup);
        assertThat(opens(world.journalist(ADA), archive)).as("the folder").isFalse();
        assertThat(opens(restored, archive)).as("the backup").isFalse();

        // The planted fault: a backup that is a copy of the folder, as it was at the same moment, opens them.
        assertThat(opens(seized, archive)).as("a plain copy").isTrue();
    }

    @Test
    void backup_holdsNoPrekeySecretOfAnySlot_andEverythingElse() throws Exception {
        new TestSource(world).send("the tender was altered", ADA);
        world.settle();
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.session(Progress.none()).received()).isEqualTo(1);
        }
        Path restored = restore(backup());
        try (Vault vault = vault(restored);
                Vault live = vault(world.journalist(ADA))) {
            List<String> kept = live.names("").stream()
                    .filter(name -> !name.startsWith("prekey"))
                    .toList();
            assertThat(live.names("prekey")).hasSizeGreaterThan(60);
            assertThat(vault.names("")).isEqualTo(kept);
            assertThat(vault.damaged()).isEmpty();
            for (String name : kept) {
                assertThat(vault.get(name).orElseThrow())
                        .isEqualTo(live.get(name).orElseThrow());
            }
        }
        try (JournalistDesk desk = desk(restored)) {
            String conversation = desk.conversations().getFirst().designation();
            assertThat(desk.messages(conversation)).hasSize(1);
        }
    }

    @Test
    void restoredFolder_uploadsNothingUntilTheStationForgot_andReceivesAfter() throws Exception {
        Path restored = restore(backup());
        try (JournalistDesk desk = desk(restored)) {
            SessionReport report = desk.session(Progress.none());
            assertThat(report.trouble(Step.OWN_PREKEY)).isPresent();
            assertThat(report.prekeysUploaded()).isZero();
        }
        new TestSource(world).send("sealed to the lost prekey", ADA);
        world.settle();
        try (JournalistDesk desk = desk(restored)) {
            SessionReport report = desk.session(Progress.none());
            assertThat(report.received()).isZero();
            assertThat(report.refusedRows()).isEqualTo(1);
            assertThat(report.prekeysUploaded()).isZero();
        }

        world.forgetPrekeys(ADA);
        world.nextEpoch();
        try (JournalistDesk desk = desk(restored)) {
            SessionReport report = desk.session(Progress.none());
            assertThat(report.trouble(Step.OWN_PREKEY)).isEmpty();
            assertThat(report.prekeysUploaded()).isEqualTo(1);
        }
        world.nextEpoch();
        new TestSource(world).send("sealed to the new prekey", ADA);
        world.settle();
        try (JournalistDesk desk = desk(restored)) {
            SessionReport report = desk.session(Progress.none());
            assertThat(report.received()).isEqualTo(1);
            assertThat(report.troubles()).isEmpty();
        }
    }

    private byte[] backup() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JournalistDesk desk = world.desk(ADA)) {
            assertThat(desk.backup(out, key.recipient(), (done, total) -> {})).isPositive();
        }
        return out.toByteArray();
    }

    private Path restore(byte[] backup) throws Exception {
        Path folder = base.resolve("restored");
        Files.createDirectory(folder);
        BackupReader reader = BackupReader.open(new ByteArrayInputStream(backup), key);
        for (Optional<BackupReader.Item> item = reader.next(); item.isPresent(); item = reader.next()) {
            Path path = folder.resolve(item.get().path());
            if (item.get().isFolder()) {
                Files.createDirectory(path);
            } else {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                reader.copyTo(content);
                Files.write(path, content.toByteArray());
            }
        }
        return folder;
    }

    private List<byte[]> archive() throws Exception {
        List<byte[]> envelopes = new ArrayList<>();
        try (StationSession session = world.client().session();
                Vault vault = vault(world.journalist(ADA));
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
    private boolean opens(Path folder, List<byte[]> archive) throws Exception {
        try (Vault vault = vault(folder);
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

    private Vault vault(Path folder) throws Exception {
        try (SecretBytes passphrase = World.passphrase()) {
            return Vault.open(folder, passphrase, world.random());
        }
    }

    private JournalistDesk desk(Path folder) throws Exception {
        try (SecretBytes passphrase = World.passphrase()) {
            return JournalistDesk.open(folder, passphrase, world.surroundings());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
