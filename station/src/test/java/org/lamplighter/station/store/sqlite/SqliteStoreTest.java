package org.lamplighter.station.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.station.durable.Moments;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.MailboxStore.Draw;
import org.lamplighter.station.store.MailboxStore.Offered;
import org.lamplighter.station.store.MailboxStore.Waiting;
import org.lamplighter.station.store.StationStore;
import org.lamplighter.station.store.StationStoreContract;
import org.lamplighter.station.store.StoreException;
import org.lamplighter.station.store.StoreException.Kind;
import org.lamplighter.station.store.sqlite.GroupCommit.Acknowledge;

final class SqliteStoreTest extends StationStoreContract {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("station.sqlite");
    }

    @Override
    protected StationStore create() throws StoreException {
        SqliteStore.create(file());
        return SqliteStore.open(file(), Moments.NONE);
    }

    @Override
    protected StationStore reopen(StationStore store) throws StoreException {
        store.close();
        return SqliteStore.open(file(), Moments.NONE);
    }

    @Test
    void offer_isAnsweredAfterItsCommit() throws Exception {
        assertThat(keptThoughTheProcessDied(Acknowledge.AFTER_COMMIT)).isEqualTo(new Died(false, 0));
    }

    @Test
    void offer_answeredBeforeItsCommit_isSeenByTheSameCheck() throws Exception {
        assertThat(keptThoughTheProcessDied(Acknowledge.BEFORE_COMMIT)).isEqualTo(new Died(true, 0));
    }

    /** Whether the sender was told that it is kept, and how many are. */
    private record Died(boolean acknowledged, int kept) {}

    /** Offers a bundle to a store whose process ends in the moment before the commit. */
    private Died keptThoughTheProcessDied(Acknowledge acknowledge) throws Exception {
        Path other = folder.resolve("other.sqlite");
        SqliteStore.create(other);
        boolean acknowledged;
        try (SqliteStore store = SqliteStore.open(
                other,
                (step, subject) -> {
                    throw new SimulatedDeath();
                },
                acknowledge,
                Schema.CURRENT)) {
            acknowledged = store.mailbox().offer(bundle(), draw(1)) == Offered.KEPT;
        } catch (StoreException e) {
            acknowledged = false;
        }
        try (SqliteStore store = SqliteStore.open(other, Moments.NONE)) {
            return new Died(acknowledged, store.mailbox().queue().size());
        }
    }

    private static final class SimulatedDeath extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void workThatFails_leavesItsCompanionsAlone() throws Exception {
        try (SqliteStore store = SqliteStore.open(file(), Moments.NONE)) {
            // The second takes an id that is taken: a fault of the draw, and nobody else's.
            store.mailbox().offer(bundle(), draw(1));
            assertThatThrownBy(() -> store.mailbox().offer(bundle(), draw(1))).isInstanceOf(StoreException.class);
            store.mailbox().offer(bundle(), draw(2));

            assertThat(store.mailbox().queue()).hasSize(2);
        }
    }

    @Test
    void newerFile_isRefused_olderOneIsUpgraded() throws Exception {
        Schema newer = new Schema(List.of(Schema.CURRENT.steps().getFirst(), "CREATE TABLE later (x INTEGER) STRICT"));
        Path other = folder.resolve("other.sqlite");
        SqliteStore.create(other);

        SqliteStore.open(other, Moments.NONE, Acknowledge.AFTER_COMMIT, newer).close();

        assertThat(userVersion(other)).isEqualTo(2);
        assertThatThrownBy(() -> SqliteStore.open(other, Moments.NONE))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NEWER));
        assertThatThrownBy(() -> SqliteStore.openReadOnly(other))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NEWER));
    }

    @Test
    void otherFile_isRefused() throws Exception {
        Path text = folder.resolve("text");
        Files.writeString(text, "not a database, and longer than the header of one: ".repeat(40));

        assertThatThrownBy(() -> SqliteStore.open(text, Moments.NONE))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED));
        assertThatThrownBy(() -> SqliteStore.open(folder.resolve("none"), Moments.NONE))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> SqliteStore.create(file())).isInstanceOf(StoreException.class);
    }

    @Test
    void readOnly_readsBesideAWriterAndWritesNothing() throws Exception {
        try (SqliteStore writer = SqliteStore.open(file(), Moments.NONE);
                SqliteStore reader = SqliteStore.openReadOnly(file())) {
            writer.mailbox().offer(bundle(), draw(1));

            assertThat(reader.mailbox().queue()).hasSize(1);
            assertThatThrownBy(() -> reader.mailbox().offer(bundle(), draw(2))).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void fullDisk_failsAsFullAndKeepsNothing() throws Exception {
        try (SqliteStore store = SqliteStore.open(file(), Moments.NONE)) {
            store.write("limit", sql -> {
                sql.number("PRAGMA max_page_count = 40");
                return 0;
            });

            assertThatThrownBy(() -> {
                        for (int i = 1; i < 100; i++) {
                            store.mailbox().offer(bundle(), draw(i));
                        }
                    })
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FULL));
            assertThat(store.defects()).isEmpty();
        }
    }

    @Test
    void compact_leavesNothingOfDeletedContentInTheFiles() throws Exception {
        byte[] marker = "a marker that stands for what a source sent".getBytes(StandardCharsets.US_ASCII);
        try (SqliteStore store = SqliteStore.open(file(), Moments.NONE)) {
            store.mailbox().offer(new Waiting(0, 9, List.of(point()), Blob.copyOf(marker)), draw(1));
            assertThat(contains(marker)).isTrue();

            store.write("delete", sql -> sql.update("DELETE FROM waiting"));
            store.compact();

            assertThat(contains(marker)).isFalse();
        }
    }

    private boolean contains(byte[] marker) throws Exception {
        String needle = new String(marker, StandardCharsets.ISO_8859_1);
        for (String suffix : List.of("", "-wal")) {
            byte[] bytes = Files.readAllBytes(folder.resolve("station.sqlite" + suffix));
            if (new String(bytes, StandardCharsets.ISO_8859_1).contains(needle)) {
                return true;
            }
        }
        return false;
    }

    private static int userVersion(Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }

    private byte nextPoint;

    private Blob point() {
        byte[] point = new byte[32];
        point[0] = ++nextPoint;
        return Blob.takeOver(point);
    }

    private Waiting bundle() {
        return new Waiting(0, 1000, List.of(point()), Blob.takeOver(new byte[5000]));
    }

    private static Draw draw(long id) {
        return new Draw() {
            @Override
            public long id() {
                return id;
            }

            @Override
            public int place(int waiting, long offered) {
                return waiting;
            }
        };
    }
}
