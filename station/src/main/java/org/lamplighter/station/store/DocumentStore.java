package org.lamplighter.station.store;

import java.util.Optional;

/** The newsroom's signed notes: the certificate of this station and the roster. Holds one of each, the newest. */
public interface DocumentStore {
    /** What a note is. */
    enum Kind {
        CERTIFICATE,
        ROSTER
    }

    /** What became of a note. */
    enum Installed {
        /** The first, or newer than the one before. */
        INSTALLED,
        /** The very same bytes were there already. */
        UNCHANGED,
        /** A larger serial, or other bytes with the same serial, is there already; nothing was changed. */
        ROLLED_BACK
    }

    /** A note as it was signed. Its serial never goes back. */
    record Document(Kind kind, long serial, Blob note) {}

    Optional<Document> find(Kind kind) throws StoreException;

    Installed install(Document document) throws StoreException;
}
