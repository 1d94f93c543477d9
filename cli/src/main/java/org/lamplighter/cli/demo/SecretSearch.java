package org.lamplighter.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks for planted words in files: plain, in UTF-16, in hex, and in base64 at each of the three alignments. Immutable.
 */
final class SecretSearch {
    /** Longest that one file is read at once. */
    private static final int WINDOW = 1 << 22;

    private final List<Needle> needles;

    private static final class Needle {
        private final String word;
        private final byte[] bytes;

        Needle(String word, byte[] bytes) {
            this.word = word;
            this.bytes = bytes;
        }
    }

    private SecretSearch(List<Needle> needles) {
        this.needles = needles;
    }

    /** Looks for {@code words}, each at least 8 characters, so that no accident is found. */
    static SecretSearch forWords(List<String> words) {
        List<Needle> needles = new ArrayList<>();
        for (String word : words) {
            byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
            needles.add(new Needle(word, utf8));
            needles.add(new Needle(word, word.getBytes(StandardCharsets.UTF_16LE)));
            needles.add(new Needle(word, ascii(HexFormat.of().formatHex(utf8))));
            for (int lead = 0; lead < 3; lead++) {
                needles.add(new Needle(word, base64(utf8, lead)));
            }
        }
        return new SecretSearch(needles);
    }

    /** One line for each find, {@code word in file}; empty when nothing is there. */
    List<String> findIn(Path fileOrFolder) throws IOException {
        List<String> finds = new ArrayList<>();
        try (Stream<Path> files = Files.walk(fileOrFolder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                search(file, finds);
            }
        }
        return finds;
    }

    private void search(Path file, List<String> finds) throws IOException {
        int overlap =
                needles.stream().mapToInt(needle -> needle.bytes.length).max().orElse(0);
        try (var in = Files.newInputStream(file)) {
            byte[] kept = new byte[0];
            for (byte[] read = in.readNBytes(WINDOW); read.length > 0; read = in.readNBytes(WINDOW)) {
                byte[] window = concat(kept, read);
                for (Needle needle : needles) {
                    if (contains(window, needle.bytes)) {
                        finds.add(needle.word + " in " + file.getFileName());
                    }
                }
                kept = Arrays.copyOfRange(window, Math.max(0, window.length - overlap), window.length);
            }
        }
    }

    private static boolean contains(byte[] window, byte[] needle) {
        for (int i = 0; i <= window.length - needle.length; i++) {
            if (window[i] == needle[0] && matchesAt(window, i, needle)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesAt(byte[] window, int at, byte[] needle) {
        for (int j = 1; j < needle.length; j++) {
            if (window[at + j] != needle[j]) {
                return false;
            }
        }
        return true;
    }

    /** The characters of base64 that depend on the word alone, whatever {@code lead} bytes stand before it. */
    private static byte[] base64(byte[] word, int lead) {
        byte[] shifted = concat(new byte[lead], word);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int first = (8 * lead + 5) / 6;
        int end = 8 * shifted.length / 6;
        return ascii(text.substring(first, end));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
