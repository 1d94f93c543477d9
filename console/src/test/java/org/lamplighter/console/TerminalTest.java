package org.lamplighter.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.secret.SecretBytes;

final class TerminalTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void twoSecretsInARowFromAPipe_areOneLineEach_andTheRestIsLeft() throws Exception {
        Terminal terminal = terminal("first\r\nsecond ü\nrest of\nthe input");

        try (SecretBytes first = terminal.askSecret("passphrase");
                SecretBytes second = terminal.askSecret("other")) {
            assertThat(first.matches(secret("first"))).isTrue();
            assertThat(second.matches(secret("second ü"))).isTrue();
        }
        assertThat(new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("rest of\nthe input");
    }

    @Test
    void whatFollowsAPromptThatNobodyEnded_beginsALine() throws Exception {
        Terminal terminal = terminal("x\ny\n");
        terminal.ask("name");
        terminal.ask("place");
        terminal.error("no such place");
        terminal.hint("another one");

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("name: \nplace: \nerror: no such place\nhint: another one\n");
    }

    @Test
    void prompts_goToTheErrorStream_dataToTheOther() throws Exception {
        Terminal terminal = terminal("x\n");
        terminal.askSecret("passphrase").close();
        terminal.print("data");

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("passphrase: \n");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("data\n");
    }

    @Test
    void newPassphrase_twoEntriesThatDiffer_isRefused() {
        assertThatThrownBy(() -> terminal("four quiet harbour lamps\nfour quiet harbour lamp\n")
                        .askNewPassphrase("passphrase"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("the two entries differ");
    }

    @Test
    void newPassphrase_sameTwice_isTaken() throws Exception {
        try (SecretBytes secret = terminal("fifteen letters\nfifteen letters\n").askNewPassphrase("passphrase")) {
            assertThat(secret.matches(secret("fifteen letters"))).isTrue();
        }
    }

    @Test
    void newPassphrase_belowFifteenCharacters_isRefused() {
        assertThatThrownBy(() -> terminal("fourteen chars\nfourteen chars\n").askNewPassphrase("passphrase"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("the passphrase is shorter than 15 characters");
    }

    @Test
    void askSecret_atTheEndOfInput_saysWhatIsMissing() {
        assertThatThrownBy(() -> terminal("").askSecret("passphrase"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("passphrase");
    }

    @Test
    void askSecret_emptyOrEndlessLine_isRefused() {
        assertThatThrownBy(() -> terminal("\n").askSecret("passphrase")).isInstanceOf(CommandFailure.class);
        assertThatThrownBy(() -> terminal("x".repeat(5000)).askSecret("passphrase"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("too long");
    }

    @Test
    void confirm_anythingButYes_endsTheCommand() throws Exception {
        terminal("yes\n").confirm("really?");
        assertThatThrownBy(() -> terminal("y\n").confirm("really?")).isInstanceOf(CommandFailure.class);
        assertThatThrownBy(() -> terminal("").confirm("really?")).isInstanceOf(CommandFailure.class);
    }

    private Terminal terminal(String input) {
        return Terminal.of(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static SecretBytes secret(String text) {
        return SecretBytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }
}
