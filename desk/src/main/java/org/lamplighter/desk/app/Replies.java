package org.lamplighter.desk.app;

import java.nio.charset.StandardCharsets;
import org.lamplighter.core.message.ReplyDocument;
import org.lamplighter.core.message.StructuredMessage;
import org.lamplighter.desk.app.DeskFailure.Kind;

/** What can be a reply. */
final class Replies {
    private Replies() {}

    static void check(String text) throws DeskFailure {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new DeskFailure(Kind.TEXT_LENGTH, "the reply is not text", "give UTF-8 text");
        }
        if (text.isBlank()) {
            throw new DeskFailure(
                    Kind.TEXT_LENGTH, "the reply is empty", "write something, or give a file with --text");
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > ReplyDocument.MAX_TEXT) {
            throw new DeskFailure(
                    Kind.TEXT_LENGTH,
                    "the reply is too long: " + bytes + " bytes, at most " + ReplyDocument.MAX_TEXT,
                    "write it in " + Math.ceilDiv(bytes, ReplyDocument.MAX_TEXT) + " replies; each "
                            + StructuredMessage.MAX_CONTENT + " bytes need a session of their own");
        }
    }
}
