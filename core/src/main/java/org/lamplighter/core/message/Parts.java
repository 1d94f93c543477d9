package org.lamplighter.core.message;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** A document spread over the contents of up to eight messages, and put together again (docs/spec/03-message.md 3.2). Stateless. */
public final class Parts {
    /** Most bytes of a document of a reply or thread: 26,968. A submission has one part. */
    public static final int MAX_DOCUMENT = StructuredMessage.MAX_PARTS * StructuredMessage.MAX_CONTENT;

    private Parts() {}

    /** The messages that carry {@code document}, at most {@value #MAX_DOCUMENT} bytes, or one part for other kinds than reply and thread. */
    public static List<StructuredMessage> split(MessageHeader header, byte[] document) {
        int parts = Math.max(1, Math.ceilDiv(document.length, StructuredMessage.MAX_CONTENT));
        List<StructuredMessage> messages = new ArrayList<>(parts);
        for (int part = 1; part <= parts; part++) {
            int from = (part - 1) * StructuredMessage.MAX_CONTENT;
            int to = Math.min(document.length, from + StructuredMessage.MAX_CONTENT);
            messages.add(StructuredMessage.part(header, part, parts, Arrays.copyOfRange(document, from, to)));
        }
        return messages;
    }

    /**
     * The document of these messages of one sender, given in any order; nothing while a part is missing.
     *
     * @throws MalformedException {@code BAD_FIELD} when they are not parts of one message, or one part comes twice
     */
    public static Optional<byte[]> assemble(Collection<StructuredMessage> messages) throws MalformedException {
        StructuredMessage[] ordered = new StructuredMessage[StructuredMessage.MAX_PARTS];
        Optional<StructuredMessage> first = messages.stream().findFirst();
        for (StructuredMessage message : messages) {
            int index = message.part() - 1;
            if (ordered[index] != null
                    || !first.filter(message::isPartOfSameMessage).isPresent()) {
                throw new MalformedException(Reason.BAD_FIELD, "parts: not of one message");
            }
            ordered[index] = message;
        }
        if (first.isEmpty() || messages.size() < first.get().parts()) {
            return Optional.empty();
        }
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        Arrays.stream(ordered, 0, messages.size()).forEach(message -> document.writeBytes(message.content()));
        return Optional.of(document.toByteArray());
    }
}
