package org.lamplighter.core.message;

import java.util.ArrayList;
import java.util.List;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.wire.MessageId;

/**
 * Replies once more, for a source that has not answered before they expire (docs/spec/03-message.md 3.4): {@code u8 1 || u16 count
 * || count x (message id 16 || day u32 || text32)}. The reader skips ids that it has shown.
 *
 * @param replies in the order in which they were first sent; together at most {@link Parts#MAX_DOCUMENT} bytes
 */
public record ThreadDocument(List<Earlier> replies) {
    private static final int OVERHEAD = MessageId.LENGTH + 4 + 4;

    /** A reply as it was: its message id, its day, its text. */
    public record Earlier(MessageId id, ReplyDocument reply) {}

    public ThreadDocument {
        replies = List.copyOf(replies);
        if (length(replies) > Parts.MAX_DOCUMENT) {
            throw new IllegalArgumentException("thread too long");
        }
    }

    /** The longest run of the newest of {@code replies} that fits in one thread, in the same order. */
    public static ThreadDocument ofNewest(List<Earlier> replies) {
        int from = replies.size();
        while (from > 0 && length(replies.subList(from - 1, replies.size())) <= Parts.MAX_DOCUMENT) {
            from--;
        }
        return new ThreadDocument(replies.subList(from, replies.size()));
    }

    public byte[] encode() {
        ByteWriter writer = new ByteWriter().u8(1).u16(replies.size());
        for (Earlier earlier : replies) {
            writer.bytes(earlier.id().toByteArray())
                    .u32(earlier.reply().day())
                    .text32(earlier.reply().text());
        }
        return writer.toByteArray();
    }

    /** Reads {@link #encode}, of at most {@link Parts#MAX_DOCUMENT} bytes. */
    public static ThreadDocument parse(byte[] document) throws MalformedException {
        if (document.length > Parts.MAX_DOCUMENT) {
            throw new MalformedException(Reason.TOO_LARGE, "thread: too long");
        }
        ByteReader reader = ByteReader.of(document, "thread");
        reader.version(1);
        int count = reader.u16();
        List<Earlier> replies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            MessageId id = MessageId.copyOf(reader.bytes(MessageId.LENGTH));
            replies.add(new Earlier(id, new ReplyDocument(reader.u32(), reader.text32(ReplyDocument.MAX_TEXT))));
        }
        reader.end();
        return new ThreadDocument(replies);
    }

    private static int length(List<Earlier> replies) {
        return 3
                + replies.stream()
                        .mapToInt(earlier ->
                                OVERHEAD + UnicodeText.length(earlier.reply().text()))
                        .sum();
    }
}
