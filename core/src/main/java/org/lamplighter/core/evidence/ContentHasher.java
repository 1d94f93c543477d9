package org.lamplighter.core.evidence;

import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.Digest;

/**
 * Computes {@link Content} while a file passes by in blocks. The hash of the whole file runs on an executor, so that with a
 * second core it costs no time beside the tree and the sealing.
 *
 * <p>One thread at a time calls it; the executor's work is over when {@link #endBlock} returns.
 */
public final class ContentHasher {
    private static final FutureTask<Void> NOTHING = new FutureTask<>(() -> {}, null);

    static {
        NOTHING.run();
    }

    private final Executor executor;
    private final MessageDigest whole = Sha256.start();
    private final ChunkTree tree = ChunkTree.start();
    private FutureTask<Void> running = NOTHING;
    private long size;

    private ContentHasher(Executor executor) {
        this.executor = executor;
    }

    /** Hashes the whole file on {@code executor}; {@code Runnable::run} means in the calling thread. */
    public static ContentHasher on(Executor executor) {
        return new ContentHasher(executor);
    }

    /** Takes the next {@code length} bytes at the start of {@code block}, which must not change before {@link #endBlock}. */
    public void beginBlock(byte[] block, int length) {
        running = new FutureTask<>(() -> whole.update(block, 0, length), null);
        executor.execute(running);
        tree.update(block, 0, length);
        size += length;
    }

    /** Waits until the block of {@link #beginBlock} is no longer needed. */
    public void endBlock() throws InterruptedIOException {
        try {
            running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while hashing");
        } catch (ExecutionException e) {
            throw new IllegalStateException("hashing failed", e);
        }
    }

    /** What passed by, once all blocks are ended. To be called once. */
    public Content content() {
        return new Content(size, tree.root(), Digest.copyOf(whole.digest()));
    }
}
