package org.lamplighter.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.ChunkUploader;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationFailure;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.core.epoch.HeadMemory;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.testkit.SeededRandom;

/**
 * The drill of docs/operations/station.md with real processes: a backup under load, the machine lost, the backup brought back,
 * certified, checked and run; what was acknowledged before the backup began is there, and everybody goes on.
 */
@ExtendWith(TownBuilder.class)
final class RestoreDrillTest {
    private static final int ENVELOPES = 3;
    private static final String KEY_PASSPHRASE = "several words for the backups";

    private final Town town;

    @TempDir
    private Path folder;

    RestoreDrillTest(Town town) {
        this.town = town;
    }

    @Test
    void station_backedUpUnderLoadAndLost_comesBackWithAllThatWasAcknowledgedBefore() throws Exception {
        try (Scene scene = town.scene(folder)) {
            makeKey();
            Program station = scene.startStation();
            scene.openForLetters();
            Ledger ledger = new Ledger(ENVELOPES);
            Heads heads = new Heads();
            Traffic traffic = Traffic.start(town, ledger, heads, 77);
            while (ledger.bundles().size() < 3 || ledger.chunks().size() < 4) {
                Thread.sleep(200);
            }
            heads.awaitNext();
            Map<Integer, byte[]> bundles = ledger.bundles();
            Map<ChunkId, Digest> chunks = ledger.chunks();
            Program.run(
                    List.of(),
                    "station",
                    "backup",
                    scene.station(),
                    "--to",
                    folder.resolve("saved"),
                    "--recipient",
                    folder.resolve("key.pub"));
            heads.awaitNext();
            String before = scene.desk("read");
            assertThat(before).contains("letter");
            Seen seen = see();
            station.kill();
            traffic.end();
            assertThat(heads.faults()).isEmpty();
            wipe(scene.station());

            restore(scene.station());
            Scene.Checked restored = Scene.check(scene.station());
            assertThat(restored.isGreen())
                    .as(String.join("\n", restored.lines()))
                    .isTrue();
            assertRefusedWithoutCertificate(scene);
            certify(scene);
            Ledger promised = new Ledger(ENVELOPES);
            bundles.forEach(promised::acknowledged);
            chunks.forEach(promised::receipted);
            assertThat(promised.lost(scene.station())).isEmpty();
            // The planted fault: the same judge misses what was acknowledged and is not in the folder.
            promised.acknowledged(-1, bundleOf(seen.epoch()));
            assertThat(promised.lost(scene.station())).containsExactly("bundle -1: is gone");

            everybodyGoesOn(scene, seen);
            assertThat(Scene.check(scene.station()).isGreen()).isTrue();
        }
    }

    /** A client of the lost station: what it remembers of it. */
    private record Seen(VerifiedEpoch epoch, HeadMemory memory, StationCertificate certificate) {}

    private Seen see() throws Exception {
        VerifiedEpoch epoch = fetch(Optional.empty(), Optional.empty());
        return new Seen(epoch, epoch.memory(), epoch.certificate());
    }

    private void everybodyGoesOn(Scene scene, Seen seen) throws Exception {
        Program station = scene.startStation();
        VerifiedEpoch now = awaitEpoch(seen);
        assertThat(now.isStationReplaced()).isTrue();
        assertThat(now.isHistoryChecked()).isFalse();
        VerifiedEpoch next = fetch(Optional.of(now.memory()), Optional.of(now.certificate()));
        assertThat(next.isStationReplaced()).isFalse();
        // Without the newsroom's newer certificate in mind the same station is a fork.
        assertThatThrownBy(() -> fetch(Optional.of(seen.memory()), Optional.empty()))
                .isInstanceOfSatisfying(
                        StationFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.FORK));

        assertThat(scene.desk("read")).contains("certified a new key for the station");
        assertThat(scene.desk("read")).doesNotContain("certified a new key for the station");
        long epoch = fetch(Optional.empty(), Optional.empty()).head().epoch();
        Ledger after = new Ledger(ENVELOPES);
        uploadAndPost(after);
        while (fetch(Optional.empty(), Optional.empty()).head().epoch() < epoch + 3) {
            Thread.sleep(200);
        }
        assertThat(scene.desk("read")).contains("letter number 900001").contains("1 new piece of evidence");
        assertThat(after.lost(scene.station())).isEmpty();
        station.stop();
    }

    /** The planted fault of the restore: one that keeps the old key signs a second history, and the client refuses it. */
    @Test
    void restoreThatKeepsTheOldKey_isRefusedAsAFork() throws Exception {
        try (Scene scene = town.scene(folder)) {
            makeKey();
            Program station = scene.startStation();
            scene.openForLetters();
            Program.run(
                    List.of(),
                    "station",
                    "backup",
                    scene.station(),
                    "--to",
                    folder.resolve("saved"),
                    "--recipient",
                    folder.resolve("key.pub"));
            Seen seen = see();
            station.kill();
            byte[] oldKey = Files.readAllBytes(scene.station().resolve("station-key"));
            wipe(scene.station());
            restore(scene.station());
            Files.write(scene.station().resolve("station-key"), oldKey);

            scene.startStation();
            assertThatThrownBy(() -> awaitEpoch(seen))
                    .isInstanceOfSatisfying(
                            StationFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.FORK));
        }
    }

    @Test
    void restore_ofADamagedFile_orWithAnotherKey_leavesNothing() throws Exception {
        try (Scene scene = town.scene(folder)) {
            makeKey();
            Path saved = folder.resolve("saved");
            Path pub = folder.resolve("key.pub");
            Program.run(List.of(), "station", "backup", scene.station(), "--to", saved, "--recipient", pub);
            byte[] bytes = Files.readAllBytes(saved);
            Path broken = folder.resolve("broken");
            for (int cut : List.of(0, 20, 1182, bytes.length / 2, bytes.length - 1)) {
                Files.write(broken, java.util.Arrays.copyOf(bytes, cut));
                assertNothingRestored(broken, "key", "error: ");
            }
            bytes[bytes.length - 100] ^= 1;
            Files.write(broken, bytes);
            assertNothingRestored(broken, "key", "is damaged or not whole");
            Program.run(List.of(KEY_PASSPHRASE, KEY_PASSPHRASE), "backup", "key", "--out", folder.resolve("other"));
            assertNothingRestored(saved, "other", "is sealed to another backup key");
            assertThat(Scene.holds(scene.station().resolve("backup"), "copy")).isFalse();
        }
    }

    private void assertNothingRestored(Path saved, String key, String error) throws Exception {
        try (Program program = Program.start(
                List.of(KEY_PASSPHRASE),
                "backup",
                "restore",
                saved,
                "--to",
                folder.resolve("again"),
                "--key",
                folder.resolve(key))) {
            assertThat(program.end()).isEqualTo(1);
            assertThat(program.lines()).anyMatch(line -> line.startsWith("error: ") && line.contains(error));
            assertThat(program.lines()).anyMatch(line -> line.startsWith("hint: "));
        }
        assertThat(Scene.holds(folder, "again")).isFalse();
        assertThat(Scene.holds(folder, ".again")).isFalse();
    }

    private void makeKey() throws Exception {
        Program.run(List.of(KEY_PASSPHRASE, KEY_PASSPHRASE), "backup", "key", "--out", folder.resolve("key"));
    }

    private void restore(Path station) throws Exception {
        Program.run(
                List.of(KEY_PASSPHRASE),
                "backup",
                "restore",
                folder.resolve("saved"),
                "--to",
                station,
                "--key",
                folder.resolve("key"));
    }

    private void certify(Scene scene) throws Exception {
        town.certify(scene.station().resolve("station-request"), folder.resolve("certificate-2"));
        Program.run(List.of(), "station", "install", scene.station(), folder.resolve("certificate-2"));
    }

    private void assertRefusedWithoutCertificate(Scene scene) throws Exception {
        try (Program program =
                Program.start(List.of(), "station", "run", scene.station(), "--listen", "127.0.0.1:" + town.port())) {
            assertThat(program.end()).isEqualTo(1);
            assertThat(program.lines()).anyMatch(line -> line.contains("this station has no certificate yet"));
        }
    }

    private void uploadAndPost(Ledger ledger) throws Exception {
        SeededRandom random = SeededRandom.of(78);
        try (StationSession session = town.client().session()) {
            VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
            byte[] bytes = random.bytes(SizeClass.KIB_64.chunkLength());
            ChunkId id = ChunkId.copyOf(random.bytes(ChunkId.LENGTH));
            try (ChunkUploader uploader = town.client().uploader(epoch.certificate())) {
                uploader.upload(SealedChunk.takeOver(id, bytes.clone()), sent -> {});
            }
            ledger.receipted(id, Letters.sha256(bytes));
            byte[] bundle = new Letters(new SecureRandom()).write(epoch, Letters.text(900_001));
            Pause.of(InstantSource.system()).until(session.nextMoment());
            session.post(bundle);
            ledger.acknowledged(900_001, bundle);
        }
    }

    private byte[] bundleOf(VerifiedEpoch epoch) throws Exception {
        return new Letters(new SecureRandom()).write(epoch, Letters.text(900_000));
    }

    private VerifiedEpoch awaitEpoch(Seen seen) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                return fetch(Optional.of(seen.memory()), Optional.of(seen.certificate()));
            } catch (StationFailure failure) {
                if (failure.kind() == Kind.FORK || attempt == 100) {
                    throw failure;
                }
                Thread.sleep(200);
            }
        }
    }

    private VerifiedEpoch fetch(Optional<HeadMemory> memory, Optional<StationCertificate> certificate)
            throws Exception {
        try (StationSession session = town.client().session()) {
            return session.fetch(memory, certificate, Progress.none());
        }
    }

    private static void wipe(Path station) throws IOException {
        List<Path> paths;
        try (Stream<Path> walked = Files.walk(station)) {
            paths = walked.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
