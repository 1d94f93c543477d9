package org.lamplighter.client;

/** A complete answer of the station. */
final class Answer {
    private final int status;
    private final byte[] body;

    /** Takes over {@code body}. */
    Answer(int status, byte[] body) {
        this.status = status;
        this.body = body;
    }

    int status() {
        return status;
    }

    /** The bytes themselves, not a copy. */
    byte[] body() {
        return body;
    }
}
