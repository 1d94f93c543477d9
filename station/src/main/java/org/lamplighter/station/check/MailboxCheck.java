package org.lamplighter.station.check;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lamplighter.console.Faults;
import org.lamplighter.console.Finding;
import org.lamplighter.core.mailbox.AdmissionBuckets;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.HintPair;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.mailbox.AdmissionPlan;
import org.lamplighter.station.mailbox.QueueDraw;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.MailboxStore.Epoch;
import org.lamplighter.station.store.MailboxStore.Place;
import org.lamplighter.station.store.MailboxStore.Slot;
import org.lamplighter.station.store.MailboxStore.Waiting;

/** Rows, queue and admission state (docs/spec 4.1 to 4.4). */
final class MailboxCheck {
    private static final int BATCH = 256;

    private final MailboxStore store;
    private final StationParameters parameters;

    private MailboxCheck(MailboxStore store, StationParameters parameters) {
        this.store = store;
        this.parameters = parameters;
    }

    static List<Finding> run(MailboxStore store, StationParameters parameters) throws IOException {
        MailboxCheck check = new MailboxCheck(store, parameters);
        return List.of(check.slots(), check.live(), check.queue(), check.admission());
    }

    private Finding slots() throws IOException {
        Faults faults = new Faults();
        Set<Blob> hints = new HashSet<>();
        int expected = 0;
        for (List<Slot> batch = store.slots(0, BATCH); !batch.isEmpty(); batch = store.slots(expected, BATCH)) {
            for (Slot slot : batch) {
                faults.addIf(slot.number() != expected, "slot " + expected + " has no row");
                faults.addIf(slot.envelope().length() != MailboxRow.ENVELOPE_LENGTH, at(slot, "envelope length"));
                faults.addIf(!isHint(slot.hint()), at(slot, "X or Z is no valid point"));
                faults.addIf(!hints.add(slot.hint()), at(slot, "X and Z stand in two slots"));
                expected = slot.number() + 1;
            }
        }
        boolean before = expected == 0 && store.lastEpoch().isEmpty();
        faults.addIf(!before && expected != parameters.slots(), expected + " rows instead of " + parameters.slots());
        return faults.finding(
                "every slot holds a row of valid points",
                before ? "not filled before the first start" : expected + " rows");
    }

    private Finding live() throws IOException {
        Faults faults = new Faults();
        long time = store.lastEpoch().map(Epoch::time).orElse(0L);
        List<Long> leaving = store.leaving();
        long live = leaving.stream().filter(t -> t != 0).count();
        long most = (long) parameters.liveBundlesMax() * parameters.envelopes();
        faults.addIf(live > most, "more live rows than the capacity");
        faults.addIf(
                leaving.stream().anyMatch(t -> t != 0 && t <= time),
                "a row is there whose time was over at the last epoch");
        // A restored station has rows and no head yet (docs/spec 9.6).
        long latest = time == 0 ? Long.MAX_VALUE : time + parameters.ttlSeconds() + parameters.expirySeconds();
        faults.addIf(leaving.stream().anyMatch(t -> t > latest), "a row stays longer than any can");
        return faults.finding("live rows are within capacity and time", "");
    }

    private Finding queue() throws IOException {
        Faults faults = new Faults();
        List<Place> queue = store.queue();
        faults.addIf(queue.size() > QueueDraw.LIMIT, "more bundles wait than the queue holds");
        Set<Blob> points = new HashSet<>();
        for (Place place : queue) {
            Optional<Waiting> waiting = store.waiting(place.id());
            if (waiting.isEmpty()) {
                faults.add("a bundle went away while it was looked at");
                continue;
            }
            try {
                Bundle.parse(waiting.get().bundle().toByteArray(), parameters.envelopes());
            } catch (MalformedException e) {
                faults.add("a waiting bundle does not parse");
            }
            faults.addIf(!points.addAll(waiting.get().points()), "one X in two waiting bundles");
        }
        return faults.finding("every waiting bundle parses", queue.size() + " waiting");
    }

    private Finding admission() throws IOException {
        Faults faults = new Faults();
        Optional<Blob> buckets = store.buckets();
        if (buckets.isPresent()) {
            try {
                AdmissionBuckets.parse(buckets.get().toByteArray(), AdmissionPlan.rates(parameters));
            } catch (MalformedException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        // A restored station has a state and no head yet (docs/spec 9.6).
        faults.addIf(buckets.isEmpty() && store.lastEpoch().isPresent(), "admission state and epochs do not fit");
        return faults.finding(
                "the state of the admission is valid", buckets.isEmpty() ? "none before the first epoch" : "");
    }

    private static boolean isHint(Blob hint) {
        try {
            ByteReader reader = ByteReader.of(hint.toByteArray(), "slot");
            HintPair.decode(reader.bytes(32), reader.bytes(32));
            reader.end();
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    private static String at(Slot slot, String fault) {
        return "slot " + slot.number() + ": " + fault;
    }
}
