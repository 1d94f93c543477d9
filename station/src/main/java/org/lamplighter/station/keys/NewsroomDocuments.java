package org.lamplighter.station.keys;

import java.util.Optional;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.DocumentStore;
import org.lamplighter.station.store.DocumentStore.Document;
import org.lamplighter.station.store.DocumentStore.Kind;
import org.lamplighter.station.store.StoreException;

/**
 * Certificate and roster as they are installed, verified. {@code station install} may replace them while the station runs;
 * {@link #refresh} looks. Thread-safe.
 */
public final class NewsroomDocuments {
    private final NewsroomKey newsroom;
    private final VerifyingKey station;
    private final DocumentStore store;
    private volatile Verified verified = new Verified(Optional.empty(), Optional.empty());

    private NewsroomDocuments(NewsroomKey newsroom, VerifyingKey station, DocumentStore store) {
        this.newsroom = newsroom;
        this.station = station;
        this.store = store;
    }

    /** Documents of {@code newsroom} about the station whose key is {@code station}; nothing is read yet. */
    public static NewsroomDocuments of(NewsroomKey newsroom, VerifyingKey station, DocumentStore store) {
        return new NewsroomDocuments(newsroom, station, store);
    }

    /** Both documents of one moment. */
    public record Verified(Optional<StationCertificate> certificate, Optional<Roster> roster) {}

    /** As of the last {@link #refresh}. */
    public Verified current() {
        return verified;
    }

    /**
     * Reads what is installed.
     *
     * @throws StoreException also when a document does not verify: it did when it was installed
     */
    public Verified refresh() throws StoreException {
        Verified old = verified;
        try {
            Optional<Blob> certificate = store.find(Kind.CERTIFICATE).map(Document::note);
            Optional<Blob> roster = store.find(Kind.ROSTER).map(Document::note);
            verified = new Verified(
                    certificate.equals(old.certificate().map(c -> Blob.takeOver(c.toByteArray())))
                            ? old.certificate()
                            : ofThisStation(certificate.orElseThrow()),
                    roster.equals(old.roster().map(r -> Blob.takeOver(r.toByteArray())))
                            ? old.roster()
                            : Optional.of(Roster.verify(roster.orElseThrow().toByteArray(), newsroom)));
            return verified;
        } catch (MalformedException e) {
            throw new StoreException(StoreException.Kind.DAMAGED, "an installed document does not verify", e);
        }
    }

    /**
     * Nothing when the certificate is for another key: it came with a backup, and the station has a new key since (docs/spec
     * 9.6). It stays installed, so that no certificate with a smaller number can be.
     */
    private Optional<StationCertificate> ofThisStation(Blob note) throws MalformedException {
        return Optional.of(StationCertificate.verify(note.toByteArray(), newsroom))
                .filter(certificate -> certificate.station().equals(station));
    }
}
