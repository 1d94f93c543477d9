package org.lamplighter.core.message;

import java.nio.charset.StandardCharsets;

/** Text as a document holds it: any Unicode, nothing added or taken away, trailing zeros included. */
final class UnicodeText {
    private UnicodeText() {}

    /** Refuses a half surrogate, which UTF-8 cannot write and which would silently become a question mark. */
    static void require(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("text is not Unicode");
        }
    }

    /** Bytes in UTF-8. */
    static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
