package org.lamplighter.station.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.station.epoch.PublishedEpochs;
import org.lamplighter.station.mailbox.QueueDraw;

/**
 * Evidence must not fill the disk to the point where bundles cannot be kept: what the mailbox may need is set aside, and
 * chunks get the rest.
 */
final class DiskSpace {
    private static final long SPARE = 64L << 20;
    private static final long LEAST_SPARE = 2L << 20;
    private static final long EXHAUSTED = 256L << 10;

    private DiskSpace() {}

    /** Bytes that chunks may still take; 0 when there are none. */
    static long forChunks(Path folder, StationParameters parameters) {
        try {
            return Math.max(0, free(folder) - forMailbox(parameters));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether not even the next epoch finds room. */
    static boolean isFull(Path folder, StationParameters parameters) throws IOException {
        return free(folder) < epoch(parameters) + LEAST_SPARE;
    }

    /** Whether there is no room even to open the database; false when that cannot be told. */
    static boolean isExhausted(Path folder) {
        try {
            return free(folder) < EXHAUSTED;
        } catch (IOException e) {
            return false;
        }
    }

    static long free(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Bytes set aside: a full queue, and the files of some epochs. */
    static long forMailbox(StationParameters parameters) {
        long queue = (long) QueueDraw.LIMIT * Bundle.length(parameters.envelopes());
        // The rows stand once more in the log of the database.
        return queue + (PublishedEpochs.most(parameters.epochSeconds()) + 1) * epoch(parameters) + SPARE;
    }

    private static long epoch(StationParameters parameters) {
        EpochLayout layout = new EpochLayout(parameters.slots());
        return layout.hintsLength() + (long) EpochLayout.BODY_FILES * layout.bodyFileLength();
    }
}
