package org.lamplighter.desk.reply;

import java.util.List;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.message.ThreadDocument.Earlier;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.desk.inbox.ConversationId;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;

/** Replies on their way, as they are stored. */
public final class OutgoingFuzz {
    private OutgoingFuzz() {}

    public static List<FuzzTarget> targets() {
        SeededRandom random = SeededRandom.of(75);
        MessageId id = MessageId.copyOf(random.bytes(MessageId.LENGTH));
        MessageId reference = MessageId.copyOf(random.bytes(MessageId.LENGTH));
        ConversationId conversation = ConversationId.copyOf(random.bytes(ConversationId.LENGTH));
        List<JournalistId> colleagues = List.of(JournalistId.copyOf(random.bytes(JournalistId.LENGTH)));
        ReplyDocument reply = new ReplyDocument(20_781, "When was the plan changed?");
        Outgoing first = Outgoing.reply(id, conversation, reference, colleagues, 1_795_000_000, reply)
                .attempted(0, Digest.copyOf(random.bytes(Digest.LENGTH)))
                .posted(0, 1_795_000_100);
        Outgoing thread = Outgoing.thread(
                id, conversation, reference, List.of(), 1_795_000_000, List.of(new Earlier(reference, reply)));
        return List.of(FuzzTarget.canonical(
                        "outbox-entry", 512, input -> Outgoing.parse(input).encode())
                .refusing(MalformedException.class)
                .seeded(first.encode())
                .seeded(thread.encode())
                .seeded(otherKind(first.encode())));
    }

    /** Of a kind that is never sent: once read as a reply. */
    private static byte[] otherKind(byte[] reply) {
        byte[] changed = reply.clone();
        changed[1 + MessageId.LENGTH + ConversationId.LENGTH] = 1;
        return changed;
    }
}
