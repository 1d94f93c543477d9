package org.lamplighter.station.store.sqlite;

import java.util.Optional;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.DocumentStore;
import org.lamplighter.station.store.StoreException;

final class SqliteDocuments implements DocumentStore {
    private final SqliteStore store;

    SqliteDocuments(SqliteStore store) {
        this.store = store;
    }

    @Override
    public Optional<Document> find(Kind kind) throws StoreException {
        return store.read(sql -> sql.first(
                "SELECT serial, note FROM document WHERE kind = ?",
                row -> new Document(kind, row.getLong(1), Blob.takeOver(row.getBytes(2))),
                kind.name()));
    }

    @Override
    public Installed install(Document document) throws StoreException {
        String kind = document.kind().name();
        return store.write("document", sql -> {
            int same = (int)
                    sql.number("SELECT count(*) FROM document WHERE kind = ? AND note = ?", kind, document.note());
            if (same == 1) {
                return Installed.UNCHANGED;
            }
            int changed = sql.update(
                    "INSERT INTO document VALUES (?1, ?2, ?3) ON CONFLICT (kind) DO UPDATE SET serial = ?2, note = ?3"
                            + " WHERE serial < ?2",
                    kind,
                    document.serial(),
                    document.note());
            return changed == 1 ? Installed.INSTALLED : Installed.ROLLED_BACK;
        });
    }
}
