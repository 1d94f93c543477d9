package org.lamplighter.desk.reply;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.lamplighter.core.message.MessageHeader;
import org.lamplighter.core.message.MessageKind;
import org.lamplighter.core.message.Parts;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.core.message.ThreadDocument;
import org.lamplighter.core.message.ThreadDocument.Earlier;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.wire.MessageId;
import org.lamplighter.desk.inbox.ConversationId;

/**
 * A reply or thread on its way: the document, and how far each part has come. Immutable; a change yields a new value.
 *
 * @param id of the message, the same in all parts and attempts
 * @param kind reply or thread
 * @param reference the source's message that is answered
 * @param colleagues who are named as addressees, and get a copy if they have a key at the time
 * @param replies what is said: one reply under this message's own id, or those that a thread repeats
 * @param createdAt unix seconds
 * @param parts one for each bundle, in order
 */
record Outgoing(
        MessageId id,
        ConversationId conversation,
        MessageKind kind,
        MessageId reference,
        List<JournalistId> colleagues,
        List<Earlier> replies,
        long createdAt,
        List<Part> parts) {
    static final String PREFIX = "outbox/";

    private static final int VERSION = 1;
    /** Attempts whose self-copy is still waited for; older ones have expired. */
    private static final int MAX_ATTEMPTS = 16;

    /**
     * One bundle's worth.
     *
     * @param attempts hashes by which a self-copy may name it: each attempt may name another slot
     * @param postedAt when the station last took it, 0 for never
     * @param confirmedAt when the self-copy was found, 0 for not yet
     */
    record Part(List<Digest> attempts, long postedAt, long confirmedAt) {
        Part {
            attempts = List.copyOf(attempts);
        }

        boolean isPosted() {
            return postedAt != 0;
        }

        boolean isConfirmed() {
            return confirmedAt != 0;
        }
    }

    Outgoing {
        colleagues = List.copyOf(colleagues);
        replies = List.copyOf(replies);
        parts = List.copyOf(parts);
    }

    static Outgoing reply(
            MessageId id,
            ConversationId conversation,
            MessageId reference,
            List<JournalistId> colleagues,
            long createdAt,
            ReplyDocument reply) {
        return of(
                id, conversation, MessageKind.REPLY, reference, colleagues, List.of(new Earlier(id, reply)), createdAt);
    }

    /** Once more what {@code replies} said, which must fit in one {@link ThreadDocument}. */
    static Outgoing thread(
            MessageId id,
            ConversationId conversation,
            MessageId reference,
            List<JournalistId> colleagues,
            long createdAt,
            List<Earlier> replies) {
        return of(id, conversation, MessageKind.THREAD, reference, colleagues, replies, createdAt);
    }

    private static Outgoing of(
            MessageId id,
            ConversationId conversation,
            MessageKind kind,
            MessageId reference,
            List<JournalistId> colleagues,
            List<Earlier> replies,
            long createdAt) {
        int count = Math.max(1, Math.ceilDiv(document(kind, replies).length, StructuredMessage.MAX_CONTENT));
        List<Part> parts = Collections.nCopies(count, new Part(List.of(), 0, 0));
        return new Outgoing(id, conversation, kind, reference, colleagues, replies, createdAt, parts);
    }

    String entryName() {
        return PREFIX + id.hex();
    }

    boolean isThread() {
        return kind == MessageKind.THREAD;
    }

    /** Whether every part was handed over at least once. */
    boolean isPosted() {
        return parts.stream().allMatch(Part::isPosted);
    }

    /** When the part that will expire first was handed over; empty until all are. */
    OptionalLong postedAt() {
        return isPosted() ? parts.stream().mapToLong(Part::postedAt).min() : OptionalLong.empty();
    }

    Delivery delivery() {
        return new Delivery(
                parts.size(), (int) parts.stream().filter(Part::isPosted).count(), (int)
                        parts.stream().filter(Part::isConfirmed).count());
    }

    /**
     * The first part that is to be handed over now: never taken by the station, or so long ago that it was admitted or
     * dropped since, and not found again. Index from 0.
     */
    OptionalInt due(long now, StationParameters parameters) {
        long patience = parameters.waitingSeconds() + 2L * parameters.epochSeconds();
        return IntStream.range(0, parts.size())
                .filter(index -> {
                    Part part = parts.get(index);
                    return !part.isConfirmed() && (!part.isPosted() || now > part.postedAt() + patience);
                })
                .findFirst();
    }

    /** The structured message of part {@code index}, from 0, for the slot that the head names. */
    StructuredMessage message(int index, long prekeySlot) {
        MessageHeader header = new MessageHeader(kind, prekeySlot, id, Optional.of(reference), colleagues);
        return Parts.split(header, document(kind, replies)).get(index);
    }

    Outgoing attempted(int index, Digest message) {
        Part part = parts.get(index);
        List<Digest> attempts = new ArrayList<>(part.attempts());
        attempts.remove(message);
        attempts.add(message);
        int surplus = Math.max(0, attempts.size() - MAX_ATTEMPTS);
        return with(index, new Part(attempts.subList(surplus, attempts.size()), part.postedAt(), part.confirmedAt()));
    }

    Outgoing posted(int index, long now) {
        Part part = parts.get(index);
        return with(index, new Part(part.attempts(), now, part.confirmedAt()));
    }

    /**
     * With the part confirmed whose attempt {@code message} is; empty when there is none, or it was confirmed before. What is
     * in the mailbox was posted, even when the answer of the station got lost.
     */
    Optional<Outgoing> confirmed(Digest message, long now) {
        for (int index = 0; index < parts.size(); index++) {
            Part part = parts.get(index);
            if (!part.isConfirmed() && part.attempts().contains(message)) {
                long postedAt = part.isPosted() ? part.postedAt() : now;
                return Optional.of(with(index, new Part(part.attempts(), postedAt, now)));
            }
        }
        return Optional.empty();
    }

    private Outgoing with(int index, Part part) {
        List<Part> changed = new ArrayList<>(parts);
        changed.set(index, part);
        return new Outgoing(id, conversation, kind, reference, colleagues, replies, createdAt, changed);
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter()
                .u8(VERSION)
                .bytes(id.toByteArray())
                .bytes(conversation.toByteArray())
                .u8(kind.code())
                .bytes(reference.toByteArray())
                .u8(colleagues.size());
        colleagues.forEach(colleague -> out.bytes(colleague.toByteArray()));
        byte[] document = document(kind, replies);
        out.u64(createdAt).u32(document.length).bytes(document).u8(parts.size());
        for (Part part : parts) {
            out.u8(part.attempts().size());
            part.attempts().forEach(message -> out.bytes(message.toByteArray()));
            out.u64(part.postedAt()).u64(part.confirmedAt());
        }
        return out.toByteArray();
    }

    static Outgoing parse(byte[] bytes) throws MalformedException {
        ByteReader in = ByteReader.of(bytes, "outbox entry");
        in.version(VERSION);
        MessageId id = MessageId.copyOf(in.bytes(MessageId.LENGTH));
        ConversationId conversation = ConversationId.copyOf(in.bytes(ConversationId.LENGTH));
        MessageKind kind = kind(in.u8());
        MessageId reference = MessageId.copyOf(in.bytes(MessageId.LENGTH));
        List<JournalistId> colleagues = new ArrayList<>();
        for (int left = bounded(in.u8(), MessageHeader.MAX_ADDRESSEES); left > 0; left--) {
            colleagues.add(JournalistId.copyOf(in.bytes(JournalistId.LENGTH)));
        }
        long createdAt = in.u64();
        byte[] document = in.bytes(bounded(in.u32(), Parts.MAX_DOCUMENT));
        List<Part> parts = new ArrayList<>();
        for (int left = bounded(in.u8(), StructuredMessage.MAX_PARTS); left > 0; left--) {
            parts.add(readPart(in));
        }
        in.end();
        List<Earlier> replies = kind == MessageKind.THREAD
                ? ThreadDocument.parse(document).replies()
                : List.of(new Earlier(id, ReplyDocument.parse(document)));
        return new Outgoing(id, conversation, kind, reference, colleagues, replies, createdAt, parts);
    }

    @Override
    public String toString() {
        return "Outgoing[REDACTED]";
    }

    private static byte[] document(MessageKind kind, List<Earlier> replies) {
        return kind == MessageKind.THREAD
                ? new ThreadDocument(replies).encode()
                : replies.getFirst().reply().encode();
    }

    private static MessageKind kind(int code) throws MalformedException {
        for (MessageKind kind : List.of(MessageKind.REPLY, MessageKind.THREAD)) {
            if (kind.code() == code) {
                return kind;
            }
        }
        throw new MalformedException(Reason.BAD_FIELD, "outbox entry: kind");
    }

    private static Part readPart(ByteReader in) throws MalformedException {
        List<Digest> attempts = new ArrayList<>();
        for (int left = bounded(in.u8(), MAX_ATTEMPTS); left > 0; left--) {
            attempts.add(Digest.copyOf(in.bytes(Digest.LENGTH)));
        }
        return new Part(attempts, in.u64(), in.u64());
    }

    private static int bounded(long count, int max) throws MalformedException {
        if (count > max) {
            throw new MalformedException(Reason.TOO_LARGE, "outbox entry: too many");
        }
        return (int) count;
    }
}
