package org.lamplighter.client;

/** What a connection is for. Connections of two purposes never share a circuit, so that the station cannot join them. */
public enum Purpose {
    /** A session with the mailbox (4.11) and its one POST. */
    MAILBOX,
    /** Upload of prekeys (6.5), which names a journalist. */
    PREKEYS,
    /** Upload of chunks (6.7), which only sources do. */
    EVIDENCE,
    /** Collection of chunks (6.6, 6.8), which names a journalist. */
    COLLECTOR
}
