package org.lamplighter.station.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.station.store.ChunkTable;
import org.lamplighter.station.store.StoreException;

final class SqliteChunks implements ChunkTable {
    private static final String COLUMNS = "SELECT id, length, hash, day, sequence FROM chunk ";

    private final SqliteStore store;

    SqliteChunks(SqliteStore store) {
        this.store = store;
    }

    @Override
    public Optional<Chunk> find(ChunkId id) throws StoreException {
        return store.read(sql -> sql.first(COLUMNS + "WHERE id = ?", SqliteChunks::chunk, id));
    }

    @Override
    public Entered enter(Chunk chunk, long today, long quota) throws StoreException {
        return store.write("chunk", sql -> {
            if (sql.number("SELECT count(*) FROM chunk WHERE id = ?", chunk.id()) > 0) {
                return Entered.KNOWN;
            }
            sql.update("INSERT OR IGNORE INTO quota VALUES (?, 0)", today);
            int counted = sql.update(
                    "UPDATE quota SET bytes = bytes + ?1 WHERE day = ?2 AND bytes + ?1 <= ?3",
                    chunk.length(),
                    today,
                    quota);
            if (counted == 0) {
                return Entered.QUOTA_USED;
            }
            sql.update(
                    "INSERT INTO chunk (id, length, hash, day) VALUES (?, ?, ?, ?)",
                    chunk.id(),
                    chunk.length(),
                    chunk.hash(),
                    chunk.day());
            return Entered.ENTERED;
        });
    }

    @Override
    public long used(long today) throws StoreException {
        return store.read(sql -> sql.number("SELECT coalesce(sum(bytes), 0) FROM quota WHERE day = ?", today));
    }

    @Override
    public List<Numbered> after(long sequence, int limit) throws StoreException {
        return store.read(sql -> sql.list(
                COLUMNS + "WHERE sequence > ? ORDER BY sequence LIMIT ?",
                row -> new Numbered(row.getLong(5), chunk(row)),
                sequence,
                limit));
    }

    @Override
    public List<Chunk> expired(long day, int limit) throws StoreException {
        return store.read(
                sql -> sql.list(COLUMNS + "WHERE day < ? ORDER BY sequence LIMIT ?", SqliteChunks::chunk, day, limit));
    }

    @Override
    public void remove(List<ChunkId> ids, long today) throws StoreException {
        store.write("chunks", sql -> {
            int removed = 0;
            for (ChunkId id : ids) {
                removed += sql.update("DELETE FROM chunk WHERE id = ?", id);
            }
            sql.update("DELETE FROM quota WHERE day < ?", today);
            return removed;
        });
    }

    private static Chunk chunk(ResultSet row) throws SQLException {
        return new Chunk(
                ChunkId.copyOf(row.getBytes(1)), row.getInt(2), Digest.copyOf(row.getBytes(3)), row.getLong(4));
    }
}
