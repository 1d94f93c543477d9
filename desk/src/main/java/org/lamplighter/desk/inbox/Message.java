package org.lamplighter.desk.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.message.Parts;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.message.SubmissionDocument;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.wire.MessageId;

/**
 * A message as the vault keeps it (docs/spec 8.4). Immutable.
 *
 * @param number within its conversation, from 1, in the order of arrival
 * @param storedAt unix seconds of this machine's clock
 * @param prekeySlot the slot that the sender named
 * @param reference the message that is answered
 * @param addressees journalists whom the sender named, this one among them
 */
public record Message(
        MessageId id,
        ConversationId conversation,
        int number,
        Author author,
        long storedAt,
        long prekeySlot,
        Optional<MessageId> reference,
        List<JournalistId> addressees,
        Body body) {
    private static final int VERSION = 1;
    private static final int MAX_NAME_BYTES = 256;
    private static final int MAX_ADDRESSEES = 3;
    private static final MessageId NO_REFERENCE = MessageId.copyOf(new byte[MessageId.LENGTH]);

    /** What a message says. */
    public sealed interface Body {
        /** From a source: the submission, or where it is. */
        record Submitted(SubmissionDocument document) implements Body {}

        /** From a journalist. */
        record Written(ReplyDocument reply) implements Body {}
    }

    public Message {
        addressees = List.copyOf(addressees);
    }

    public MessageKey key() {
        return MessageKey.of(conversation, author, id);
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter()
                .u8(VERSION)
                .bytes(id.toByteArray())
                .bytes(conversation.toByteArray())
                .u32(number);
        switch (author) {
            case Author.Source source -> out.u8(0);
            case Author.Me me -> out.u8(1);
            case Author.Colleague colleague ->
                out.u8(2).bytes(colleague.id().toByteArray()).text16(colleague.name());
        }
        out.u64(storedAt)
                .u32(prekeySlot)
                .bytes(reference.orElse(NO_REFERENCE).toByteArray())
                .u8(addressees.size());
        addressees.forEach(addressee -> out.bytes(addressee.toByteArray()));
        byte[] document = document();
        return out.u32(document.length).bytes(document).toByteArray();
    }

    static Message parse(byte[] bytes) throws MalformedException {
        ByteReader in = ByteReader.of(bytes, "stored message");
        in.version(VERSION);
        MessageId id = MessageId.copyOf(in.bytes(MessageId.LENGTH));
        ConversationId conversation = ConversationId.copyOf(in.bytes(ConversationId.LENGTH));
        long number = in.u32();
        if (number > Integer.MAX_VALUE) {
            throw new MalformedException(Reason.TOO_LARGE, "stored message: number");
        }
        Author author = readAuthor(in);
        long storedAt = in.u64();
        long prekeySlot = in.u32();
        Optional<MessageId> reference =
                Optional.of(MessageId.copyOf(in.bytes(MessageId.LENGTH))).filter(value -> !value.equals(NO_REFERENCE));
        List<JournalistId> addressees = readAddressees(in);
        long length = in.u32();
        if (length > Parts.MAX_DOCUMENT) {
            throw new MalformedException(Reason.TOO_LARGE, "stored message: document too long");
        }
        Body body = readBody(author, in.bytes((int) length));
        in.end();
        return new Message(id, conversation, (int) number, author, storedAt, prekeySlot, reference, addressees, body);
    }

    /** Names nothing that was said. */
    @Override
    public String toString() {
        return "Message[REDACTED]";
    }

    private byte[] document() {
        return switch (body) {
            case Body.Submitted submitted -> submitted.document().encode();
            case Body.Written written -> written.reply().encode();
        };
    }

    private static Body readBody(Author author, byte[] document) throws MalformedException {
        return switch (author) {
            case Author.Source source -> new Body.Submitted(SubmissionDocument.parse(document));
            case Author.Me me -> new Body.Written(ReplyDocument.parse(document));
            case Author.Colleague colleague -> new Body.Written(ReplyDocument.parse(document));
        };
    }

    private static Author readAuthor(ByteReader in) throws MalformedException {
        return switch (in.u8()) {
            case 0 -> new Author.Source();
            case 1 -> new Author.Me();
            case 2 ->
                new Author.Colleague(JournalistId.copyOf(in.bytes(JournalistId.LENGTH)), in.text16(MAX_NAME_BYTES));
            default -> throw new MalformedException(Reason.BAD_FIELD, "stored message: unknown author");
        };
    }

    private static List<JournalistId> readAddressees(ByteReader in) throws MalformedException {
        int count = in.u8();
        if (count > MAX_ADDRESSEES) {
            throw new MalformedException(Reason.TOO_LARGE, "stored message: too many addressees");
        }
        List<JournalistId> addressees = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addressees.add(JournalistId.copyOf(in.bytes(JournalistId.LENGTH)));
        }
        return addressees;
    }
}
