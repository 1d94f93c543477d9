package org.lamplighter.client;

import java.time.Instant;
import java.util.List;
import org.lamplighter.core.epoch.EpochClock.Freshness;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.epoch.Head;
import org.lamplighter.core.epoch.HeadMemory;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.prekey.VerifiedKeys;

/**
 * One epoch of a mailbox, every byte of which was verified: certificate by the newsroom's key, keys by the newsroom and the
 * journalists, head by the station's key, each file by its hash in the head. Immutable; keeps everything in memory, in as
 * many arrays as there are files.
 */
public final class VerifiedEpoch {
    private final StationCertificate certificate;
    private final VerifiedKeys keys;
    private final Head head;
    private final Freshness freshness;
    private final History history;
    private final byte[] hints;
    private final List<byte[]> bodyFiles;

    /** How the head stands to what the client remembers. */
    record History(boolean checked, boolean replaced) {}

    VerifiedEpoch(
            StationCertificate certificate,
            VerifiedKeys keys,
            Head head,
            Freshness freshness,
            History history,
            byte[] hints,
            List<byte[]> bodyFiles) {
        this.certificate = certificate;
        this.keys = keys;
        this.head = head;
        this.freshness = freshness;
        this.history = history;
        this.hints = hints;
        this.bodyFiles = bodyFiles;
    }

    public StationCertificate certificate() {
        return certificate;
    }

    public VerifiedKeys keys() {
        return keys;
    }

    public Head head() {
        return head;
    }

    /** Unless {@link Freshness#CURRENT}, what is found here must be shown as incomplete, and nothing may be sent (4.9). */
    public Freshness freshness() {
        return freshness;
    }

    /** Whether the head continues the one that the client remembers; false as well when it remembers none, or one too old (4.8). */
    public boolean isHistoryChecked() {
        return history.checked();
    }

    /**
     * Whether the newsroom has certified another key for the station since the last head that the client remembers: it was
     * restored from a backup, or replaced (docs/spec 9.7). What it had acknowledged shortly before may be lost.
     */
    public boolean isStationReplaced() {
        return history.replaced();
    }

    /** The hints file, N x 48 bytes. The array itself: not to be changed. */
    public byte[] hints() {
        return hints;
    }

    /** The sizes of this epoch's files. */
    public EpochLayout layout() {
        return new EpochLayout(certificate.parameters().slots());
    }

    /** Body file {@code index}, 0 to 63. The array itself: not to be changed. */
    public byte[] bodyFile(int index) {
        return bodyFiles.get(index);
    }

    /** What to remember of this epoch for the next session. */
    public HeadMemory memory() {
        return HeadMemory.of(head);
    }

    /** Refuses an epoch that is not current at {@code now} (4.9): before long work that ends in sending. */
    public VerifiedEpoch requireCurrent(Instant now) throws StationFailure {
        EpochDownload.requireCurrent(certificate, head, now);
        return this;
    }
}
