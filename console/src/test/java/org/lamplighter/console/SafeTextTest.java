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
    void quoted_marksEveryLine_soThatNoneLooksLikeOurs() {
        assertThat(SafeText.quoted("first\r\nerror: second\rthird\n\n\tlast\u001b[m"))
                .containsExactly("  | first", "  | error: second", "  | third", "  | ", "  |     last<U+001B>[m");
        assertThat(SafeText.quoted("")).isEmpty();
    }

    private static void check(UnaryOperator<String> neutraliser) {
        for (String attack : ATTACKS) {
            assertThat(neutraliser.apply(attack))
                    .doesNotContainPattern(CONTROLS)
                    .doesNotContainPattern(FORMATS);
        }
    }
}
