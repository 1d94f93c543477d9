package org.lamplighter.station.mailbox;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lamplighter.core.mailbox.AdmissionBuckets;
import org.lamplighter.core.mailbox.AdmissionBuckets.Admission;
import org.lamplighter.core.mailbox.AdmissionBuckets.Rates;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.Expiry;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.mailbox.UniformChoice;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.MailboxStore.Place;
import org.lamplighter.station.store.MailboxStore.Slot;
import org.lamplighter.station.store.MailboxStore.Waiting;
import org.lamplighter.station.store.StoreException;

/** Makes the plan of one boundary (docs/spec 4.3, 4.4). Changes nothing. One thread at a time. */
public final class AdmissionPlanner {
    private final MailboxStore store;
    private final StationParameters parameters;
    private final SecureRandom random;
    private final long boundary;
    private final Map<Integer, Slot> changed = new HashMap<>();
    private final List<Long> leaving = new ArrayList<>();

    private AdmissionPlanner(MailboxStore store, StationParameters parameters, SecureRandom random, long boundary) {
        this.store = store;
        this.parameters = parameters;
        this.random = random;
        this.boundary = boundary;
    }

    /** The plan for {@code boundary}, Unix seconds. */
    public static AdmissionPlan plan(
            MailboxStore store, StationParameters parameters, SecureRandom random, long boundary)
            throws StoreException {
        return new AdmissionPlanner(store, parameters, random, boundary).plan();
    }

    private AdmissionPlan plan() throws StoreException {
        List<Integer> free = expire();
        List<Place> queue = queueWithoutTheOld();
        Admission admission = buckets().admit(boundary, queue.size(), random);
        admit(queue, admission.count(), free);
        return new AdmissionPlan(
                List.copyOf(changed.values()),
                leaving,
                Blob.takeOver(admission.after().encode()));
    }

    /** Puts decoys into the slots whose time is over, and yields all slots that hold a decoy then. */
    private List<Integer> expire() throws StoreException {
        List<Integer> free = new ArrayList<>();
        List<Long> leavesAt = store.leaving();
        for (int slot = 0; slot < leavesAt.size(); slot++) {
            if (leavesAt.get(slot) > boundary) {
                continue;
            }
            free.add(slot);
            if (leavesAt.get(slot) != 0) {
                changed.put(slot, Rows.decoy(slot, random));
            }
        }
        return free;
    }

    private List<Place> queueWithoutTheOld() throws StoreException {
        List<Place> queue = new ArrayList<>();
        for (Place place : store.queue()) {
            if (boundary - place.arrived() > parameters.waitingSeconds()) {
                leaving.add(place.id());
            } else {
                queue.add(place);
            }
        }
        return queue;
    }

    private AdmissionBuckets buckets() throws StoreException {
        Rates rates = AdmissionPlan.rates(parameters);
        Optional<Blob> kept = store.buckets();
        try {
            return kept.isPresent()
                    ? AdmissionBuckets.parse(kept.get().toByteArray(), rates)
                    : AdmissionBuckets.full(rates, boundary);
        } catch (MalformedException e) {
            throw new StoreException(StoreException.Kind.DAMAGED, "the admission state does not parse", e);
        }
    }

    private void admit(List<Place> queue, int count, List<Integer> free) throws StoreException {
        // The buckets keep live bundles at C at most, so there is always room; if not, the store is not what we wrote.
        int needed = count * parameters.envelopes();
        if (needed > free.size()) {
            throw new StoreException(StoreException.Kind.DAMAGED, "more rows are live than the buckets allow");
        }
        long leavesAt = new Expiry(parameters.ttlSeconds(), parameters.expirySeconds()).dueAt(boundary);
        int[] places = UniformChoice.choose(needed, free.size(), random);
        int next = 0;
        for (int index : UniformChoice.choose(count, queue.size(), random)) {
            long id = queue.get(index).id();
            leaving.add(id);
            Optional<Waiting> waiting = store.waiting(id);
            if (waiting.isEmpty()) {
                continue; // displaced by a newer bundle since the queue was read
            }
            for (MailboxRow row : rows(waiting.get())) {
                int slot = free.get(places[next++]);
                changed.put(slot, Rows.occupied(slot, leavesAt, row));
            }
        }
    }

    private List<MailboxRow> rows(Waiting waiting) throws StoreException {
        try {
            return Bundle.parse(waiting.bundle().toByteArray(), parameters.envelopes())
                    .rows();
        } catch (MalformedException e) {
            throw new StoreException(StoreException.Kind.DAMAGED, "a waiting bundle does not parse", e);
        }
    }
}
