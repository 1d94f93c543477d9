package org.lamplighter.station.mailbox;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lamplighter.core.mailbox.Decoys;
import org.lamplighter.core.mailbox.HintPair;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.MailboxStore.Slot;
import org.lamplighter.station.store.StoreException;

/**
 * The rows of all slots as they will be after a plan is carried out: those that the plan changes from memory, the others from
 * the store, envelopes one by one. Immutable as long as nobody else changes the slots.
 */
public final class Rows {
    /** Slots that are read or written in one call: 2 MiB. */
    private static final int BATCH = 256;

    private final MailboxStore store;
    private final int slots;
    private final Map<Integer, Slot> changed = new HashMap<>();

    private Rows(MailboxStore store, int slots, List<Slot> changed) {
        this.store = store;
        this.slots = slots;
        changed.forEach(slot -> this.changed.put(slot.number(), slot));
    }

    public static Rows after(AdmissionPlan plan, MailboxStore store, int slots) {
        return new Rows(store, slots, plan.changed());
    }

    /** Gives every slot that has no row a decoy: at the first start, or after a first start that was interrupted. */
    public static void fill(MailboxStore store, int slots, SecureRandom random) throws StoreException {
        for (int first = store.filled(); first < slots; first += BATCH) {
            List<Slot> decoys = new ArrayList<>(BATCH);
            for (int slot = first; slot < Math.min(slots, first + BATCH); slot++) {
                decoys.add(decoy(slot, random));
            }
            store.fill(decoys);
        }
    }

    /** X and Z of every slot, decoded; their order is that of the slots. */
    public List<HintPair> hints() throws StoreException {
        List<HintPair> out = new ArrayList<>(slots);
        while (out.size() < slots) {
            List<Blob> batch = store.hints(out.size(), Math.min(BATCH, slots - out.size()));
            if (batch.isEmpty()) {
                throw new StoreException(StoreException.Kind.DAMAGED, "rows are missing");
            }
            for (Blob hint : batch) {
                Slot slot = changed.get(out.size());
                out.add(decode(slot == null ? hint : slot.hint()));
            }
        }
        return out;
    }

    /** The envelope in a slot, 8176 bytes. */
    public byte[] envelope(int slot) throws StoreException {
        Slot fresh = changed.get(slot);
        return (fresh == null ? store.envelope(slot) : fresh.envelope()).toByteArray();
    }

    /** X and Z, 64 bytes, as they were checked when the row came in. */
    private static HintPair decode(Blob hint) throws StoreException {
        try {
            ByteReader reader = ByteReader.of(hint.toByteArray(), "slot");
            HintPair pair = HintPair.decode(reader.bytes(32), reader.bytes(32));
            reader.end();
            return pair;
        } catch (MalformedException e) {
            throw new StoreException(StoreException.Kind.DAMAGED, "the hint of a slot does not decode", e);
        }
    }

    static Slot decoy(int slot, SecureRandom random) {
        return occupied(slot, 0, Decoys.generate(random));
    }

    static Slot occupied(int slot, long leavesAt, MailboxRow row) {
        return new Slot(slot, leavesAt, Blob.takeOver(row.hint().encode()), Blob.takeOver(row.envelope()));
    }
}
