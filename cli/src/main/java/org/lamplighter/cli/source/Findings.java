package org.lamplighter.cli.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.epoch.EpochClock.Freshness;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MessageId;

/**
 * What a source found in one epoch.
 *
 * @param freshness unless current, there may be more
 * @param sent own messages, oldest first
 * @param replies oldest first
 * @param incomplete replies of which parts are still missing
 * @param unreadable rows made to this source that nobody in the newsroom is known to have sent, or that cannot be read
 */
public record Findings(
        Freshness freshness, List<SentMessage> sent, List<ReceivedReply> replies, int incomplete, int unreadable) {
    public Findings {
        sent = List.copyOf(sent);
        replies = List.copyOf(replies);
    }

    /**
     * The message that a next message to {@code addressees} answers: that of the newest reply by one of them. The reply of
     * somebody else would mean nothing to them, but that there is somebody else.
     */
    Optional<MessageId> newestReply(Collection<JournalistId> addressees) {
        return replies.stream()
                .filter(reply -> addressees.contains(reply.sender()))
                .max(Comparator.comparingLong(ReceivedReply::day))
                .map(ReceivedReply::carrier);
    }

    /** Whether the message {@code id} was taken in. */
    boolean confirms(MessageId id) {
        return sent.stream().anyMatch(message -> message.id().equals(id));
    }
}
