package org.lamplighter.station.store.sqlite;

import java.sql.SQLException;
import java.util.List;
import org.lamplighter.station.store.StoreException;
import org.lamplighter.station.store.StoreException.Kind;

/**
 * The tables, and the steps from each older version to the next. {@code PRAGMA user_version} says how many steps were done;
 * a file with more than this program knows is refused, one with fewer is brought up in one transaction.
 */
record Schema(List<String> steps) {
    /** Marks a file as ours: "LLst". */
    private static final int APPLICATION_ID = 0x4c4c7374;

    /** Every step ever released, in order; a released step is never changed. */
    static final Schema CURRENT = new Schema(List.of("""
        CREATE TABLE document (kind TEXT PRIMARY KEY, serial INTEGER NOT NULL, note BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE mailbox (only INTEGER PRIMARY KEY CHECK (only = 1), offered INTEGER NOT NULL, buckets BLOB) STRICT;
        INSERT INTO mailbox VALUES (1, 0, NULL);
        CREATE TABLE waiting (id INTEGER PRIMARY KEY, arrived INTEGER NOT NULL, remember INTEGER NOT NULL,
            points BLOB NOT NULL, bundle BLOB NOT NULL) STRICT;
        CREATE TABLE seen (point BLOB PRIMARY KEY, remember INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE slot (number INTEGER PRIMARY KEY, leaves INTEGER NOT NULL, hint BLOB NOT NULL,
            envelope BLOB NOT NULL) STRICT;
        CREATE INDEX slot_leaves ON slot (number, leaves);
        CREATE TABLE epoch (number INTEGER PRIMARY KEY, time INTEGER NOT NULL, core BLOB NOT NULL, chain BLOB NOT NULL,
            head BLOB NOT NULL) STRICT;
        CREATE TABLE prekey (journalist BLOB NOT NULL, slot INTEGER NOT NULL, entry BLOB NOT NULL,
            PRIMARY KEY (journalist, slot)) STRICT;
        CREATE TABLE chunk (sequence INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, length INTEGER NOT NULL,
            hash BLOB NOT NULL, day INTEGER NOT NULL) STRICT;
        CREATE TABLE quota (day INTEGER PRIMARY KEY, bytes INTEGER NOT NULL) STRICT;
        """));

    Schema {
        steps = List.copyOf(steps);
    }

    /** Creates the tables in an empty file. */
    void create(Sql sql) throws SQLException {
        sql.execute("PRAGMA application_id = " + APPLICATION_ID);
        apply(sql, 0);
    }

    /** Refuses a file that is not ours or newer; otherwise brings it up to date. */
    void upgrade(Sql sql) throws SQLException, StoreException {
        int version = check(sql);
        if (version < steps.size()) {
            apply(sql, version);
        }
    }

    /** Refuses a file that is not ours, newer, or (for a reader, which cannot upgrade) older. */
    void requireCurrent(Sql sql) throws SQLException, StoreException {
        if (check(sql) < steps.size()) {
            throw new StoreException(Kind.FAILED, "the database is of an older version and not upgraded yet");
        }
    }

    private int check(Sql sql) throws SQLException, StoreException {
        if (sql.number("PRAGMA application_id") != APPLICATION_ID) {
            throw new StoreException(Kind.DAMAGED, "the database is not one of a station");
        }
        int version = (int) sql.number("PRAGMA user_version");
        if (version > steps.size()) {
            throw new StoreException(Kind.NEWER, "the database was made by a newer version");
        }
        return version;
    }

    private void apply(Sql sql, int from) throws SQLException {
        sql.execute("BEGIN IMMEDIATE");
        for (String step : steps.subList(from, steps.size())) {
            for (String statement : step.split(";\n", -1)) {
                if (!statement.isBlank()) {
                    sql.execute(statement);
                }
            }
        }
        sql.execute("PRAGMA user_version = " + steps.size());
        sql.execute("COMMIT");
    }
}
