package org.lamplighter.station.check;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lamplighter.console.Faults;
import org.lamplighter.console.Finding;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.prekey.PrekeyEntry;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.chunks.ChunkFolder;
import org.lamplighter.station.epoch.EpochFolders;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.DocumentStore.Document;
import org.lamplighter.station.store.DocumentStore.Kind;
import org.lamplighter.station.store.PrekeyStore.StoredPrekey;
import org.lamplighter.station.store.StationStore;

/**
 * Checks a whole station (docs/operations/station.md lists what). On a running station the parts are read one after the other
 * while it goes on: what arrives or leaves in between may look like a fault, and {@link Finding#confirmedBy} tells.
 */
public final class StationCheck {
    private final NewsroomKey newsroom;
    private final VerifyingKey station;
    private final StationStore store;
    private final List<Finding> findings = new ArrayList<>();

    private StationCheck(NewsroomKey newsroom, VerifyingKey station, StationStore store) {
        this.newsroom = newsroom;
        this.station = station;
        this.store = store;
    }

    /**
     * All findings, in a fixed order.
     *
     * @param today days since 1970, UTC
     */
    public static List<Finding> run(
            NewsroomKey newsroom,
            VerifyingKey station,
            StationStore store,
            EpochFolders epochs,
            ChunkFolder chunks,
            long today)
            throws IOException {
        StationCheck check = new StationCheck(newsroom, station, store);
        check.database();
        Optional<StationCertificate> certificate = check.certificate();
        Optional<Roster> roster = check.roster();
        check.prekeys(roster);
        if (certificate.isPresent()) {
            StationParameters parameters = certificate.get().parameters();
            check.findings.addAll(MailboxCheck.run(store.mailbox(), parameters));
            check.findings.addAll(EpochCheck.run(store.mailbox(), epochs, newsroom, certificate.get()));
        }
        check.findings.addAll(ChunkCheck.run(
                store.chunks(),
                chunks,
                certificate.map(StationCertificate::parameters),
                Math.max(today, check.lastDay())));
        return List.copyOf(check.findings);
    }

    /** The day of the last head: when the clock has gone back since, chunks are still kept from there on. */
    private long lastDay() throws IOException {
        return store.mailbox()
                .lastEpoch()
                .map(epoch -> Validity.day(Instant.ofEpochSecond(epoch.time())))
                .orElse(0L);
    }

    private void database() throws IOException {
        Faults faults = new Faults();
        store.defects().forEach(faults::add);
        findings.add(faults.finding("database is sound", ""));
    }

    private Optional<StationCertificate> certificate() throws IOException {
        String name = "certificate is signed by this newsroom for this station";
        Optional<Document> document = store.documents().find(Kind.CERTIFICATE);
        if (document.isEmpty()) {
            findings.add(new Finding(name, List.of(), "none installed yet"));
            return Optional.empty();
        }
        try {
            Blob note = document.get().note();
            StationCertificate certificate = StationCertificate.verify(note.toByteArray(), newsroom);
            Faults faults = new Faults();
            // Without a head the station was restored and waits for a certificate of its new key (docs/spec 9.6).
            boolean waits = !certificate.station().equals(station)
                    && store.mailbox().lastEpoch().isEmpty();
            faults.addIf(!waits && !certificate.station().equals(station), "it is for another station");
            faults.addIf(certificate.serial() != document.get().serial(), "its number is not the one entered");
            findings.add(faults.finding(
                    name,
                    "number " + certificate.serial()
                            + (waits ? ", of the key before the restore: a new one is due" : "")));
            return Optional.of(certificate);
        } catch (MalformedException e) {
            findings.add(new Finding(name, List.of(String.valueOf(e.getMessage())), ""));
            return Optional.empty();
        }
    }

    private Optional<Roster> roster() throws IOException {
        String name = "roster is signed by this newsroom";
        Optional<Document> document = store.documents().find(Kind.ROSTER);
        if (document.isEmpty()) {
            findings.add(new Finding(name, List.of(), "none installed yet"));
            return Optional.empty();
        }
        try {
            Roster roster = Roster.verify(document.get().note().toByteArray(), newsroom);
            Faults faults = new Faults();
            faults.addIf(roster.serial() != document.get().serial(), "its number is not the one entered");
            findings.add(faults.finding(name, "number " + roster.serial()));
            return Optional.of(roster);
        } catch (MalformedException e) {
            findings.add(new Finding(name, List.of(String.valueOf(e.getMessage())), ""));
            return Optional.empty();
        }
    }

    private void prekeys(Optional<Roster> roster) throws IOException {
        Faults faults = new Faults();
        List<StoredPrekey> all = store.prekeys().all();
        for (StoredPrekey prekey : all) {
            Optional<RosterJournalist> journalist = roster.flatMap(r -> r.byId(prekey.journalist()));
            if (journalist.isEmpty()) {
                faults.add("prekeys of somebody who is not in the roster");
                continue;
            }
            try {
                boolean present = PrekeyEntry.verify(
                                prekey.entry().toByteArray(),
                                newsroom.id(),
                                journalist.get().key(),
                                prekey.slot())
                        .isPresent();
                faults.addIf(!present, "an empty prekey");
            } catch (MalformedException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        findings.add(faults.finding("prekeys are signed by their journalists", all.size() + " prekeys"));
    }
}
