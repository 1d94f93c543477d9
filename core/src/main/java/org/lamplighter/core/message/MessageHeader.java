package org.lamplighter.core.message;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MessageId;

/**
 * What stands before the content of a structured message, without the part numbers (docs/spec/03-message.md 3.1).
 *
 * @param kind what the content is
 * @param prekeySlot the slot named by the head that the sender saw, a u32
 * @param id the same in all copies and parts
 * @param reference the message that is answered
 * @param addressees at most 3 journalists, in the sender's order
 */
public record MessageHeader(
        MessageKind kind, long prekeySlot, MessageId id, Optional<MessageId> reference, List<JournalistId> addressees) {
    /** Most addressees of one message. */
    public static final int MAX_ADDRESSEES = 3;

    static final MessageId NO_REFERENCE = MessageId.copyOf(new byte[MessageId.LENGTH]);

    /** A new message id. */
    public static MessageId freshId(SecureRandom random) {
        byte[] id = new byte[MessageId.LENGTH];
        random.nextBytes(id);
        return MessageId.copyOf(id);
    }

    public MessageHeader {
        addressees = List.copyOf(addressees);
        if (prekeySlot < 0 || prekeySlot >>> 32 != 0) {
            throw new IllegalArgumentException("a prekey slot is a u32");
        }
        if (addressees.size() > MAX_ADDRESSEES) {
            throw new IllegalArgumentException("more than " + MAX_ADDRESSEES + " addressees");
        }
        if (reference.filter(NO_REFERENCE::equals).isPresent()) {
            throw new IllegalArgumentException("the zero id stands for no reference");
        }
    }
}
