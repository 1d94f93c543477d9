package org.lamplighter.station.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which epochs are served (docs/spec 6.3): the current one, and those before it for a while after they were replaced, so that
 * a slow session ends with the epoch it began with. Thread-safe.
 */
public final class PublishedEpochs {
    private static final long SHORTEST_HOURLY = 30 * 60;
    private static final long DEMO = 60;

    /** In ascending order; the last one is current. Replaced as a whole. */
    private volatile List<ServedEpoch> epochs = List.of();

    /** Seconds between the end of an epoch's service and the deletion of its files: an answer may still be on its way. */
    static final long SLACK_SECONDS = 60;

    /** Seconds that an epoch is served after it was replaced: {@code max(3T, 30 min)}, and 60 s when T is below 60 s. */
    public static long lingerSeconds(long epochSeconds) {
        return epochSeconds < DEMO ? DEMO : Math.max(3 * epochSeconds, SHORTEST_HOURLY);
    }

    /** Most epochs whose files are on disk at a time: served ones, those about to be deleted, and the one being built. */
    public static long most(long epochSeconds) {
        return Math.ceilDiv(lingerSeconds(epochSeconds) + SLACK_SECONDS, epochSeconds) + 3;
    }

    /** The epoch that the head shows; empty before the first. */
    public Optional<ServedEpoch> current() {
        List<ServedEpoch> now = epochs;
        return now.isEmpty() ? Optional.empty() : Optional.of(now.getLast());
    }

    /** The epoch of this number, if it is served at {@code now}. */
    public Optional<ServedEpoch> find(long number, long now, long linger) {
        List<ServedEpoch> all = epochs;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).number() == number) {
                boolean served = i == all.size() - 1 || now <= all.get(i + 1).time() + linger;
                return served ? Optional.of(all.get(i)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Makes {@code epoch} current. */
    void publish(ServedEpoch epoch) {
        List<ServedEpoch> longer = new ArrayList<>(epochs);
        longer.add(epoch);
        epochs = List.copyOf(longer);
    }

    /** Takes out those that have not been served for {@code slack} seconds, and yields their numbers. */
    List<Long> retire(long now, long linger, long slack) {
        List<ServedEpoch> all = epochs;
        int first = 0;
        while (first < all.size() - 1 && now > all.get(first + 1).time() + linger + slack) {
            first++;
        }
        epochs = List.copyOf(all.subList(first, all.size()));
        return all.subList(0, first).stream().map(ServedEpoch::number).toList();
    }
}
