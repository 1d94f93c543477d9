package org.lamplighter.core.scan;

import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.secret.SecretBytes;

/** A row of the scanning key: where its body is, and the key of the body, which closing wipes. */
public final class Match implements AutoCloseable {
    private final EpochLayout layout;
    private final int position;
    private final SecretBytes bodyKey;

    Match(EpochLayout layout, int position, SecretBytes bodyKey) {
        this.layout = layout;
        this.position = position;
        this.bodyKey = bodyKey;
    }

    /** The row in the epoch, from 0. It means nothing in another epoch. */
    public int position() {
        return position;
    }

    /** Which body file holds the row, 0 to 63. */
    public int bodyFile() {
        return position / layout.rowsPerBodyFile();
    }

    /** Where in that file the row begins, in bytes. */
    public int offsetInBodyFile() {
        return position % layout.rowsPerBodyFile() * EpochLayout.BODY_LENGTH;
    }

    SecretBytes bodyKey() {
        return bodyKey;
    }

    @Override
    public void close() {
        bodyKey.close();
    }

    @Override
    public String toString() {
        return "Match[REDACTED]";
    }
}
