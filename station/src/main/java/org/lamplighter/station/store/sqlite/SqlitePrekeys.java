package org.lamplighter.station.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.PrekeyStore;
import org.lamplighter.station.store.StoreException;

final class SqlitePrekeys implements PrekeyStore {
    private final SqliteStore store;

    SqlitePrekeys(SqliteStore store) {
        this.store = store;
    }

    @Override
    public void add(List<StoredPrekey> prekeys) throws StoreException {
        store.write("prekeys", sql -> {
            int added = 0;
            for (StoredPrekey prekey : prekeys) {
                added += sql.update(
                        "INSERT OR IGNORE INTO prekey VALUES (?, ?, ?)",
                        prekey.journalist(),
                        prekey.slot(),
                        prekey.entry());
            }
            return added;
        });
    }

    @Override
    public Optional<StoredPrekey> find(JournalistId journalist, long slot) throws StoreException {
        return store.read(sql -> sql.first(
                "SELECT journalist, slot, entry FROM prekey WHERE journalist = ? AND slot = ?",
                SqlitePrekeys::prekey,
                journalist,
                slot));
    }

    @Override
    public List<Long> slots(JournalistId journalist, long firstSlot) throws StoreException {
        return store.read(sql -> sql.list(
                "SELECT slot FROM prekey WHERE journalist = ? AND slot >= ? ORDER BY slot",
                row -> row.getLong(1),
                journalist,
                firstSlot));
    }

    @Override
    public List<StoredPrekey> all() throws StoreException {
        return store.read(sql -> sql.list(
                "SELECT journalist, slot, entry FROM prekey ORDER BY journalist, slot", SqlitePrekeys::prekey));
    }

    @Override
    public void forgetBefore(long slot) throws StoreException {
        store.write("prekeys", sql -> sql.update("DELETE FROM prekey WHERE slot < ?", slot));
    }

    @Override
    public int forget(JournalistId journalist) throws StoreException {
        return store.write("prekeys", sql -> sql.update("DELETE FROM prekey WHERE journalist = ?", journalist));
    }

    private static StoredPrekey prekey(ResultSet row) throws SQLException {
        return new StoredPrekey(JournalistId.copyOf(row.getBytes(1)), row.getLong(2), Blob.takeOver(row.getBytes(3)));
    }
}
