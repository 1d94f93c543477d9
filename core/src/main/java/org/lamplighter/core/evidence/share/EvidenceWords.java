package org.lamplighter.core.evidence.share;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.words.WordList;

/**
 * Four words that holders compare: the same words are the same evidence (docs/spec 7.2). Not secret; 44 bits, so that they are
 * for people, and {@link SealBinding} for programs. Immutable.
 */
public record EvidenceWords(List<String> words) {
    static final int WORDS = 4;

    public EvidenceWords {
        words = List.copyOf(words);
    }

    /** The first 44 bits of {@code binding}, 11 bits a word. */
    static EvidenceWords of(byte[] binding) {
        List<String> words = new ArrayList<>();
        for (int word = 0; word < WORDS; word++) {
            int index = 0;
            for (int bit = word * WordList.BITS; bit < (word + 1) * WordList.BITS; bit++) {
                index = (index << 1) | ((binding[bit >> 3] >> (7 - (bit & 7))) & 1);
            }
            words.add(WordList.english().word(index));
        }
        return new EvidenceWords(words);
    }

    /** Reads words as somebody typed them; a wrong one is named by its number. */
    static EvidenceWords parse(List<String> typed) throws MalformedException {
        List<String> words =
                typed.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        for (int i = 0; i < words.size(); i++) {
            if (WordList.english().index(words.get(i)).isEmpty()) {
                throw new MalformedException(
                        Reason.BAD_FIELD, "share: word " + (i + 1) + " of the line evidence is not in the list");
            }
        }
        return new EvidenceWords(words);
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
