package org.lamplighter.station.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.StoreException;

final class SqliteMailbox implements MailboxStore {
    private static final int POINT_LENGTH = 32;

    private final SqliteStore store;

    SqliteMailbox(SqliteStore store) {
        this.store = store;
    }

    @Override
    public Offered offer(Waiting bundle, Draw draw) throws StoreException {
        return store.write("offer", sql -> {
            for (Blob point : bundle.points()) {
                if (sql.number("SELECT count(*) FROM seen WHERE point = ?", point) > 0) {
                    return Offered.REPEATED;
                }
            }
            int waiting = (int) sql.number("SELECT count(*) FROM waiting");
            int place = draw.place(waiting, sql.number("SELECT offered FROM mailbox"));
            if (place == waiting) {
                sql.update("UPDATE mailbox SET offered = 0 WHERE offered <> 0");
            } else {
                sql.update("UPDATE mailbox SET offered = offered + 1");
            }
            if (place < 0) {
                return Offered.NOT_DRAWN;
            }
            if (place < waiting) {
                displace(sql, place);
            }
            keep(sql, draw.id(), bundle);
            return Offered.KEPT;
        });
    }

    private static void displace(Sql sql, int place) throws SQLException {
        long id = sql.number("SELECT id FROM waiting ORDER BY id LIMIT 1 OFFSET ?", place);
        Waiting displaced = find(sql, id).orElseThrow(() -> new SQLException("a place without a bundle"));
        for (Blob point : displaced.points()) {
            sql.update("DELETE FROM seen WHERE point = ?", point);
        }
        sql.update("DELETE FROM waiting WHERE id = ?", id);
    }

    private static void keep(Sql sql, long id, Waiting bundle) throws SQLException {
        for (Blob point : bundle.points()) {
            // The primary key refuses a point that is there, whoever entered it: this is what makes the check above
            // atomic.
            sql.update("INSERT INTO seen VALUES (?, ?)", point, bundle.remember());
        }
        sql.update(
                "INSERT INTO waiting VALUES (?, ?, ?, ?, ?)",
                id,
                bundle.arrived(),
                bundle.remember(),
                join(bundle.points()),
                bundle.bundle());
    }

    @Override
    public List<Place> queue() throws StoreException {
        return store.read(sql -> sql.list(
                "SELECT id, arrived FROM waiting ORDER BY id", row -> new Place(row.getLong(1), row.getLong(2))));
    }

    @Override
    public Optional<Waiting> waiting(long id) throws StoreException {
        return store.read(sql -> find(sql, id));
    }

    private static Optional<Waiting> find(Sql sql, long id) throws SQLException {
        return sql.first(
                "SELECT arrived, remember, points, bundle FROM waiting WHERE id = ?",
                row -> new Waiting(
                        row.getLong(1), row.getLong(2), split(row.getBytes(3)), Blob.takeOver(row.getBytes(4))),
                id);
    }

    @Override
    public int filled() throws StoreException {
        return store.read(sql -> (int) sql.number("SELECT count(*) FROM slot"));
    }

    @Override
    public void fill(List<Slot> slots) throws StoreException {
        store.write("fill", sql -> write(sql, "INSERT OR IGNORE INTO slot VALUES (?, ?, ?, ?)", slots));
    }

    @Override
    public List<Long> leaving() throws StoreException {
        return store.read(sql -> sql.list("SELECT leaves FROM slot ORDER BY number", row -> row.getLong(1)));
    }

    @Override
    public List<Blob> hints(int first, int count) throws StoreException {
        return store.read(sql -> sql.list(
                "SELECT hint FROM slot WHERE number >= ? ORDER BY number LIMIT ?",
                row -> Blob.takeOver(row.getBytes(1)),
                first,
                count));
    }

    @Override
    public Blob envelope(int slot) throws StoreException {
        return store.read(sql -> sql.first(
                        "SELECT envelope FROM slot WHERE number = ?", row -> Blob.takeOver(row.getBytes(1)), slot)
                .orElseThrow(() -> new SQLException("no row in the slot")));
    }

    @Override
    public List<Slot> slots(int first, int count) throws StoreException {
        return store.read(sql -> sql.list(
                "SELECT number, leaves, hint, envelope FROM slot WHERE number >= ? ORDER BY number LIMIT ?",
                SqliteMailbox::slot,
                first,
                count));
    }

    @Override
    public Optional<Blob> buckets() throws StoreException {
        return store.read(sql -> sql.first(
                "SELECT buckets FROM mailbox WHERE buckets IS NOT NULL", row -> Blob.takeOver(row.getBytes(1))));
    }

    @Override
    public Optional<Epoch> lastEpoch() throws StoreException {
        return store.read(SqliteMailbox::last);
    }

    @Override
    public List<Epoch> epochs(long first) throws StoreException {
        return store.read(sql -> sql.list(
                "SELECT number, time, core, chain, head FROM epoch WHERE number >= ? ORDER BY number",
                SqliteMailbox::epoch,
                first));
    }

    @Override
    public boolean enter(Turn turn) throws StoreException {
        return store.write("turn", sql -> {
            Epoch epoch = turn.epoch();
            Optional<Epoch> last = last(sql);
            long expected = last.map(Epoch::number).orElse(0L) + 1;
            if (epoch.number() != expected || last.stream().anyMatch(l -> l.time() >= epoch.time())) {
                return false;
            }
            write(sql, "INSERT OR REPLACE INTO slot VALUES (?, ?, ?, ?)", turn.changed());
            for (Long id : turn.leaving()) {
                sql.update("DELETE FROM waiting WHERE id = ?", id);
            }
            sql.update("DELETE FROM seen WHERE remember <= ?", epoch.time());
            sql.update("UPDATE mailbox SET buckets = ?", turn.buckets());
            sql.update(
                    "INSERT INTO epoch VALUES (?, ?, ?, ?, ?)",
                    epoch.number(),
                    epoch.time(),
                    epoch.core(),
                    epoch.chain(),
                    epoch.head());
            sql.update("DELETE FROM epoch WHERE number <= ?", epoch.number() - turn.keepEpochs());
            return true;
        });
    }

    private static int write(Sql sql, String statement, List<Slot> slots) throws SQLException {
        int written = 0;
        for (Slot slot : slots) {
            written += sql.update(statement, slot.number(), slot.leavesAt(), slot.hint(), slot.envelope());
        }
        return written;
    }

    private static Optional<Epoch> last(Sql sql) throws SQLException {
        return sql.first(
                "SELECT number, time, core, chain, head FROM epoch ORDER BY number DESC LIMIT 1", SqliteMailbox::epoch);
    }

    private static Epoch epoch(ResultSet row) throws SQLException {
        return new Epoch(
                row.getLong(1),
                row.getLong(2),
                Digest.copyOf(row.getBytes(3)),
                Digest.copyOf(row.getBytes(4)),
                Blob.takeOver(row.getBytes(5)));
    }

    private static Slot slot(ResultSet row) throws SQLException {
        return new Slot(row.getInt(1), row.getLong(2), Blob.takeOver(row.getBytes(3)), Blob.takeOver(row.getBytes(4)));
    }

    private static byte[] join(List<Blob> points) {
        byte[] joined = new byte[points.size() * POINT_LENGTH];
        for (int i = 0; i < points.size(); i++) {
            System.arraycopy(points.get(i).toByteArray(), 0, joined, i * POINT_LENGTH, POINT_LENGTH);
        }
        return joined;
    }

    private static List<Blob> split(byte[] joined) {
        List<Blob> points = new ArrayList<>();
        for (int from = 0; from < joined.length; from += POINT_LENGTH) {
            points.add(Blob.takeOver(Arrays.copyOfRange(joined, from, from + POINT_LENGTH)));
        }
        return points;
    }
}
