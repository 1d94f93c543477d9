package org.lamplighter.desk.inbox;

import org.lamplighter.core.wire.MessageId;

/**
 * What makes two messages the same message: equal conversation, author and id. The id alone would not do, since whoever sees
 * one could send another message under it first, and so have the real one taken for a repetition.
 */
public record MessageKey(ConversationId conversation, String author, MessageId id) {
    static final String PREFIX = "message/";

    public static MessageKey of(ConversationId conversation, Author author, MessageId id) {
        return new MessageKey(conversation, author.tag(), id);
    }

    String entryName() {
        return PREFIX + conversation.hex() + "/" + author + "/" + id.hex();
    }

    /** The name of the entry that belongs to this message under another prefix. */
    public String entryName(String prefix) {
        return prefix + conversation.hex() + "/" + author + "/" + id.hex();
    }
}
