package org.lamplighter.cli.source;

import java.util.List;
import org.lamplighter.core.wire.MessageId;

/**
 * A message of one's own, known by the self-copy that was found in the mailbox: so the whole bundle was taken in.
 *
 * @param day days since 1970
 * @param to names of the journalists, or their ids when the roster no longer has them
 * @param files how many
 * @param totalSize bytes of all files
 */
public record SentMessage(MessageId id, long day, List<String> to, int files, long totalSize) {
    public SentMessage {
        to = List.copyOf(to);
    }
}
