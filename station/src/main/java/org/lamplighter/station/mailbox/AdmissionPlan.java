package org.lamplighter.station.mailbox;

import java.util.List;
import org.lamplighter.core.mailbox.AdmissionBuckets.Rates;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.MailboxStore.Slot;

/**
 * What a boundary changes in the mailbox (docs/spec 4.3, 4.4): rows that expire, bundles that enter, bundles that are too old.
 * Nothing is changed until the store takes the plan, together with the epoch that shows it, in one transaction.
 *
 * @param changed slots with a new row; held in memory, at most what entered or left at one boundary
 * @param leaving bundles that leave the queue
 * @param buckets the admission's state afterwards
 */
public record AdmissionPlan(List<Slot> changed, List<Long> leaving, Blob buckets) {
    public AdmissionPlan {
        changed = List.copyOf(changed);
        leaving = List.copyOf(leaving);
    }

    /** The rates of admission that follow from the certificate. */
    public static Rates rates(StationParameters parameters) {
        return new Rates(
                parameters.slots(),
                parameters.envelopes(),
                parameters.ttlSeconds(),
                parameters.expirySeconds(),
                parameters.burstSeconds(),
                parameters.epochSeconds());
    }
}
