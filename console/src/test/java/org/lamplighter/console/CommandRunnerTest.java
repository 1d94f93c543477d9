package org.lamplighter.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

final class CommandRunnerTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal = Terminal.of(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));

    @Test
    void done_isZero_andPrintsNothingOfItsOwn() {
        assertThat(run("fine")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("done\n");
        assertThat(error()).isEmpty();
    }

    @Test
    void refused_isOne_withErrorAndHint() {
        assertThat(run("refused")).isEqualTo(1);
        assertThat(error()).isEqualTo("error: the name is taken\nhint: choose another\n");
    }

    @Test
    void missingFile_isOne_andNamesThePath() {
        assertThat(run("file")).isEqualTo(1);
        assertThat(error()).startsWith("error: no such file or folder: /there\nhint: ");
    }

    @Test
    void faultOfOurs_isOne_andItsTextIsNotShown() {
        assertThat(run("bug")).isEqualTo(1);
        assertThat(error())
                .startsWith("error: internal fault (java.lang.IllegalStateException)\n    at ")
                .doesNotContain("secret");
    }

    @Test
    void wrongUsage_isTwo_withErrorAndHint() {
        assertThat(run("fine", "too", "many")).isEqualTo(2);
        assertThat(error()).startsWith("error: ").endsWith("hint: see example --help\n");
    }

    @Test
    void version_isThatOfTheJar() {
        assertThat(run("--version")).isZero();
        // These classes came in none; the test of the package asks one that did.
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("lamplighter (not from a jar)\n");
    }

    private String error() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private int run(String... arguments) {
        return CommandRunner.run(new CommandLine(new Example(terminal)), terminal, arguments);
    }

    @Command(name = "example", mixinStandardHelpOptions = true)
    private static final class Example implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters
        private String word = "";

        private Example(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws CommandFailure, IOException {
            switch (word) {
                case "refused" -> throw CommandFailure.of("the name is taken", "choose another");
                case "file" -> throw new NoSuchFileException("/there");
                case "bug" -> throw new IllegalStateException("secret text");
                default -> terminal.print("done");
            }
            return CommandRunner.DONE;
        }
    }
}
