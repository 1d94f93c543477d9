package org.lamplighter.desk.reply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.lamplighter.core.message.ThreadDocument;
import org.lamplighter.core.message.ThreadDocument.Earlier;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.desk.inbox.Author;
import org.lamplighter.desk.inbox.Message;

/**
 * Says when replies are to be posted once more (docs/spec 3.8): before they expire, until the source has answered, for at most
 * 180 days. Stateless.
 */
final class ThreadRule {
    /** A reply is repeated for so long after it was written: 180 days. */
    static final long MAX_SECONDS = 180L * 86_400;

    private static final long DAY = 86_400;

    private ThreadRule() {}

    /**
     * The replies to repeat now, oldest first; empty when nothing is due.
     *
     * @param messages of one conversation, in order
     * @param outgoing all that was ever sent in it
     */
    static List<Earlier> due(
            List<Message> messages, Collection<Outgoing> outgoing, long now, StationParameters parameters) {
        if (outgoing.stream().anyMatch(sent -> sent.isThread() && !sent.isPosted())) {
            return List.of();
        }
        long answeredThrough = answeredThrough(messages, outgoing);
        List<Earlier> open = new ArrayList<>();
        for (Message message : messages) {
            if (message.author() instanceof Author.Me
                    && message.body() instanceof Message.Body.Written written
                    && message.storedAt() > answeredThrough
                    && now - message.storedAt() < MAX_SECONDS
                    && lastCarried(message.id(), outgoing).isPresent()) {
                open.add(new Earlier(message.id(), written.reply()));
            }
        }
        List<Earlier> fitting = ThreadDocument.ofNewest(open).replies();
        long lifetime = lifetime(parameters);
        return fitting.stream()
                        .anyMatch(reply ->
                                now >= lastCarried(reply.id(), outgoing).orElse(now) + lifetime)
                ? fitting
                : List.of();
    }

    /**
     * How long after a bundle the next one is to be at the door. That one may wait for admission; and as long again is left for
     * a desk that comes once a day and hands over one part of a long thread a session.
     */
    private static long lifetime(StationParameters parameters) {
        long ttl = parameters.ttlSeconds();
        return Math.max(ttl - 2L * parameters.waitingSeconds(), ttl / 2);
    }

    /**
     * When the newest reply was written that the source has referred to, and with it has seen all earlier ones, this
     * journalist's own before a colleague's too. A message of
     * the source without a reference may have crossed the reply on its way: it answers nothing.
     */
    private static long answeredThrough(List<Message> messages, Collection<Outgoing> outgoing) {
        long through = Long.MIN_VALUE;
        for (Message message : messages) {
            if (message.author() instanceof Author.Source && message.reference().isPresent()) {
                MessageId reference = message.reference().get();
                for (Message reply : messages) {
                    if (reply.author() instanceof Author.Me && isIn(reply.id(), reference, outgoing)) {
                        through = Math.max(through, reply.storedAt());
                    } else if (reply.id().equals(reference)) {
                        through = Math.max(through, before(reply));
                    }
                }
            }
        }
        return through;
    }

    /** The moment before the day on which a colleague's reply was written, by whichever clock is behind. */
    private static long before(Message reply) {
        return reply.author() instanceof Author.Colleague && reply.body() instanceof Message.Body.Written written
                ? Math.min(reply.storedAt(), written.reply().day() * DAY) - 1
                : Long.MIN_VALUE;
    }

    /** Whether {@code reference} is the reply itself or a thread that carried it. */
    private static boolean isIn(MessageId reply, MessageId reference, Collection<Outgoing> outgoing) {
        return reply.equals(reference)
                || outgoing.stream().anyMatch(sent -> sent.id().equals(reference) && carries(sent, reply));
    }

    private static boolean carries(Outgoing sent, MessageId reply) {
        return sent.replies().stream().anyMatch(earlier -> earlier.id().equals(reply));
    }

    private static OptionalLong lastCarried(MessageId reply, Collection<Outgoing> outgoing) {
        return outgoing.stream()
                .filter(sent -> carries(sent, reply) && sent.isPosted())
                .mapToLong(sent -> sent.postedAt().orElseThrow())
                .max();
    }
}
