package org.lamplighter.core.words;

import java.util.List;

/**
 * Words that are not a mnemonic. They are somebody's secret, or nearly: the text of this exception holds none of them, so that it
 * may be shown and logged. What the user needs for finding the slip is in {@link #position} and {@link #suggestions}, for the
 * user's eyes alone.
 */
public final class MnemonicException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** Fewer or more words than there must be. */
        WORD_COUNT,
        /** A word that is not in the list. */
        UNKNOWN_WORD,
        /** All words are in the list, but one of them is not the right one, or the order is wrong. */
        CHECKSUM
    }

    private final Reason reason;
    private final int position;
    private final transient List<String> suggestions;

    private MnemonicException(Reason reason, String message, int position, List<String> suggestions) {
        super(message);
        this.reason = reason;
        this.position = position;
        this.suggestions = List.copyOf(suggestions);
    }

    static MnemonicException wordCount(int expected) {
        return new MnemonicException(Reason.WORD_COUNT, "there must be " + expected + " words", 0, List.of());
    }

    static MnemonicException unknownWord(int position, List<String> suggestions) {
        return new MnemonicException(
                Reason.UNKNOWN_WORD, "word " + position + " is not in the list", position, suggestions);
    }

    static MnemonicException checksum() {
        return new MnemonicException(
                Reason.CHECKSUM, "each word is in the list, but together they are not right", 0, List.of());
    }

    public Reason reason() {
        return reason;
    }

    /** Which word is wrong, the first being 1; 0 when it is not known which. */
    public int position() {
        return position;
    }

    /** At most three words of the list that the wrong word is near to; secret as the words themselves are. */
    public List<String> suggestions() {
        return suggestions == null ? List.of() : suggestions;
    }
}
