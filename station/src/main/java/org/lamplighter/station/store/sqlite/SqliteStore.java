package org.lamplighter.station.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.lamplighter.station.durable.Moments;
import org.lamplighter.station.store.ChunkTable;
import org.lamplighter.station.store.DocumentStore;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.PrekeyStore;
import org.lamplighter.station.store.StationStore;
import org.lamplighter.station.store.StoreException;
import org.lamplighter.station.store.StoreException.Kind;
import org.lamplighter.station.store.sqlite.GroupCommit.Acknowledge;
import org.lamplighter.station.store.sqlite.GroupCommit.Work;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/** The strong store in one SQLite file. Deleted content is overwritten with zeros ({@code secure_delete}). Thread-safe. */
public final class SqliteStore implements StationStore {
    /** How long a call waits for another process, e.g. {@code station install}. */
    private static final int BUSY_MILLIS = 10_000;

    private final Optional<GroupCommit> writer;
    private final Sql reader;
    private final ReentrantLock readerLock = new ReentrantLock();

    private SqliteStore(Optional<GroupCommit> writer, Sql reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /** Creates {@code file} with empty tables; fails when there is one. */
    public static void create(Path file) throws StoreException {
        if (Files.exists(file)) {
            throw new StoreException(Kind.FAILED, "there is a database already");
        }
        try (Sql sql = connect(file, false)) {
            Schema.CURRENT.create(sql);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    /** Opens {@code file}, which must exist, and upgrades it when it is of an older version. */
    public static SqliteStore open(Path file, Moments moments) throws StoreException {
        return open(file, moments, Acknowledge.AFTER_COMMIT, Schema.CURRENT);
    }

    /** Opens {@code file} without changing it; every method that would change it fails. */
    public static SqliteStore openReadOnly(Path file) throws StoreException {
        requireFile(file);
        try {
            Sql reader = connect(file, true);
            try {
                Schema.CURRENT.requireCurrent(reader);
                return new SqliteStore(Optional.empty(), reader);
            } catch (SQLException | StoreException e) {
                reader.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    static SqliteStore open(Path file, Moments moments, Acknowledge acknowledge, Schema schema) throws StoreException {
        requireFile(file);
        try {
            Sql first = connect(file, false);
            try {
                schema.upgrade(first);
                return new SqliteStore(
                        Optional.of(GroupCommit.start(first, moments, acknowledge)), connect(file, false));
            } catch (SQLException | StoreException e) {
                first.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    /**
     * Writes the whole database, as it is at one moment, to {@code copy}, which must not exist, while others go on writing, and
     * takes its heads out: whoever goes on from a copy must not sign a second head for a number (docs/spec 9.6).
     */
    public void copyWithoutHeads(Path copy) throws StoreException {
        read(sql -> sql.update("VACUUM INTO ?", copy.toAbsolutePath().toString()));
        try (Sql sql = connect(copy, false)) {
            Schema.CURRENT.requireCurrent(sql);
            sql.update("DELETE FROM epoch");
            sql.number("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public DocumentStore documents() {
        return new SqliteDocuments(this);
    }

    @Override
    public MailboxStore mailbox() {
        return new SqliteMailbox(this);
    }

    @Override
    public PrekeyStore prekeys() {
        return new SqlitePrekeys(this);
    }

    @Override
    public ChunkTable chunks() {
        return new SqliteChunks(this);
    }

    @Override
    public List<String> defects() throws StoreException {
        return read(sql -> sql.list("PRAGMA integrity_check", row -> row.getString(1)).stream()
                .filter(line -> !line.equals("ok"))
                .toList());
    }

    @Override
    public void compact() throws StoreException {
        read(sql -> sql.number("PRAGMA wal_checkpoint(TRUNCATE)"));
    }

    @Override
    public void close() throws StoreException {
        try (reader) {
            if (writer.isPresent()) {
                writer.get().close();
            }
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    <T> T read(Work<T> query) throws StoreException {
        readerLock.lock();
        try {
            return query.run(reader);
        } catch (SQLException e) {
            throw Failures.of(e);
        } finally {
            readerLock.unlock();
        }
    }

    <T> T write(String name, Work<T> work) throws StoreException {
        if (writer.isEmpty()) {
            throw new StoreException(Kind.FAILED, "the database was opened for reading only");
        }
        return writer.get().commit(name, work);
    }

    private static void requireFile(Path file) throws StoreException {
        if (!Files.isRegularFile(file)) {
            throw new StoreException(Kind.DAMAGED, "there is no database");
        }
    }

    private static Sql connect(Path file, boolean readOnly) throws SQLException, StoreException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setReadOnly(readOnly);
        if (!readOnly) {
            config.setJournalMode(JournalMode.WAL);
            config.setSynchronous(SynchronousMode.FULL);
            config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + (readOnly && isFrozen(file) ? frozen(file) : file.toAbsolutePath()));
        return new Sql(source.getConnection());
    }

    /** On a disk that cannot be written SQLite has no place for what its readers share, and needs none. */
    private static boolean isFrozen(Path file) {
        return !Files.isWritable(file.toAbsolutePath().resolveSibling(""));
    }

    private static String frozen(Path file) throws StoreException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        try {
            if (Files.exists(log) && Files.size(log) > 0) {
                throw new StoreException(Kind.READ_ONLY, "the database has changes that are not merged");
            }
        } catch (IOException e) {
            throw new StoreException(Kind.FAILED, "the database cannot be read", e);
        }
        return "file:" + file.toUri().getRawPath() + "?immutable=1";
    }
}
