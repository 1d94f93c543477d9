package org.lamplighter.core.message;

import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * The document of a reply (docs/spec/03-message.md 3.4): {@code u8 1 || day u32 || text32 text}.
 *
 * @param day days since 1970, of the sender's clock
 * @param text any Unicode, so long that the document fits in {@value #MAX_TEXT} bytes of UTF-8
 */
public record ReplyDocument(long day, String text) {
    /** Most bytes of text, in UTF-8. */
    public static final int MAX_TEXT = Parts.MAX_DOCUMENT - 1 - 4 - 4;

    public ReplyDocument {
        UnicodeText.require(text);
        if (day < 0 || day >>> 32 != 0 || UnicodeText.length(text) > MAX_TEXT) {
            throw new IllegalArgumentException("reply out of range");
        }
    }

    public byte[] encode() {
        return new ByteWriter().u8(1).u32(day).text32(text).toByteArray();
    }

    /** Reads {@link #encode}, of at most {@link Parts#MAX_DOCUMENT} bytes. */
    public static ReplyDocument parse(byte[] document) throws MalformedException {
        if (document.length > Parts.MAX_DOCUMENT) {
            throw new MalformedException(Reason.TOO_LARGE, "reply: too long");
        }
        ByteReader reader = ByteReader.of(document, "reply");
        reader.version(1);
        long day = reader.u32();
        String text = reader.text32(MAX_TEXT);
        reader.end();
        return new ReplyDocument(day, text);
    }

    @Override
    public String toString() {
        return "ReplyDocument[REDACTED]";
    }
}
