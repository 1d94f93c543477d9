package org.lamplighter.station.http;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What is sent back. The headers are the same for all of them but for length and type. */
sealed interface Answer {
    int status();

    /** Length of the body in bytes. */
    long length();

    /** Only an answer that a note is in is text. */
    default boolean isText() {
        return false;
    }

    /** No body. */
    record Empty(int status) implements Answer {
        @Override
        public long length() {
            return 0;
        }
    }

    /** A body from memory; {@code content} is read-only and shared between requests. */
    record Content(int status, ByteBuffer content, boolean isText) implements Answer {
        static Content of(ByteBuffer content) {
            return new Content(200, content, false);
        }

        @Override
        public long length() {
            return content.remaining();
        }
    }

    /** A body from disk. */
    record FileContent(int status, Path file, long length) implements Answer {}
}
