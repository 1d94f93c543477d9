package org.lamplighter.core.evidence.seal;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.lamplighter.core.evidence.Content;
import org.lamplighter.core.evidence.ContentHasher;
import org.lamplighter.core.evidence.seal.FileChangedException.Reason;

/**
 * One reading of a file from its first to its last byte: hashes it, and refuses it as soon as it turns out not to be what
 * was announced. The end is looked at together with the last byte, so that the chunk with that byte is still in hand.
 */
final class Reading {
    private final InputStream in;
    private final long size;
    private final Predicate<Content> accepted;
    private final ContentHasher hasher;
    private long left;
    private @Nullable Content content;

    Reading(InputStream in, long size, Predicate<Content> accepted, Executor executor) {
        this.in = in;
        this.size = size;
        this.accepted = accepted;
        this.hasher = ContentHasher.on(executor);
        this.left = size;
    }

    /** The announced size in bytes. */
    long size() {
        return size;
    }

    /** Reads the next {@code length} bytes to the start of {@code block}, which must not change before {@link #release}. */
    void next(byte[] block, int length) throws IOException, FileChangedException {
        if (in.readNBytes(block, 0, length) < length) {
            throw new FileChangedException(Reason.SHORTER);
        }
        hasher.beginBlock(block, length);
        left -= length;
        if (left == 0) {
            finish();
        }
    }

    /** Waits until the block is no longer needed. */
    void release() throws IOException {
        hasher.endBlock();
    }

    /** What was read, when that was all. */
    Content finish() throws IOException, FileChangedException {
        Content known = content;
        if (known != null) {
            return known;
        }
        if (in.read() != -1) {
            throw new FileChangedException(Reason.LONGER);
        }
        hasher.endBlock();
        Content found = hasher.content();
        if (!accepted.test(found)) {
            throw new FileChangedException(Reason.OTHER_CONTENT);
        }
        content = found;
        return found;
    }
}
