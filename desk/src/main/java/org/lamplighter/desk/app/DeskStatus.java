package org.lamplighter.desk.app;

import java.util.List;
import java.util.Optional;

/**
 * How a folder stands, told without the station.
 *
 * @param name of the journalist
 * @param newsroom origin that is pinned
 * @param station address
 * @param secondsAhead how long the prekeys at the station last, by this machine's clock
 * @param queued bundles that wait to be handed over
 * @param waiting copies by colleagues that wait for what they answer
 * @param conversations in the order of their designations
 * @param lastHead of the last session; empty before the first
 * @param chunks pieces of evidence
 * @param chunkBytes their size
 * @param damaged entries that do not open
 */
public record DeskStatus(
        String name,
        String newsroom,
        String station,
        long secondsAhead,
        int queued,
        int waiting,
        List<ConversationView> conversations,
        Optional<LastHead> lastHead,
        int chunks,
        long chunkBytes,
        List<String> damaged) {
    /** Epoch and day since 1970 of a head. */
    public record LastHead(long epoch, long day) {}

    public DeskStatus {
        conversations = List.copyOf(conversations);
        damaged = List.copyOf(damaged);
    }
}
