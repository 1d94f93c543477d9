package org.lamplighter.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class SafeTextTest {
    private static final String CONTROLS = "[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}\\p{Cn}]";
    private static final String FORMATS = "[\\p{Cf}&&[^\\u200C\\u200D]]";

    private static final List<String> ATTACKS = List.of(
            "\u001b[2J\u001b[1;31mclear the screen",
            "\u009b31mone-byte introducer",
            "\u001b]0;title\u0007",
            "\u001b]8;;http://courier.example\u001b\\\\link\u001b]8;;\u001b\\\\",
            "gnp.\u202etxt",
            "\u2066isolate\u2069",
            "zero\u200bwidth\ufefftext",
            "back\bspace\u007f",
            "line\rover",
            "line\nbreak\u2028other\u2029break\u0085next",
            "tag \udb40\udc41",
            "lone \ud800 surrogate",
            "private \ue000");

    @Test
    void line_neutralisesWhatATerminalWouldObey() {
        check(SafeText::line);
    }

    /** Shows that the check above notices a neutraliser that lets the text through, or that knows only escape. */
    @Test
    void line_plantedFault_isNoticed() {
        assertThatThrownBy(() -> check(UnaryOperator.identity())).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check(text -> text.replace("\u001b", "?"))).isInstanceOf(AssertionError.class);
    }

    @Test
    void line_showsTheNumberOfWhatItTookOut() {
        assertThat(SafeText.line("a\u202eb\u001b[m")).isEqualTo("a<U+202E>b<U+001B>[m");
    }

    @Test
    void line_leavesTextOfAllScriptsAlone() {
        String text = "Zürich, Ελλάδα, Київ, مرحبا, می‌خواهم, 東京, 👩‍👩‍👧, e\u0301 – “quoted” <U+202E>";
        assertThat(SafeText.line(text)).isEqualTo(text);
    }

    @Test
    void line_cutsPilesOfMarks() {
        checkNoPiles(SafeText::line);
        assertThat(SafeText.line("Z" + "\u0301".repeat(30) + "algo"))
                .isEqualTo("Z" + "\u0301".repeat(4) + "<+26 marks>algo");
        assertThat(SafeText.line("\u0489".repeat(5))).isEqualTo("\u0489".repeat(4) + "<+1 marks>");
    }

    /** Shows that the check above notices a limit that a joiner between the marks resets. */
    @Test
    void line_plantedFault_joinerBeginsANewPile_isNoticed() {
        assertThatThrownBy(() -> checkNoPiles(UnaryOperator.identity())).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> checkNoPiles(text -> text.replaceAll("(\\p{M}{4})\\p{M}+", "$1")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void line_leavesLettersWithSeveralMarksAlone() {
        // Hebrew with vowel, dagesh and accent; Devanagari with nukta, vowel and nasal; Vietnamese taken apart.
        String text = "\u05d1\u05b0\u05bc\u0591 \u0915\u093c\u093f\u0902 e\u0302\u0323";
        assertThat(SafeText.line(text)).isEqualTo(text);
    }

    @Test
    void quoted_marksEveryLine_soThatNoneLooksLikeOurs() {
        assertThat(SafeText.quoted("first\r\nerror: second\rthird\n\n\tlast\u001b[m"))
                .containsExactly("  | first", "  | error: second", "  | third", "  | ", "  |     last<U+001B>[m");
        assertThat(SafeText.quoted("")).isEmpty();
    }

    private static void checkNoPiles(UnaryOperator<String> limiter) {
        for (String between : List.of("", "\u200d", "\u200c\u200d")) {
            String shown = limiter.apply("o" + ("\u0308\u0332\u20dd\u0903" + between).repeat(20) + "k");
            assertThat(shown.codePoints().filter(SafeTextTest::isMark).count()).isLessThanOrEqualTo(4);
        }
    }

    private static boolean isMark(int point) {
        return Character.toString(point).matches("\\p{M}");
    }

    private static void check(UnaryOperator<String> neutraliser) {
        for (String attack : ATTACKS) {
            assertThat(neutraliser.apply(attack))
                    .doesNotContainPattern(CONTROLS)
                    .doesNotContainPattern(FORMATS);
        }
    }
}
