package org.lamplighter.core.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.primitive.Hex;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.words.MnemonicException.Reason;

final class MnemonicTest {
    private static final String ZEROS =
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
    private static final String LEGAL = "legal winner thank year wave sausage worth useful legal winner thank yellow";

    @Test
    void wordList_isTheOneOfBip39() throws IOException {
        try (InputStream in = WordList.class.getResourceAsStream("bip39-english.txt")) {
            assertThat(Sha256.digest(in.readAllBytes()))
                    .isEqualTo(Hex.hex("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"));
        }
        WordList list = WordList.english();
        for (int i = 0; i < WordList.SIZE; i++) {
            assertThat(list.index(list.word(i))).hasValue(i);
        }
        assertThat(list.index("")).isEmpty();
        assertThat(list.index("abandoned")).isEmpty();
        assertThat(list.index("zzz")).isEmpty();
    }

    /** Vectors of BIP39. */
    @Test
    void encode_knownSecrets_givesTheWordsOfBip39() throws MnemonicException {
        assertBoth("00000000000000000000000000000000", ZEROS);
        assertBoth("7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f", LEGAL);
        assertBoth("ffffffffffffffffffffffffffffffff", "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong");
        assertBoth("0000000000000000000000000000000000000000000000000000000000000000", "abandon ".repeat(23) + "art");
    }

    @Test
    void decode_encodedSecretOfAnyLength_givesItBack() throws MnemonicException {
        for (int bytes = 16; bytes <= 32; bytes += 4) {
            for (int seed = 0; seed < 50; seed++) {
                byte[] secret = Hex.seeded(seed, bytes);
                List<String> words = Mnemonic.encode(SecretBytes.copyOf(secret));
                assertThat(words).hasSize(Mnemonic.words(bytes));
                assertThat(Mnemonic.decode(String.join(" ", words).toCharArray(), bytes)
                                .reveal())
                        .isEqualTo(secret);
            }
        }
    }

    @Test
    void decode_anyWhiteSpaceAndCapitals_isTolerated() throws MnemonicException {
        String typed = "\t " + LEGAL.replace(" ", " \u00a0\r\n\u3000").toUpperCase(Locale.ROOT) + "\n\n";

        assertThat(decode(typed).reveal()).isEqualTo(decode(LEGAL).reveal());
    }

    /** The rules of a language must not matter: Turkish lower case of I is a letter that no word has. */
    @Test
    void decode_capitalsUnderTurkishRules_areFoldedAsAscii() throws MnemonicException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(decode(LEGAL.toUpperCase(Locale.ROOT)).reveal())
                    .isEqualTo(decode(LEGAL).reveal());
            // The planted fault: folding by the user's language.
            assertRefused(LEGAL.toUpperCase(Locale.ROOT).toLowerCase(Locale.getDefault()), Reason.UNKNOWN_WORD, 2);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void decode_anotherNumberOfWords_isRefused() {
        assertRefused("", Reason.WORD_COUNT, 0);
        assertRefused("   \n", Reason.WORD_COUNT, 0);
        assertRefused(LEGAL.substring(0, LEGAL.lastIndexOf(' ')), Reason.WORD_COUNT, 0);
        assertRefused(LEGAL + " legal", Reason.WORD_COUNT, 0);
        assertRefused("a".repeat(5000), Reason.WORD_COUNT, 0);
    }

    @Test
    void decode_wordNotInTheList_isNamedByPositionWithNearWords() {
        assertThat(assertRefused(LEGAL.replace("thank year", "thamk year"), Reason.UNKNOWN_WORD, 3))
                .contains("thank")
                .hasSizeLessThanOrEqualTo(3);
        assertThat(assertRefused(LEGAL.replace("sausage", "suasage"), Reason.UNKNOWN_WORD, 6))
                .startsWith("sausage");
        assertThat(assertRefused(LEGAL.replace("sausage", "saus"), Reason.UNKNOWN_WORD, 6))
                .startsWith("sausage");
        assertThat(assertRefused(LEGAL.replace("useful", "usefull"), Reason.UNKNOWN_WORD, 8))
                .startsWith("useful");
        assertThat(assertRefused(LEGAL.replace("useful", "xqxqxqxq"), Reason.UNKNOWN_WORD, 8))
                .isEmpty();
        assertThat(assertRefused(LEGAL.replace("useful", "x".repeat(300)), Reason.UNKNOWN_WORD, 8))
                .isEmpty();
    }

    @Test
    void decode_wrongWordOrOrder_isRefusedForItsChecksum() {
        assertRefused(LEGAL.replace("yellow", "year"), Reason.CHECKSUM, 0);
        assertRefused(ZEROS.replace("about", "abandon"), Reason.CHECKSUM, 0);
    }

    /** A changed word is noticed 15 times in 16, by the four bits of the checksum. */
    @Test
    void decode_oneWordReplaced_isNoticedAsOftenAsTheChecksumCan() {
        List<String> words = new ArrayList<>(wordsOf(LEGAL));
        int refused = 0;
        for (int i = 0; i < WordList.SIZE; i++) {
            words.set(4, WordList.english().word(i));
            try {
                decode(String.join(" ", words)).close();
            } catch (MnemonicException e) {
                assertThat(e.reason()).isEqualTo(Reason.CHECKSUM);
                refused++;
            }
        }
        assertThat(refused).isBetween(1800, 2000);
    }

    /** No text of an exception may hold a word: exceptions end in logs. */
    @Test
    void exception_anyReason_showsNoWord() {
        List<String> shuffled = new ArrayList<>(wordsOf(LEGAL));
        Collections.shuffle(shuffled, new Random(1));
        for (String typed : List.of(
                LEGAL.replace("sausage", "suasage"),
                LEGAL + " legal",
                ZEROS.replace("about", "abandon"),
                String.join(" ", shuffled))) {
            assertThatThrownBy(() -> decode(typed)).isInstanceOfSatisfying(MnemonicException.class, e -> {
                assertThat(wordsOf(e.toString())).doesNotContainAnyElementsOf(wordsOf(typed + " sausage"));
            });
        }
        // The planted fault: an exception that quotes what was typed fails this check.
        assertThat(wordsOf(new IllegalArgumentException("unknown word 'suasage'").toString()))
                .contains("suasage");
    }

    private static List<String> wordsOf(String text) {
        return Pattern.compile("[^a-z]+").splitAsStream(text).toList();
    }

    private static SecretBytes decode(String text) throws MnemonicException {
        return Mnemonic.decode(text.toCharArray(), 16);
    }

    private static void assertBoth(String hex, String words) throws MnemonicException {
        byte[] secret = Hex.hex(hex);
        assertThat(String.join(" ", Mnemonic.encode(SecretBytes.copyOf(secret))))
                .isEqualTo(words);
        assertThat(Mnemonic.decode(words.toCharArray(), secret.length).reveal()).isEqualTo(secret);
    }

    private static List<String> assertRefused(String text, Reason reason, int position) {
        try {
            decode(text).close();
        } catch (MnemonicException e) {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.position()).isEqualTo(position);
            return e.suggestions();
        }
        throw new AssertionError("was accepted");
    }
}
