package org.lamplighter.core.newsroom;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.words.WordList;

/** Six words that two people read to each other before one signs the other's key (docs/spec 1.5). Immutable. */
public record Fingerprint(List<String> words) {
    private static final int WORDS = 6;
    private static final byte[] LABEL = "lamplighter/fingerprint/v1".getBytes(StandardCharsets.US_ASCII);

    public Fingerprint {
        words = List.copyOf(words);
    }

    /** The first 66 bits of SHA-256(label || key), 11 bits a word. */
    public static Fingerprint of(byte[] key) {
        byte[] hash = Sha256.digest(LABEL, key);
        List<String> words = new ArrayList<>();
        for (int word = 0; word < WORDS; word++) {
            int index = 0;
            for (int bit = word * WordList.BITS; bit < (word + 1) * WordList.BITS; bit++) {
                index = (index << 1) | ((hash[bit >> 3] >> (7 - (bit & 7))) & 1);
            }
            words.add(WordList.english().word(index));
        }
        return new Fingerprint(words);
    }

    /** Whether {@code typed} are the same words, whatever the case and the white space. */
    public boolean isSpelled(String typed) {
        return List.of(typed.strip().toLowerCase(Locale.ROOT).split("\\s+")).equals(words);
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
