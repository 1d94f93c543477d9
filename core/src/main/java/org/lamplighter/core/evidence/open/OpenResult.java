package org.lamplighter.core.evidence.open;

/** What became of an attempt to open a file or a document. */
public sealed interface OpenResult {
    /** All checks passed: what was written is what was sealed, all {@code size} bytes of it. */
    record Opened(long size) implements OpenResult {}

    /** {@code chunks} chunks have not arrived; what may have been written is worthless. */
    record Missing(long chunks) implements OpenResult {}

    /** Something is not what was sealed; what may have been written is worthless. */
    record Damaged(Damage reason) implements OpenResult {}

    /** What is wrong, in the order of the checks (docs/spec 5.8). */
    enum Damage {
        /** A part key that is not the one committed to. */
        COMMITMENT,
        /** A chunk of another length than its part has. */
        CHUNK_LENGTH,
        /** A segment that is not authentic at its place, the final flag included. */
        SEGMENT,
        /** Padding that is not zero. */
        PADDING,
        /** Another chunk root than announced. */
        CHUNK_ROOT,
        /** Another SHA-256 than announced. */
        SHA256
    }
}
