package org.lamplighter.station.store;

import java.util.List;

/**
 * The strong store of a station. Every method of the four parts is one transaction: it happens wholly or not at all, it is
 * durable (forced to disk, so that it survives a loss of power) before the call returns, and calls from several threads
 * behave as if they came one after the other. A call that throws has changed nothing.
 *
 * <p>Not promised: that a reader sees the parts at one and the same moment, or any speed. One process writes at a time
 * ({@code station run} holds the lock of the folder), but {@code station install} may add a document beside it.
 * Thread-safe.
 */
public interface StationStore extends AutoCloseable {
    DocumentStore documents();

    MailboxStore mailbox();

    PrekeyStore prekeys();

    ChunkTable chunks();

    /** What the store finds wrong with its own structure, one line each; empty when it is sound. Reads everything. */
    List<String> defects() throws StoreException;

    /** Gives freed space back to the disk and drops what the write-ahead log still holds of deleted content. */
    void compact() throws StoreException;

    @Override
    void close() throws StoreException;
}
