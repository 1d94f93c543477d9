package org.lamplighter.client;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.lamplighter.core.collect.ChunkReceipt;
import org.lamplighter.core.evidence.SealedChunk;

/**
 * Brings chunk after chunk to the station, in a thread of its own: while one is on its way the caller can seal the next, so
 * that sealing, the network and the station's disk do not wait for each other. At the station it looks as one chunk at a time
 * does: one connection, a request after the answer to the one before. One thread at a time calls it.
 */
public final class ChunkStream implements AutoCloseable {
    private final ChunkUploader uploader;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("chunk-stream").factory());
    private Optional<Future<ChunkReceipt>> onItsWay = Optional.empty();

    private ChunkStream(ChunkUploader uploader) {
        this.uploader = uploader;
    }

    /** Uploads with {@code uploader}, which it closes in the end. */
    public static ChunkStream over(ChunkUploader uploader) {
        return new ChunkStream(uploader);
    }

    /**
     * Sends {@code chunk} once the one before has its receipt; does not wait for the receipt of this one.
     *
     * @param sent as for {@link ChunkUploader#upload}, from another thread
     * @throws StationFailure of the chunk before: this one was not sent
     */
    public void send(SealedChunk chunk, ChunkUploader.Sent sent) throws StationFailure {
        settle();
        onItsWay = Optional.of(thread.submit(() -> uploader.upload(chunk, sent)));
    }

    /** Waits for the receipt of the last chunk; when this returns there are receipts for all of them. */
    public void settle() throws StationFailure {
        if (onItsWay.isEmpty()) {
            return;
        }
        Future<ChunkReceipt> last = onItsWay.get();
        onItsWay = Optional.empty();
        StationFailure.resultOf(last);
    }

    /** Gives up what is still on its way. */
    @Override
    public void close() {
        thread.shutdownNow();
        uploader.close();
        thread.close();
    }
}
