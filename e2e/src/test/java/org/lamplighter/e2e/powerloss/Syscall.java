package org.lamplighter.e2e.powerloss;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * One call that changed files or forced them to disk, as {@link TraceReader} read it. Paths are absolute.
 *
 * @param begin order in which it was called
 * @param end order in which it returned; between the two it may have happened in part
 * @param micros microseconds since 1970 at which it was called
 */
record Syscall(long begin, long end, long micros, Action action) {
    /** What a call does. */
    sealed interface Action {
        /** Opens a file for writing, which may have to be created, or cut to nothing. */
        record Open(int descriptor, Path file, boolean creates, boolean truncates, boolean appends) implements Action {}

        /** Moves to where the next {@link Write} without an offset goes. */
        record Seek(int descriptor, Path file, long position) implements Action {}

        /** Writes at an offset, or at the position of the descriptor when that is negative. */
        record Write(int descriptor, Path file, long offset, ByteBuffer bytes) implements Action {}

        record Truncate(Path file, long size) implements Action {}

        /** Returns when a file's bytes, or a folder's names, are on disk. */
        record Force(Path file) implements Action {}

        record Rename(Path from, Path to) implements Action {}

        record Unlink(Path file) implements Action {}

        record MakeFolder(Path folder) implements Action {}
    }
}
