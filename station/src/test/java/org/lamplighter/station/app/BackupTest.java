package org.lamplighter.station.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.core.backup.BackupKind;
import org.lamplighter.core.backup.BackupWriter;
import org.lamplighter.core.backup.open.BackupKey;
import org.lamplighter.core.backup.open.BackupReader;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.station.app.StationFixture.Transcript;
import org.lamplighter.station.backup.StationBackup;
import org.lamplighter.station.chunks.ChunkFolder;
import org.lamplighter.station.durable.DurableFiles;
import org.lamplighter.station.durable.Moments;
import org.lamplighter.station.http.RawHttp;
import org.lamplighter.station.store.ChunkTable.Numbered;
import org.lamplighter.station.store.sqlite.SqliteStore;

/** What a backup of a running station holds (docs/spec 9.6). */
final class BackupTest {
    private static final int SMALL_CHUNK = 65_552;

    @TempDir
    private Path base;

    @Test
    void everyChunkThatTheRestoredDatabaseNames_isInTheBackup_whateverHappensMeanwhile() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base);
                Station station = fixture.start();
                BackupKey key = BackupKey.generate(fixture.random())) {
            station.turn();
            for (int i = 0; i < 4; i++) {
                put(fixture, station);
            }
            long[] calls = new long[1];
            Path restored = backup(fixture, key, (done, total) -> {
                if (calls[0]++ == 0) { // between the first chunk and the others
                    meanwhile(fixture, station);
                }
            });
            assertThat(calls[0]).isGreaterThan(3);

            Set<String> named = named(restored);
            assertThat(named).hasSize(3).isEqualTo(shelved(restored));
            try (SqliteStore store = SqliteStore.openReadOnly(restored.resolve("station.sqlite"))) {
                assertThat(store.mailbox().lastEpoch()).isEmpty();
                assertThat(store.mailbox().filled()).isEqualTo(64);
                assertThat(store.defects()).isEmpty();
            }
            assertThat(restored.resolve("station-key")).doesNotExist();
            assertThat(DurableFiles.entries(restored.resolve("epochs"))).isEmpty();
            // The planted fault: a copy of the files as they lie there names a chunk that it does not hold.
            Path plain = base.resolve("plain");
            Files.createDirectory(plain);
            Files.copy(restored.resolve("station.sqlite"), plain.resolve("station.sqlite"));
            Files.createDirectories(new ChunkFolder(plain.resolve("chunks")).arriving());
            assertThat(named(plain)).isNotEqualTo(shelved(plain));
        }
    }

    /** One chunk leaves, one comes, and the mailbox turns. */
    private static void meanwhile(StationFixture fixture, Station station) {
        try (SqliteStore store = SqliteStore.open(fixture.folder().resolve("station.sqlite"), Moments.NONE)) {
            ChunkId last = store.chunks().after(0, 10).getLast().chunk().id();
            Files.delete(new ChunkFolder(fixture.folder().resolve("chunks")).path(last));
            store.chunks().remove(List.of(last), 0);
            put(fixture, station);
            fixture.clock().advance(5);
            station.turn();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void command_writesOneFile_leavesNothing_andRefusesWhatIsTaken() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base);
                Station station = fixture.start();
                BackupKey key = BackupKey.generate(fixture.random())) {
            station.turn();
            Path pub = base.resolve("key.pub");
            Files.write(pub, key.recipient().toByteArray());
            Path file = base.resolve("saved");
            Transcript made = command(fixture, file, pub);
            assertThat(made.err()).contains(key.recipient().fingerprint().toString());
            assertThat(made.exit()).isZero();
            assertThat(made.out()).contains("as of epoch 1").containsPattern("sha-256 [0-9a-f]{64}");
            assertThat(DurableFiles.entries(fixture.folder().resolve("backup")))
                    .containsExactly(fixture.folder().resolve("backup").resolve("lock"));
            assertThat(DurableFiles.entries(base))
                    .noneMatch(path -> path.getFileName().toString().startsWith("."));
            assertThat(command(fixture, file, pub).err())
                    .contains("error: exists already")
                    .contains("hint: ");
            assertThat(command(fixture, base.resolve("b"), base.resolve("newsroom.pub"))
                            .err())
                    .contains("error: not the public half of a backup key");
            assertThat(base.resolve("b")).doesNotExist();
            fixture.assertSound();
        }
    }

    @Test
    void whatAnInterruptedBackupLeft_isRemovedByTheNext() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base);
                BackupKey key = BackupKey.generate(fixture.random())) {
            Path pub = base.resolve("key.pub");
            Files.write(pub, key.recipient().toByteArray());
            Path left = fixture.folder().resolve("backup").resolve("copy-1.sqlite");
            Files.createDirectory(fixture.folder().resolve("backup"));
            Files.write(left, new byte[70_000]);
            assertThat(command(fixture, base.resolve("saved"), pub).exit()).isZero();
            assertThat(left).doesNotExist();
        }
    }

    @Test
    void restoredFolder_isSoundBeforeItsCertificate_andADifferentKeyWithHeadsIsNot() throws Exception {
        try (StationFixture fixture = StationFixture.installed(base);
                BackupKey key = BackupKey.generate(fixture.random())) {
            try (Station station = fixture.start()) {
                station.turn();
            }
            byte[] otherKey = new byte[33];
            otherKey[0] = 1;
            Path restored = backup(fixture, key, (done, total) -> {});
            Files.write(restored.resolve("station-key"), otherKey);
            Transcript checked = fixture.command("check", restored.toString());
            assertThat(checked.out()).contains("a new one is due").contains(" 0 failed");
            assertThat(fixture.command("run", restored.toString(), "--listen", "127.0.0.1:0")
                            .err())
                    .contains("this station has no certificate yet");

            // The planted fault: with its heads in place the same folder is not sound.
            Files.write(fixture.folder().resolve("station-key"), otherKey);
            assertThat(fixture.command("check", fixture.folder().toString()).out())
                    .contains("it is for another station");
        }
    }

    private static Transcript command(StationFixture fixture, Path file, Path pub) {
        return fixture.command(
                "backup", fixture.folder().toString(), "--to", file.toString(), "--recipient", pub.toString());
    }

    private static void put(StationFixture fixture, Station station) throws IOException {
        byte[] bytes = fixture.random().bytes(SMALL_CHUNK);
        String id = ChunkId.copyOf(Arrays.copyOf(bytes, ChunkId.LENGTH)).hex();
        assertThat(RawHttp.once(station.url(), "PUT", "/v1/chunks/" + id, bytes).status())
                .isEqualTo(200);
    }

    private Path backup(StationFixture fixture, BackupKey key, StationBackup.Progress progress) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SqliteStore live = SqliteStore.openReadOnly(fixture.folder().resolve("station.sqlite"))) {
            StationBackup.write(
                    live,
                    new ChunkFolder(fixture.folder().resolve("chunks")),
                    base.resolve("newsroom.pub"),
                    base.resolve("copy"),
                    BackupWriter.start(out, BackupKind.STATION, key.recipient(), fixture.random()),
                    progress);
        }
        Path folder = base.resolve("restored");
        Files.createDirectory(folder);
        BackupReader reader = BackupReader.open(new ByteArrayInputStream(out.toByteArray()), key);
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

    private static Set<String> named(Path folder) throws Exception {
        Set<String> named = new TreeSet<>();
        try (SqliteStore store = SqliteStore.openReadOnly(folder.resolve("station.sqlite"))) {
            for (Numbered numbered : store.chunks().after(0, 100)) {
                named.add(numbered.chunk().id().hex());
            }
        }
        return named;
    }

    private static Set<String> shelved(Path folder) throws Exception {
        List<String> names = new ArrayList<>();
        new ChunkFolder(folder.resolve("chunks"))
                .shelved()
                .forEach(file -> names.add(file.getFileName().toString()));
        return new TreeSet<>(names);
    }
}
