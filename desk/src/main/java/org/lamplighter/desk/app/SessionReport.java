package org.lamplighter.desk.app;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lamplighter.client.StationFailure;
import org.lamplighter.desk.inbox.Refusal;

/**
 * What a session with the station has brought. All of it is in the vault.
 *
 * @param received new messages
 * @param refused rows for this journalist that were left out, by reason
 * @param confirmed bundles of this journalist that were found in the mailbox for the first time
 * @param posted whether a bundle was handed over
 * @param chunks new pieces of evidence
 * @param prekeysUploaded blocks of prekeys
 * @param prekeysErased slots whose secrets are gone since
 * @param secondsAhead how long the prekeys at the station last
 * @param troubles what was not done; empty when the session is complete
 * @param historyChecked whether the station's history continues what was seen before
 * @param stationReplaced whether the newsroom has certified another key for the station since the last session
 */
public record SessionReport(
        int received,
        Map<Refusal, Integer> refused,
        int confirmed,
        boolean posted,
        int chunks,
        int prekeysUploaded,
        int prekeysErased,
        long secondsAhead,
        List<Trouble> troubles,
        boolean historyChecked,
        boolean stationReplaced) {

    /** Something that did not work, though the rest did. */
    public record Trouble(Step step, String error, String hint) {
        static Trouble of(Step step, StationFailure failure) {
            return new Trouble(step, String.valueOf(failure.getMessage()), failure.hint());
        }
    }

    /** Steps of a session that can fail alone. */
    public enum Step {
        /** The head is not of now: what was found may not be all. */
        FRESHNESS,
        /** Handing over a bundle. */
        POST,
        /** Collecting evidence. */
        COLLECT,
        /** Uploading prekeys. */
        PREKEYS,
        /** The published prekey is not of this vault. */
        OWN_PREKEY
    }

    public SessionReport {
        refused = Map.copyOf(refused);
        troubles = List.copyOf(troubles);
    }

    /** Whether everything was done. */
    public boolean isComplete() {
        return troubles.isEmpty();
    }

    /** The trouble of one step. */
    public Optional<Trouble> trouble(Step step) {
        return troubles.stream().filter(trouble -> trouble.step() == step).findFirst();
    }

    /** Rows that were left out, all reasons together. */
    public int refusedRows() {
        return refused.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Counts rows by reason. */
    static final class Tally {
        private final Map<Refusal, Integer> counts = new EnumMap<>(Refusal.class);

        void add(Refusal reason) {
            counts.merge(reason, 1, Integer::sum);
        }

        Map<Refusal, Integer> counts() {
            return counts;
        }
    }
}
