package org.lamplighter.core.words;

import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.secret.SecretBytes;

/**
 * BIP39: secret bytes as words, with a checksum of one bit for each 32 bits (section Generating the mnemonic). Only the encoding:
 * no key is stretched here. Stateless and thread-safe.
 */
public final class Mnemonic {
    private static final int MIN_BYTES = 16;
    private static final int MAX_BYTES = 32;
    /** More characters than this are no mnemonic of 24 words, however it is laid out. */
    private static final int MAX_CHARACTERS = 4096;

    private Mnemonic() {}

    /** Number of words that {@code bytes} bytes, 16 to 32 and a multiple of 4, make: 12 to 24. */
    public static int words(int bytes) {
        if (bytes < MIN_BYTES || bytes > MAX_BYTES || bytes % 4 != 0) {
            throw new IllegalArgumentException("a mnemonic is made of 16, 20, 24, 28 or 32 bytes");
        }
        return bytes / 4 * 3;
    }

    /** The words of {@code secret}. */
    public static List<String> encode(SecretBytes secret) {
        int count = words(secret.length());
        byte[] bits = withChecksum(secret);
        try {
            List<String> words = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                words.add(WordList.english().word(bitsAt(bits, i * WordList.BITS)));
            }
            return List.copyOf(words);
        } finally {
            SecretBytes.wipe(bits);
        }
    }

    /**
     * Reads the words of {@code bytes} bytes. White space of any kind and amount separates; capital letters A to Z are read as
     * small ones. The caller wipes {@code text}.
     */
    public static SecretBytes decode(char[] text, int bytes) throws MnemonicException {
        int count = words(bytes);
        int[] indexes = new int[count];
        try {
            readWords(text, indexes);
            return checked(indexes, bytes);
        } finally {
            Arrays.fill(indexes, 0);
        }
    }

    private static void readWords(char[] text, int[] indexes) throws MnemonicException {
        if (text.length > MAX_CHARACTERS) {
            throw MnemonicException.wordCount(indexes.length);
        }
        char[] lower = new char[text.length];
        try {
            for (int i = 0; i < text.length; i++) {
                lower[i] = isSeparator(text[i]) ? ' ' : toLower(text[i]);
            }
            int words = 0;
            int at = 0;
            while ((at = skip(lower, at, true)) < lower.length) {
                int end = skip(lower, at, false);
                if (words == indexes.length) {
                    throw MnemonicException.wordCount(indexes.length);
                }
                indexes[words] = index(CharBuffer.wrap(lower, at, end - at), words + 1);
                words++;
                at = end;
            }
            if (words != indexes.length) {
                throw MnemonicException.wordCount(indexes.length);
            }
        } finally {
            SecretBytes.wipe(lower);
        }
    }

    private static int index(CharBuffer word, int position) throws MnemonicException {
        WordList list = WordList.english();
        return list.index(word).orElseThrow(() -> MnemonicException.unknownWord(position, list.nearest(word)));
    }

    /** The first place at or after {@code at} where blanks end, or begin. */
    private static int skip(char[] text, int at, boolean blanks) {
        int place = at;
        while (place < text.length && (text[place] == ' ') == blanks) {
            place++;
        }
        return place;
    }

    private static boolean isSeparator(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** ASCII only: the rules of the user's language must not decide what a passphrase is (a Turkish I has no dot). */
    private static char toLower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    private static SecretBytes checked(int[] indexes, int bytes) throws MnemonicException {
        byte[] bits = new byte[bytes + 1];
        try {
            for (int i = 0; i < indexes.length; i++) {
                putBitsAt(bits, i * WordList.BITS, indexes[i]);
            }
            SecretBytes secret = SecretBytes.takeOver(Arrays.copyOf(bits, bytes));
            byte[] expected = withChecksum(secret);
            boolean right = expected[bytes] == bits[bytes];
            SecretBytes.wipe(expected);
            if (!right) {
                secret.close();
                throw MnemonicException.checksum();
            }
            return secret;
        } finally {
            SecretBytes.wipe(bits);
        }
    }

    /** The secret and one byte more, whose first {@code length / 4} bits are the checksum, the rest zero. */
    private static byte[] withChecksum(SecretBytes secret) {
        int length = secret.length();
        byte[] bits = secret.apply(bytes -> Arrays.copyOf(bytes, length + 1));
        int checksum = secret.apply(bytes -> Sha256.digest(bytes))[0] & 0xff;
        bits[length] = (byte) (checksum & (0xff00 >>> (length / 4)));
        return bits;
    }

    private static int bitsAt(byte[] bits, int at) {
        int value = 0;
        for (int i = at; i < at + WordList.BITS; i++) {
            value = value << 1 | (bits[i / 8] >>> (7 - i % 8) & 1);
        }
        return value;
    }

    private static void putBitsAt(byte[] bits, int at, int value) {
        for (int i = 0; i < WordList.BITS; i++) {
            int bit = value >>> (WordList.BITS - 1 - i) & 1;
            bits[(at + i) / 8] |= (byte) (bit << (7 - (at + i) % 8));
        }
    }
}
