package org.lamplighter.core.evidence.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lamplighter.testkit.SeededRandom;

final class SafeFileNamesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delivery notes.pdf",
                "Prüfbericht 2026-03.odt",
                "отчёт.docx",
                "検査報告.pdf",
                "no extension",
                "a.tar.gz",
                "x (2).csv"
            })
    void harmlessName_staysAsItIs(String name) {
        assertThat(SafeFileNames.of(name)).isEqualTo(name);
    }

    @Test
    void dangerousName_becomesHarmless() {
        assertBecomes("../../etc/passwd", "_._.._etc_passwd");
        assertBecomes("..", "file");
        assertBecomes(".", "file");
        assertBecomes("", "file");
        assertBecomes("   ", "file");
        assertBecomes("a/b", "a_b");
        assertBecomes("a\\b", "a_b");
        assertBecomes("C:autoexec.bat", "C_autoexec.bat");
        assertBecomes(".bashrc", "_bashrc");
        assertBecomes("-rf", "_rf");
        assertBecomes("~root", "_root");
        assertBecomes("nul", "_nul");
        assertBecomes("Com1.txt", "_Com1.txt");
        assertBecomes("LPT\u00b9", "_LPT\u00b9");
        assertBecomes("aux .tar.gz", "_aux .tar.gz");
        assertBecomes("console.txt", "console.txt");
        assertBecomes("name.", "name");
        assertBecomes("name . . ", "name");
        assertBecomes("what?.txt", "what_.txt");
        assertBecomes("bill\u202efdp.exe", "bill_fdp.exe");
        assertBecomes("zero\u200bwidth.txt", "zero_width.txt");
        assertBecomes("full\uff0fwidth.txt", "full_width.txt");
        assertBecomes("a\u2028b", "a_b");
        assertBecomes("bell\u0007.txt", "bell_.txt");
        assertBecomes("u\u0308.txt", "\u00fc.txt");
        assertBecomes("a\u00a0\u00a0\u00a0b", "a b");
    }

    private static void assertBecomes(String name, String safe) {
        assertThat(SafeFileNames.of(name)).isEqualTo(safe);
    }

    @Test
    void longName_isCutBetweenCharacters_andKeepsItsExtension() {
        String safe = SafeFileNames.of("検".repeat(200) + ".docx");

        assertThat(safe.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(SafeFileNames.MAX_BYTES);
        assertThat(safe).startsWith("検検").endsWith("検.docx");
        assertThat(SafeFileNames.of("a" + ".b".repeat(300))).hasSizeBetween(190, SafeFileNames.MAX_BYTES);
    }

    @Test
    void namesInOneFolder_differ_alsoWithoutRegardToCaseOrForm() {
        assertThat(SafeFileNames.ofAll(
                        List.of("notes.pdf", "Notes.PDF", "notes.pdf", "notes (2).pdf", "a/b", "a_b", "")))
                .containsExactly(
                        "notes.pdf", "Notes (2).PDF", "notes (3).pdf", "notes (2) (2).pdf", "a_b", "a_b (2)", "file");
        assertThat(SafeFileNames.ofAll(List.of("stra\u00dfe", "STRASSE", "\ufb01le", "file")))
                .containsExactly("stra\u00dfe", "STRASSE (2)", "\ufb01le", "file (2)");
        assertThat(SafeFileNames.ofAll(List.of("x".repeat(300) + ".txt", "x".repeat(301) + ".txt")))
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).hasSize(SafeFileNames.MAX_BYTES));
    }

    @Test
    void anyName_comesOutSafe_andStaysSo() {
        List<Problem> found = problems(SafeFileNames::of);

        assertThat(found).isEmpty();
    }

    @Test
    void anyName_failsWhenOnlySeparatorsAreReplaced() {
        // The planted fault: what a first attempt at this function would be.
        assertThat(problems(name -> name.replace('/', '_').replace('\\', '_'))).isNotEmpty();
    }

    @Test
    void realFolder_takesEveryName() throws Exception {
        SeededRandom random = SeededRandom.of(41);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            String safe = SafeFileNames.of(name(random), names);
            names.add(safe);
            Files.createFile(folder.resolve(safe));
        }
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(300);
        }
    }

    private record Problem(String kind) {}

    private static List<Problem> problems(UnaryOperator<String> safety) {
        SeededRandom random = SeededRandom.of(42);
        Set<Problem> found = new HashSet<>();
        for (int round = 0; round < 20_000; round++) {
            String safe = safety.apply(name(random));
            report(found, "empty", safe.isBlank());
            report(found, "separator", safe.matches("(?s).*[/\\\\:].*"));
            report(found, "start", safe.matches("(?s)[.~ -].*"));
            report(found, "end", safe.endsWith(".") || safe.endsWith(" "));
            report(found, "invisible", safe.codePoints().anyMatch(SafeFileNamesTest::isInvisible));
            report(found, "device", safe.toUpperCase(Locale.ROOT).matches("(?s)(CON|NUL|COM1)(\\..*)?"));
            report(found, "length", safe.getBytes(StandardCharsets.UTF_8).length > 255);
            report(found, "not stable", !safety.apply(safe).equals(safe));
        }
        return List.copyOf(found);
    }

    private static void report(Set<Problem> found, String kind, boolean holds) {
        if (holds) {
            found.add(new Problem(kind));
        }
    }

    private static boolean isInvisible(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
    }

    /** Names of odd and of ordinary characters, some of them well-known traps. */
    private static String name(SeededRandom random) {
        List<String> pieces = List.of(
                "..",
                "/",
                "\\",
                "CON",
                "nul",
                "com1",
                ".txt",
                " ",
                "\u202e",
                "\ud800",
                "\u0000",
                "~",
                "-",
                "u\u0308",
                "\ufb01",
                "a",
                "Z",
                ":",
                "\u0338",
                "\u2000",
                ".",
                "long-ordinary-words",
                "\ud83d\ude00");
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> name.appendCodePoint(random.nextInt(0x11_0000));
                case 1 -> name.append((char) random.nextInt(0x250));
                default -> name.append(pieces.get(random.nextInt(pieces.size())));
            }
        }
        return random.nextInt(50) == 0 ? name.toString().repeat(30) : name.toString();
    }
}
