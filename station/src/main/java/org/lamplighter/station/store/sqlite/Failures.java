package org.lamplighter.station.store.sqlite;

import java.sql.SQLException;
import org.lamplighter.station.store.StoreException;
import org.lamplighter.station.store.StoreException.Kind;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an error of SQLite means to the operator. */
final class Failures {
    private Failures() {}

    static StoreException of(SQLException failure) {
        Kind kind = failure instanceof SQLiteException sqlite ? kind(sqlite.getResultCode()) : Kind.FAILED;
        return new StoreException(kind, text(kind), failure);
    }

    private static Kind kind(SQLiteErrorCode code) {
        // The low byte is the primary code; the rest tells variants of it.
        return switch (code.code & 0xff) {
            case 5, 6 -> Kind.BUSY;
            case 11, 26 -> Kind.DAMAGED;
            case 13 -> Kind.FULL;
            default -> Kind.FAILED;
        };
    }

    private static String text(Kind kind) {
        return switch (kind) {
            case FULL -> "no space left for the database";
            case BUSY -> "the database is in use by another process";
            case DAMAGED -> "the database is damaged or not one of a station";
            case NEWER -> "the database was made by a newer version";
            case READ_ONLY, FAILED -> "the database cannot be read or written";
        };
    }
}
