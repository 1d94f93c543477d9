package org.lamplighter.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.desk.app.JournalistDesk;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.station.chunks.ChunkFolder;
import org.lamplighter.testkit.SeededRandom;

/**
 * The planted faults of {@link KillTest}: from a folder something acknowledged is taken, or changed in it, and the same ledgers
 * and checks say so.
 */
@ExtendWith(TownBuilder.class)
final class PlantedLossTest {
    private static final int ENVELOPES = 3;

    private final Town town;

    @TempDir
    private Path folder;

    PlantedLossTest(Town town) {
        this.town = town;
    }

    /** The planted faults: on a folder from which something acknowledged was taken, the same comparison fails. */
    @Test
    void whatIsLostFromTheFolder_isFoundByTheLedger_andDamageByTheCheck() throws Exception {
        try (Scene scene = town.scene(folder)) {
            Ledger ledger = new Ledger(ENVELOPES);
            ChunkId chunk = acknowledgeSomething(scene, ledger);
            assertThat(ledger.lost(scene.station())).isEmpty();
            assertThat(Scene.check(scene.station()).isGreen()).isTrue();

            Path queue = scene.copyOfStation("queue");
            change(
                    queue,
                    "DELETE FROM waiting WHERE bundle = ?",
                    ledger.bundles().get(2));
            assertThat(ledger.lost(queue)).containsExactly("bundle 2: is gone");

            Path rows = scene.copyOfStation("rows");
            byte[] bundle = ledger.bundles().get(1);
            change(rows, "UPDATE slot SET envelope = zeroblob(8176) WHERE envelope = ?", envelope(bundle, 0));
            assertThat(ledger.lost(rows)).containsExactly("bundle 1: only 2 of its envelopes are there");

            Path twice = scene.copyOfStation("twice");
            change(
                    twice,
                    "UPDATE slot SET envelope = ? WHERE number = (SELECT min(number) FROM slot WHERE leaves = 0)",
                    envelope(bundle, 1));
            assertThat(ledger.lost(twice)).containsExactly("bundle 1: is there more than once");

            Path shelves = scene.copyOfStation("shelves");
            Files.delete(new ChunkFolder(shelves.resolve("chunks")).path(chunk));
            assertThat(ledger.lost(shelves)).containsExactly("chunk " + chunk.hex() + ": is gone");
            assertThat(Scene.check(shelves).exit()).isEqualTo(1);

            Path bytes = scene.copyOfStation("bytes");
            flip(new ChunkFolder(bytes.resolve("chunks")).path(chunk));
            assertThat(ledger.lost(bytes)).containsExactly("chunk " + chunk.hex() + ": has other bytes");
            assertThat(Scene.check(bytes).exit()).isEqualTo(1);

            Path epoch = scene.copyOfStation("epoch");
            flip(Scene.newestEpoch(epoch).resolve("hints"));
            assertThat(Scene.check(epoch).exit()).isEqualTo(1);
        }
    }

    /** The same for a journalist's folder. */
    @Test
    void whatIsLostFromTheDesk_isFoundByItsLedger_andDamageByTheCheck() throws Exception {
        try (Scene scene = town.scene(folder)) {
            acknowledgeSomething(scene, new Ledger(ENVELOPES));
            Path ada = scene.file("ada");
            Town.copy(ada, scene.file("before"));
            scene.startStation();
            DeskLedger said = new DeskLedger(town.newsroomFile());
            String conversation;
            try (JournalistDesk desk = DeskLedger.open(ada)) {
                desk.session(Progress.none());
                conversation = desk.conversations().getFirst().designation();
            }
            said.showed(List.of(Letters.text(1)));
            Path text = Files.writeString(scene.file("reply"), Letters.text(101));
            try (Program reply = scene.startDesk("reply", conversation, "--text", text)) {
                assertThat(reply.end()).isZero();
                said.replied(101, reply.lines());
            }
            assertThat(said.lost(ada)).isEmpty();
            assertThat(said.unreadable(ada, scene.station())).isEmpty();
            assertThat(scene.checkDesk().isGreen()).isTrue();

            // An older copy: what was shown and saved since is gone from it.
            assertThat(said.lost(scene.file("before")))
                    .containsExactly("letter 1 was shown and is gone", "reply 101 was saved and is there 0 times");

            try (SecretBytes passphrase = DeskLedger.passphrase();
                    Vault vault = Vault.open(ada, passphrase, new SecureRandom())) {
                vault.erase(vault.names("prekey/").getFirst());
            }
            assertThat(said.unreadable(ada, scene.station()))
                    .hasSize(1)
                    .allMatch(line -> line.contains("is published"));

            ChunkId chunk = DeskLedger.collected(ada).keySet().iterator().next();
            Files.delete(ada.resolve("chunks").resolve(chunk.hex()));
            assertThat(scene.checkDesk().exit()).isEqualTo(1);
        }
    }

    /** The planted fault of the heads: a station that goes on from an older copy of its folder is caught. */
    @Test
    void stationThatGoesOnFromACopy_isSeenAsAFork() throws Exception {
        try (Scene scene = town.scene(folder)) {
            Program station = scene.startStation();
            scene.openForLetters();
            station.kill();
            Path copy = scene.copyOfStation("copy");
            Heads heads = new Heads();
            station = scene.startStation();
            VerifiedEpoch first = fetch(scene, Optional.empty());
            HeadMemory memory = first.memory();
            while (memory.epoch() == first.head().epoch()) {
                Thread.sleep(200);
                VerifiedEpoch later = fetch(scene, Optional.of(memory));
                heads.seen(later.head());
                memory = later.memory();
            }
            station.kill();

            scene.startStation(copy);
            HeadMemory last = memory;
            VerifiedEpoch other = fetch(scene, Optional.empty());
            assertThatThrownBy(() -> fetch(scene, Optional.of(last)))
                    .isInstanceOfSatisfying(
                            StationFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.FORK));
            while (other.head().epoch() < last.epoch()) {
                Thread.sleep(200);
                other = fetch(scene, Optional.empty());
            }
            heads.seen(other.head());
            assertThat(heads.faults()).containsExactly("two heads of epoch " + last.epoch());
        }
    }

    /** Bundle 1 is admitted, bundle 2 waits, and a chunk is receipted; then the station is killed. */
    private static ChunkId acknowledgeSomething(Scene scene, Ledger ledger) throws Exception {
        SeededRandom random = SeededRandom.of(5);
        Letters letters = new Letters(random);
        Program station = scene.startStation();
        scene.openForLetters();
        post(scene, letters, ledger, 1);
        ChunkId id = ChunkId.copyOf(random.bytes(ChunkId.LENGTH));
        byte[] bytes = random.bytes(SizeClass.KIB_64.chunkLength());
        try (ChunkUploader uploader =
                scene.town().client().uploader(fetch(scene, Optional.empty()).certificate())) {
            uploader.upload(SealedChunk.takeOver(id, bytes.clone()), sent -> {});
        }
        ledger.receipted(id, Letters.sha256(bytes));
        long epoch = fetch(scene, Optional.empty()).head().epoch();
        while (fetch(scene, Optional.empty()).head().epoch() < epoch + 2) {
            Thread.sleep(200);
        }
        // Just after a boundary: the next one is far enough away.
        post(scene, letters, ledger, 2);
        station.kill();
        return id;
    }

    private static void post(Scene scene, Letters letters, Ledger ledger, int number) throws Exception {
        try (StationSession session = scene.town().client().session()) {
            byte[] bundle = letters.write(session.fetch(Optional.empty(), Progress.none()), Letters.text(number));
            Pause.of(InstantSource.system()).until(session.nextMoment());
            session.post(bundle);
            ledger.acknowledged(number, bundle);
        }
    }

    private static VerifiedEpoch fetch(Scene scene, Optional<HeadMemory> memory) throws Exception {
        try (StationSession session = scene.town().client().session()) {
            return session.fetch(memory, Progress.none());
        }
    }

    private static byte[] envelope(byte[] bundle, int index) throws Exception {
        return org.lamplighter.core.mailbox.Bundle.parse(bundle, ENVELOPES)
                .rows()
                .get(index)
                .envelope();
    }

    private static void change(Path station, String statement, byte[] value) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + station.resolve("station.sqlite"));
                PreparedStatement prepared = database.prepareStatement(statement)) {
            prepared.setBytes(1, value);
            assertThat(prepared.executeUpdate()).isEqualTo(1);
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
