package org.lamplighter.desk.inbox;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.words.WordList;

/**
 * Two words for a source, by which people speak of it: {@code amber-otter}. Drawn from the source's keys, so that a vault
 * made anew names its sources alike; no two of one vault have the same. It identifies nobody: a source can make keys until the
 * words please it, in some millions of tries.
 */
public record Designation(String text) {
    private static final int BITS = WordList.BITS;
    /** Slips in typing up to which a designation is suggested. */
    private static final int MAX_SLIPS = 4;

    /**
     * The first designation of {@code id} that is not among {@code taken}. The 22 bits of attempt n are the first of {@code
     * SHA-256("lamplighter/designation/v1" || id || n u32)}.
     */
    public static Designation draw(ConversationId id, Set<Designation> taken) {
        return IntStream.iterate(0, attempt -> attempt + 1)
                .mapToObj(attempt -> of(id, attempt))
                .filter(designation -> !taken.contains(designation))
                .findFirst()
                .orElseThrow();
    }

    /** What was typed, in lower case and with one hyphen between the words. */
    public static Designation typed(String text) {
        return new Designation(text.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "-"));
    }

    /** The one of {@code known} that this, mistyped, was most likely meant to be. */
    public Optional<Designation> nearest(Collection<Designation> known) {
        record Candidate(Designation designation, int slips) {}
        return known.stream()
                .map(designation -> new Candidate(designation, slips(designation.text, text)))
                .filter(candidate -> candidate.slips <= MAX_SLIPS)
                .min(Comparator.comparingInt(Candidate::slips).thenComparing(candidate -> candidate.designation.text))
                .map(Candidate::designation);
    }

    @Override
    public String toString() {
        return text;
    }

    private static Designation of(ConversationId id, int attempt) {
        byte[] hash = ConversationId.sha256(
                "lamplighter/designation/v1".getBytes(StandardCharsets.US_ASCII),
                id.toByteArray(),
                new ByteWriter().u32(attempt).toByteArray());
        int bits = ((hash[0] & 0xff) << 16) | ((hash[1] & 0xff) << 8) | (hash[2] & 0xff);
        WordList words = WordList.english();
        return new Designation(
                words.word(bits >>> (24 - BITS)) + "-" + words.word((bits >>> (24 - 2 * BITS)) & (WordList.SIZE - 1)));
    }

    /** Letters put in, left out or replaced (Levenshtein); what is typed is at most as long as the terminal allows. */
    private static int slips(String word, String typed) {
        if (Math.abs(word.length() - typed.length()) > MAX_SLIPS) {
            return MAX_SLIPS + 1;
        }
        int[] row = IntStream.rangeClosed(0, typed.length()).toArray();
        for (int i = 1; i <= word.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= typed.length(); j++) {
                int replaced = diagonal + (word.charAt(i - 1) == typed.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[typed.length()];
    }
}
