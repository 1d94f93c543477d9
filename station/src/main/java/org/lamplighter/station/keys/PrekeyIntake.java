package org.lamplighter.station.keys;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.prekey.KeysFile;
import org.lamplighter.core.prekey.PrekeyEntry;
import org.lamplighter.core.prekey.PrekeyUpload;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.PrekeyStore;
import org.lamplighter.station.store.PrekeyStore.StoredPrekey;
import org.lamplighter.station.store.StoreException;

/** Takes prekeys from journalists and gives them out in the keys file (docs/spec 1.6, 1.7). Thread-safe. */
public final class PrekeyIntake {
    /** Slots further ahead than this are refused: bounds what a journalist can store. */
    public static final int MOST_SLOTS_AHEAD = 192;

    private final NewsroomKey newsroom;
    private final PrekeyStore store;

    private PrekeyIntake(NewsroomKey newsroom, PrekeyStore store) {
        this.newsroom = newsroom;
        this.store = store;
    }

    public static PrekeyIntake of(NewsroomKey newsroom, PrekeyStore store) {
        return new PrekeyIntake(newsroom, store);
    }

    /**
     * Keeps those prekeys of an upload whose slots are new and not over.
     *
     * @param currentSlot the prekey slot of now
     * @return false when it is not an upload, not of an active journalist, or too far ahead; true otherwise, whether or not
     *     anything was new
     */
    public boolean upload(byte[] body, Roster roster, long currentSlot) throws StoreException {
        PrekeyUpload upload;
        try {
            upload = PrekeyUpload.verify(body, newsroom.id());
        } catch (MalformedException e) {
            return false;
        }
        long lastSlot = upload.firstSlot() + PrekeyUpload.COUNT - 1;
        boolean active = roster.journalists().stream()
                .anyMatch(
                        journalist -> journalist.isActive() && journalist.key().equals(upload.journalist()));
        if (!active || lastSlot > currentSlot + MOST_SLOTS_AHEAD) {
            return false;
        }
        store.add(LongStream.rangeClosed(Math.max(currentSlot, upload.firstSlot()), lastSlot)
                .mapToObj(slot -> new StoredPrekey(
                        upload.journalistId(),
                        slot,
                        Blob.takeOver(upload.entry(slot).toByteArray())))
                .toList());
        return true;
    }

    /** The keys file for {@code slot}. */
    public byte[] keysFile(Roster roster, long slot) throws StoreException {
        Map<JournalistId, PrekeyEntry> entries = new HashMap<>();
        for (RosterJournalist journalist : roster.journalists()) {
            Optional<StoredPrekey> stored = store.find(journalist.id(), slot);
            if (journalist.isActive() && stored.isPresent()) {
                verify(stored.get(), journalist).ifPresent(entry -> entries.put(journalist.id(), entry));
            }
        }
        return KeysFile.build(slot, roster, entries);
    }

    /** Whether a stored prekey is what its journalist signed; once more before it is published. */
    public Optional<PrekeyEntry> verify(StoredPrekey stored, RosterJournalist journalist) throws StoreException {
        try {
            return PrekeyEntry.verify(stored.entry().toByteArray(), newsroom.id(), journalist.key(), stored.slot());
        } catch (MalformedException e) {
            throw new StoreException(StoreException.Kind.DAMAGED, "a stored prekey does not verify", e);
        }
    }
}
