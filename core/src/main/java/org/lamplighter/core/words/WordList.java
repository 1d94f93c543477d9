package org.lamplighter.core.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * The BIP39 English list: 2048 words of 3 to 8 letters in alphabetical order, each known by its first four letters. Immutable and
 * thread-safe.
 */
public final class WordList {
    /** Number of words; a word stands for 11 bits. */
    public static final int SIZE = 2048;
    /** Bits of one word. */
    public static final int BITS = 11;
    /** Longest word, in letters. */
    static final int MAX_LETTERS = 8;

    /** A mistyped word is looked for among words that differ from it by at most this many slips. */
    private static final int MAX_SLIPS = 2;

    private static final int MAX_SUGGESTIONS = 3;
    private static final WordList ENGLISH = new WordList(load());

    private final List<String> words;

    private WordList(List<String> words) {
        this.words = words;
    }

    public static WordList english() {
        return ENGLISH;
    }

    /** The word of {@code index}, from 0 to 2047. */
    public String word(int index) {
        return words.get(index);
    }

    /** The index of a word in lower case, or nothing when it is not in the list. */
    public OptionalInt index(CharSequence word) {
        int low = 0;
        int high = SIZE - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = CharSequence.compare(words.get(middle), word);
            if (order == 0) {
                return OptionalInt.of(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return OptionalInt.empty();
    }

    /** At most three words that {@code typed}, in lower case, may have been meant to be, the likeliest first. */
    List<String> nearest(CharSequence typed) {
        if (typed.length() > MAX_LETTERS + MAX_SLIPS) {
            return List.of();
        }
        record Candidate(String word, int slips) {}
        List<Candidate> candidates = new ArrayList<>();
        for (String word : words) {
            int slips = slips(word, typed);
            if (slips <= MAX_SLIPS) {
                candidates.add(new Candidate(word, slips));
            }
        }
        candidates.sort(Comparator.comparingInt(Candidate::slips));
        return candidates.stream().limit(MAX_SUGGESTIONS).map(Candidate::word).toList();
    }

    /**
     * Letters put in, left out, replaced, or exchanged with their neighbour, between two words (optimal string alignment); an
     * abbreviation to three letters or more counts as one slip.
     */
    private static int slips(String word, CharSequence typed) {
        if (typed.length() >= 3 && word.startsWith(typed.toString())) {
            return 1;
        }
        int[][] table = new int[word.length() + 1][typed.length() + 1];
        for (int i = 0; i <= word.length(); i++) {
            for (int j = 0; j <= typed.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : step(table, word, typed, i, j);
            }
        }
        return table[word.length()][typed.length()];
    }

    private static int step(int[][] table, String word, CharSequence typed, int i, int j) {
        int replaced = table[i - 1][j - 1] + (word.charAt(i - 1) == typed.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
        boolean exchanged = i > 1
                && j > 1
                && word.charAt(i - 1) == typed.charAt(j - 2)
                && word.charAt(i - 2) == typed.charAt(j - 1);
        return exchanged ? Math.min(best, table[i - 2][j - 2] + 1) : best;
    }

    private static List<String> load() {
        try (InputStream in = WordList.class.getResourceAsStream("bip39-english.txt")) {
            if (in == null) {
                throw new IllegalStateException("the word list is missing");
            }
            List<String> words = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            if (words.size() != SIZE) {
                throw new IllegalStateException("the word list is not complete");
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
