package org.lamplighter.station.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.core.backup.open.BackupKey;
import org.lamplighter.core.backup.open.BackupReader;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.app.StationFixture.Transcript;
import org.lamplighter.station.durable.DurableFiles;
import org.lamplighter.station.durable.Moments.Step;
import org.lamplighter.station.http.RawHttp;
import org.lamplighter.station.http.RawHttp.Reply;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.StationStore;
import org.lamplighter.testkit.SmallDisk;

/**
 * The disk has room for one page more each time, so that each write in turn is the one that finds none: what was acknowledged is
 * there, what is refused is refused clearly, and when there is room again everything goes on. A real file system of a few
 * megabytes; where it cannot be mounted only the planted full disks of {@link StationHttpTest} and {@link CrashTest} are tested.
 *
 * <p>Every page with {@code -Dlamplighter.pages=1}; else every {@value #STRIDE}th.
 */
final class FullDiskTest {
    private static final int STRIDE = 9;
    /** Nothing expires while the test runs, and what waits may wait for an hour. */
    private static final StationParameters PATIENT =
            new StationParameters("demo", 64, 2, 5, 3600, 60, 3600, 3600, 600, 10, 1, 1L << 30);

    private final int stride = Integer.getInteger("lamplighter.pages", STRIDE);

    @TempDir
    private Path base;

    private Optional<SmallDisk> mounted = Optional.empty();

    @BeforeEach
    void mount() throws IOException {
        mounted = SmallDisk.mount(base.resolve("disk"), 240);
        assumeTrue(mounted.isPresent(), "only who may mount can have a disk of a few megabytes");
    }

    @AfterEach
    void unmount() throws IOException {
        if (mounted.isPresent()) {
            mounted.get().close();
        }
    }

    @Test
    void bundle_atEveryPage_isKeptOrRefused() throws Exception {
        SmallDisk disk = mounted.orElseThrow();
        try (StationFixture fixture = StationFixture.installed(disk.folder())) {
            Station station = fixture.start();
            station.turn();
            List<byte[]> acknowledged = new ArrayList<>();
            List<byte[]> refused = new ArrayList<>();
            for (int pages = 0; pages <= 40; pages += Math.max(1, stride / 4)) {
                byte[] bundle = fixture.bundle();
                disk.leave(pages);
                int status = RawHttp.post(station.url(), "/v1/bundles", bundle).status();
                assertThat(status).describedAs("%d pages", pages).isIn(202, 503);
                (status == 202 ? acknowledged : refused).add(bundle);
                disk.free();
                assertThat(lost(fixture, acknowledged))
                        .describedAs("%d pages", pages)
                        .isEmpty();
                fixture.assertSound();
            }
            assertThat(acknowledged).isNotEmpty();
            assertThat(refused).isNotEmpty();
            // The planted fault: a station that had answered 202 to what it could not keep.
            assertThat(lost(fixture, refused)).isNotEmpty();
            byte[] after = fixture.bundle();
            assertThat(RawHttp.post(station.url(), "/v1/bundles", after).status())
                    .isEqualTo(202);
            acknowledged.add(after);
            station.close();
            fixture.start().turn();
            assertThat(lost(fixture, acknowledged)).isEmpty();
        }
    }

    @Test
    void turn_atEveryPage_isMadeOrMadeUpFor_andNoHeadIsSignedTwice() throws Exception {
        SmallDisk disk = mounted.orElseThrow();
        try (StationFixture fixture = StationFixture.installed(disk.folder(), PATIENT)) {
            Station station = fixture.start();
            station.turn();
            Map<Long, String> heads = new HashMap<>();
            List<byte[]> acknowledged = new ArrayList<>();
            int failed = 0;
            for (int pages = 0; pages <= 420; pages += 2 * stride) {
                byte[] bundle = fixture.bundle();
                assertThat(RawHttp.post(station.url(), "/v1/bundles", bundle).status())
                        .isEqualTo(202);
                acknowledged.add(bundle);
                fixture.clock().advance(fixture.parameters().epochSeconds());
                disk.leave(pages);
                try {
                    station.turn();
                } catch (IOException e) {
                    failed++;
                    assertThat(station.isDiskFull()).isTrue(); // this is what the log says
                }
                note(station, heads);
                disk.free();
                fixture.assertSound();
                station.turn();
                note(station, heads);
                assertThat(lost(fixture, acknowledged))
                        .describedAs("%d pages", pages)
                        .isEmpty();
                fixture.assertSound();
            }
            assertThat(failed).isPositive();
            long before = station.currentEpoch().orElseThrow();
            fixture.clock().advance(fixture.parameters().epochSeconds());
            station.turn();
            assertThat(station.currentEpoch()).contains(before + 1);
        }
    }

    @Test
    void chunk_atEveryPage_isKeptOrRefused() throws Exception {
        SmallDisk disk = mounted.orElseThrow();
        try (StationFixture fixture = StationFixture.installed(disk.folder())) {
            int[] left = {-1};
            // The station keeps chunks from filling a disk: here something else does, in the middle of one.
            Station station = fixture.start(options -> options.withMoments((step, subject) -> {
                if (step == Step.WRITE && subject.toString().contains("arriving") && left[0] >= 0) {
                    disk.leave(left[0]);
                }
            }));
            station.turn();
            Map<String, byte[]> acknowledged = new HashMap<>();
            int refused = 0;
            for (int pages = 0; pages <= 36; pages += Math.max(1, stride / 4)) {
                left[0] = pages;
                String id = String.format("%032x", pages);
                byte[] chunk = new byte[65_552];
                chunk[3] = (byte) pages;
                int status = RawHttp.once(station.url(), "PUT", "/v1/chunks/" + id, chunk)
                        .status();
                assertThat(status).describedAs("%d pages", pages).isIn(200, 503, 507);
                disk.free();
                left[0] = -1;
                if (status == 200) {
                    acknowledged.put(id, chunk);
                } else {
                    refused++;
                }
                for (Map.Entry<String, byte[]> kept : acknowledged.entrySet()) {
                    assertThat(RawHttp.get(station.url(), "/v1/chunks/" + kept.getKey())
                                    .body())
                            .isEqualTo(kept.getValue());
                }
                fixture.assertSound();
                assertThat(RawHttp.once(station.url(), "PUT", "/v1/chunks/" + id, chunk)
                                .status())
                        .isEqualTo(200);
                acknowledged.put(id, chunk);
            }
            assertThat(refused).isPositive();
            assertThat(refused).isLessThan(acknowledged.size());
        }
    }

    @Test
    void start_onAFullDisk_saysSo_orRuns_andNothingIsLost() throws Exception {
        SmallDisk disk = mounted.orElseThrow();
        try (StationFixture fixture = StationFixture.installed(disk.folder())) {
            Station station = fixture.start();
            station.turn();
            byte[] bundle = fixture.bundle();
            RawHttp.post(station.url(), "/v1/bundles", bundle);
            station.close();
            int failed = 0;
            for (int pages = 0; pages <= 12; pages++) {
                disk.leave(pages);
                try (Station started = fixture.start()) {
                    assertThat(RawHttp.get(started.url(), "/v1/head").status()).isEqualTo(200);
                } catch (IOException | CommandFailure e) {
                    failed++;
                    assertThat(e).hasMessageContaining("full");
                }
                disk.free();
                fixture.assertSound();
                assertThat(lost(fixture, List.of(bundle))).isEmpty();
            }
            assertThat(failed).isLessThan(13);
            fixture.start().close();
        }
    }

    @Test
    void backup_atEveryPage_isWholeOrAbsent_andTheStationGoesOn() throws Exception {
        SmallDisk disk = mounted.orElseThrow();
        try (StationFixture fixture = StationFixture.installed(disk.folder());
                BackupKey key = BackupKey.generate(fixture.random())) {
            Station station = fixture.start();
            station.turn();
            for (int i = 0; i < 4; i++) {
                RawHttp.once(station.url(), "PUT", "/v1/chunks/" + String.format("%032x", i), new byte[65_552]);
            }
            Path pub = Files.write(base.resolve("key.pub"), key.recipient().toByteArray());
            Path saved = disk.folder().resolve("saved");
            String[] command = {
                "backup", fixture.folder().toString(), "--to", saved.toString(), "--recipient", pub.toString()
            };
            assertThat(fixture.command(command).exit()).isZero();
            byte[] whole = Files.readAllBytes(saved);
            Files.delete(saved);
            // The planted fault: a backup that lacks its end is not taken for whole.
            assertThat(isWhole(Arrays.copyOf(whole, whole.length - 1), key)).isFalse();

            int written = 0;
            int refused = 0;
            int most = 2 * whole.length / SmallDisk.PAGE + 40; // the copy of the database, and the backup
            for (int pages = 0; pages <= most; pages += stride == 1 ? 1 : most / 16) {
                disk.leave(pages);
                Transcript made = fixture.command(command);
                disk.free();
                if (made.exit() == 0) {
                    written++;
                    assertThat(isWhole(Files.readAllBytes(saved), key)).isTrue();
                    Files.delete(saved);
                } else {
                    refused++;
                    assertThat(made.err())
                            .describedAs("%d pages", pages)
                            .contains("error: ", "hint: ", "full")
                            .doesNotContain("Exception");
                    assertThat(saved).doesNotExist();
                }
                assertThat(DurableFiles.entries(disk.folder()))
                        .noneMatch(path -> path.getFileName().toString().startsWith("."));
                Path backup = fixture.folder().resolve("backup");
                assertThat(DurableFiles.entries(backup)).containsExactly(backup.resolve("lock"));
                fixture.assertSound();
            }
            assertThat(written).isPositive();
            assertThat(refused).isPositive();
            fixture.clock().advance(fixture.parameters().epochSeconds());
            assertThat(station.turn()).isPresent();
        }
    }

    private static boolean isWhole(byte[] backup, BackupKey key) throws IOException {
        try {
            BackupReader reader = BackupReader.open(new ByteArrayInputStream(backup), key);
            for (Optional<BackupReader.Item> item = reader.next(); item.isPresent(); item = reader.next()) {
                if (!item.get().isFolder()) {
                    reader.copyTo(OutputStream.nullOutputStream());
                }
            }
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    @Test
    void readOnlyFolder_isToldClearly_andNothingIsLost() throws Exception {
        SmallDisk disk = mounted.orElseThrow();
        try (StationFixture fixture = StationFixture.installed(disk.folder())) {
            Station station = fixture.start();
            station.turn();
            byte[] bundle = fixture.bundle();
            RawHttp.post(station.url(), "/v1/bundles", bundle);
            station.close();
            disk.setReadOnly(true);

            String folder = fixture.folder().toString();
            for (String[] command : List.of(new String[] {"run", folder, "--listen", "127.0.0.1:0"}, new String[] {
                "install", folder, disk.folder().resolve("roster").toString()
            })) {
                Transcript transcript = fixture.command(command);
                assertThat(transcript.exit()).describedAs(command[0]).isEqualTo(1);
                assertThat(transcript.err())
                        .describedAs(command[0])
                        .contains("error: ")
                        .contains("hint: ")
                        .doesNotContain("Exception");
            }
            for (String reads : List.of("status", "check")) {
                assertThat(fixture.command(reads, folder).exit())
                        .describedAs(reads)
                        .isZero();
            }

            disk.setReadOnly(false);
            assertThat(lost(fixture, List.of(bundle))).isEmpty();
            fixture.assertSound();
            Station again = fixture.start();
            fixture.clock().advance(fixture.parameters().epochSeconds());
            assertThat(again.turn()).isPresent();
        }
    }

    @Test
    void disk_thatIsNotFull_isNotMistaken() throws Exception {
        SmallDisk disk = mounted.orElseThrow();
        disk.leave(3);
        assertThat(Files.getFileStore(disk.folder()).getUsableSpace()).isEqualTo(3L * SmallDisk.PAGE);
        assertThatThrownBy(() -> Files.write(disk.folder().resolve("more"), new byte[4 * SmallDisk.PAGE]))
                .isInstanceOf(IOException.class);
    }

    /** Bundles that neither wait whole nor stand in the rows whole. */
    private static List<Integer> lost(StationFixture fixture, List<byte[]> bundles) throws Exception {
        List<Blob> waiting = new ArrayList<>();
        List<Blob> rows = new ArrayList<>();
        try (StationStore store = new StationFolder(fixture.folder()).openStoreReadOnly()) {
            for (MailboxStore.Place place : store.mailbox().queue()) {
                store.mailbox().waiting(place.id()).ifPresent(found -> waiting.add(found.bundle()));
            }
            store.mailbox().slots(0, fixture.parameters().slots()).forEach(slot -> rows.add(slot.envelope()));
        }
        List<Integer> lost = new ArrayList<>();
        for (int i = 0; i < bundles.size(); i++) {
            List<Blob> envelopes = Bundle.parse(
                            bundles.get(i), fixture.parameters().envelopes())
                    .rows()
                    .stream()
                    .map(MailboxRow::envelope)
                    .map(Blob::copyOf)
                    .toList();
            if (!waiting.contains(Blob.copyOf(bundles.get(i))) && !rows.containsAll(envelopes)) {
                lost.add(i);
            }
        }
        return lost;
    }

    /** No epoch may ever be seen with two heads. */
    private static void note(Station station, Map<Long, String> heads) throws IOException {
        Reply reply = RawHttp.get(station.url(), "/v1/head");
        String head = new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8);
        long epoch = station.currentEpoch().orElseThrow();
        assertThat(heads.computeIfAbsent(epoch, number -> head)).isEqualTo(head);
    }
}
