package org.lamplighter.cli.source;

import java.time.Instant;
import java.util.List;
import org.lamplighter.core.wire.MessageId;

/**
 * A message that was handed over at the door: durably in the station's waiting queue, not yet in the mailbox.
 *
 * @param id by which its self-copy is found
 * @param to names of the journalists
 * @param leftOut names of those whom the newsroom lists too, and who could not be written to
 * @param listed day on which the newsroom signed the list that they are from, in days since 1970-01-01 UTC
 * @param expected when it can be in the mailbox at the earliest
 * @param latest when it is dropped if it never came to its turn
 * @param epochSeconds how often the mailbox turns
 * @param found what the same session found
 */
public record Delivery(
        MessageId id,
        List<String> to,
        List<String> leftOut,
        long listed,
        Instant expected,
        Instant latest,
        long epochSeconds,
        Findings found) {
    public Delivery {
        to = List.copyOf(to);
        leftOut = List.copyOf(leftOut);
    }
}
