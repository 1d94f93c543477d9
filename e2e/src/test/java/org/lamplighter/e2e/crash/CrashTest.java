package org.lamplighter.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.ChunkCollector;
import org.lamplighter.client.ChunkSink;
import org.lamplighter.client.ChunkUploader;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationFailure;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.client.pacing.Pause;
import org.lamplighter.core.collect.CollectRequest;
import org.lamplighter.core.collect.CollectResponse;
import org.lamplighter.core.epoch.HeadMemory;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.desk.profile.Profile;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.e2e.crash.Scene.Checked;
import org.lamplighter.station.chunks.ChunkFolder;
import org.lamplighter.testkit.SeededRandom;

/**
 * The station's process is killed at moments drawn at random while sources write and upload; then its folder is compared with
 * what it had acknowledged, checked by its own command, and served again by the next process.
 */
@ExtendWith(TownBuilder.class)
final class CrashTest {
    private static final int ENVELOPES = 3;
    private static final int KILLS_OF_EACH_KIND = 5;

    private final Town town;

    @TempDir
    private Path folder;

    CrashTest(Town town) {
        this.town = town;
    }

    /** What the station is doing when it is killed. */
    private enum Moment {
        POST,
        TURN,
        UPLOAD
    }

    @Test
    void station_killedAtAnyMoment_losesNothingThatItAcknowledged() throws Exception {
        long seed = Long.getLong("lamplighter.crash.seed", new Random().nextLong(1_000_000));
        try (Scene scene = town.scene(folder)) {
            Run run = new Run(scene, seed);
            run.kills();
            run.everythingIsRead();
        } catch (Throwable e) {
            throw new AssertionError("again with -Dlamplighter.crash.seed=" + seed, e);
        }
    }

    /** One run of kills, and what was seen in it. */
    private static final class Run {
        private final Scene scene;
        private final long seed;
        private final Random random;
        private final Ledger ledger = new Ledger(ENVELOPES);
        private final Heads heads = new Heads();
        private final Map<String, Integer> found = new HashMap<>();

        Run(Scene scene, long seed) {
            this.scene = scene;
            this.seed = seed;
            this.random = new Random(seed);
        }

        void kills() throws Exception {
            Program station = scene.startStation();
            scene.openForLetters();
            List<Moment> moments = new ArrayList<>();
            for (Moment moment : Moment.values()) {
                moments.addAll(Collections.nCopies(KILLS_OF_EACH_KIND, moment));
            }
            Collections.shuffle(moments, random);
            Traffic traffic = Traffic.start(scene.town(), ledger, heads, seed);
            try {
                for (Moment moment : moments) {
                    // One in three dies while it makes up for the epochs it has missed.
                    if (random.nextInt(3) > 0) {
                        heads.awaitNext();
                    }
                    Thread.sleep(random.nextInt(1000));
                    await(moment, traffic);
                    assertThat(station.kill()).describedAs("killed, not ended").isTrue();
                    soundAfter(moment);
                    station = scene.startStation();
                }
            } finally {
                traffic.end();
            }
            assertThat(heads.faults()).isEmpty();
        }

        private void await(Moment moment, Traffic traffic) throws InterruptedException {
            switch (moment) {
                case POST -> {
                    traffic.awaitPost();
                    // The answer comes at a multiple of 20 ms.
                    Thread.sleep(random.nextInt(40));
                }
                case UPLOAD -> {
                    traffic.awaitUpload(random.nextDouble());
                    Thread.sleep(random.nextInt(20));
                }
                case TURN -> {
                    // It is built and entered in the second before the boundary, and renamed and served at the
                    // boundary.
                    int sinceCutOff = random.nextInt(3) > 0 ? random.nextInt(900) : 980 + random.nextInt(150);
                    long period = Town.EPOCH_SECONDS * 1000L;
                    long cutOff = period - 1000;
                    long now = Instant.now().toEpochMilli();
                    Thread.sleep(Math.floorMod(cutOff + sinceCutOff - now, period));
                }
            }
        }

        private void soundAfter(Moment moment) throws IOException, InterruptedException {
            note(moment + " kills");
            if (Scene.holds(scene.station().resolve("epochs"), "building-")) {
                note("epochs left half-built or unpublished");
            }
            if (Scene.holds(scene.station().resolve("chunks/arriving"), "")) {
                note("chunks left arriving");
            }
            assertThat(ledger.lost(scene.station()))
                    .describedAs("lost by %s", moment)
                    .isEmpty();
            Checked checked = Scene.check(scene.station());
            assertThat(checked.isGreen())
                    .describedAs(() -> "check after " + moment + "\n" + String.join("\n", checked.lines()))
                    .isTrue();
        }

        private void note(String what) {
            found.merge(what, 1, Integer::sum);
        }

        /** The journalist's own program shows every letter once, or it still waits, and every chunk is fetched as it was. */
        void everythingIsRead() throws Exception {
            Map<Integer, byte[]> letters = ledger.bundles();
            Map<ChunkId, Digest> chunks = ledger.chunks();
            assertThat(letters).hasSizeGreaterThan(15);
            assertThat(chunks).hasSizeGreaterThan(15);
            List<Integer> read = new ArrayList<>();
            Set<Integer> waiting = ledger.waiting(scene.station());
            for (int sessions = 0; sessions < 12 && !isAll(letters.keySet(), read, waiting); sessions++) {
                heads.next(scene.town());
                // What waits now may be admitted before the journalist comes, and is found twice then; not the other
                // way round.
                waiting = ledger.waiting(scene.station());
                read.addAll(Letters.numbers(scene.desk("read")));
            }
            assertThat(read).doesNotHaveDuplicates().hasSizeGreaterThan(10);
            assertThat(isAll(letters.keySet(), read, waiting))
                    .describedAs("%s, %s, %s", letters.keySet(), read, waiting)
                    .isTrue();
            assertThat(collected(scene)).containsAllEntriesOf(chunks);
            assertThat(heads.faults()).isEmpty();
            System.out.printf(
                    "seed %d: %s; %d bundles acknowledged, %d letters read, %d wait, %d chunks receipted, epoch %d%n",
                    seed, found, letters.size(), read.size(), waiting.size(), chunks.size(), heads.last());
        }

        private static boolean isAll(Set<Integer> letters, List<Integer> read, Set<Integer> waiting) {
            return letters.stream().allMatch(number -> read.contains(number) || waiting.contains(number));
        }
    }

    /** What a journalist's collector fetches: everything. */
    private static Map<ChunkId, Digest> collected(Scene scene) throws Exception {
        Map<ChunkId, Digest> fetched = new HashMap<>();
        try (SecretBytes passphrase = SecretBytes.copyOf(Town.PASSPHRASE.getBytes(StandardCharsets.UTF_8));
                Vault vault = Vault.open(scene.file("ada"), passphrase, new SecureRandom());
                Profile profile = Profile.load(vault);
                ChunkCollector collector = scene.town().client().collector()) {
            ChunkCollector.Signer signer = after -> CollectRequest.sign(
                    profile.newsroom().id(),
                    profile.keys().signing(),
                    Instant.now().getEpochSecond(),
                    after);
            collector.collect(
                    0,
                    signer,
                    new ChunkSink() {
                        @Override
                        public void keep(long sequence, SealedChunk chunk) {
                            fetched.put(chunk.id(), Letters.sha256(chunk.toByteArray()));
                        }

                        @Override
                        public void gone(long sequence, ChunkId id) {
                            throw new AssertionError("listed and not there: " + id.hex());
                        }

                        @Override
                        public void damaged(CollectResponse.Entry entry) {
                            throw new AssertionError(
                                    "comes damaged: " + entry.chunk().hex());
                        }
                    },
                    Progress.none());
        }
        return fetched;
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
