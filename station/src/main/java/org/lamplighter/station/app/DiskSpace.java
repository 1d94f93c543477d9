package org.lamplighter.station.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.station.mailbox.QueueDraw;

/**
 * Evidence must not fill the disk to the point where bundles cannot be kept: what the mailbox may need is set aside, and
 * chunks get the rest.
 */
final class DiskSpace {
    /** Epochs on disk at a time: served ones, the one being built, and its rows once more in the log of the database. */
    private static final long EPOCHS = 6;

    private static final long SPARE = 64L << 20;

    private DiskSpace() {}

    /** Bytes that chunks may still take; 0 when there are none. */
    static long forChunks(Path folder, StationParameters parameters) {
        try {
            return Math.max(0, Files.getFileStore(folder).getUsableSpace() - forMailbox(parameters));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes set aside: a full queue, and the files of some epochs. */
    static long forMailbox(StationParameters parameters) {
        long queue = (long) QueueDraw.LIMIT * Bundle.length(parameters.envelopes());
        EpochLayout layout = new EpochLayout(parameters.slots());
        long epoch = layout.hintsLength() + (long) EpochLayout.BODY_FILES * layout.bodyFileLength();
        return queue + EPOCHS * epoch + SPARE;
    }
}
