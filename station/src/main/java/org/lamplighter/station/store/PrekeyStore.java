package org.lamplighter.station.store;

import java.util.List;
import java.util.Optional;
import org.lamplighter.core.wire.JournalistId;

/** Signed prekeys, one per journalist and prekey slot (docs/spec 1.6). The first one stays; none is ever replaced. */
public interface PrekeyStore {
    /** {@code entry}: the journalist's part of a keys file for this slot. */
    record StoredPrekey(JournalistId journalist, long slot, Blob entry) {}

    /** Adds those of them whose journalist and slot are not there yet; all in one transaction. */
    void add(List<StoredPrekey> prekeys) throws StoreException;

    Optional<StoredPrekey> find(JournalistId journalist, long slot) throws StoreException;

    /** Slots of {@code journalist} from {@code firstSlot} on, in ascending order. */
    List<Long> slots(JournalistId journalist, long firstSlot) throws StoreException;

    /** Everything, in order of journalist and slot. */
    List<StoredPrekey> all() throws StoreException;

    /** Forgets the slots before {@code slot}. */
    void forgetBefore(long slot) throws StoreException;

    /** Forgets all of {@code journalist}, and answers how many slots that was. */
    int forget(JournalistId journalist) throws StoreException;
}
