package org.lamplighter.console;

import java.io.BufferedInputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.lamplighter.core.secret.SecretBytes;

/**
 * Where a command talks to its user. Data goes to standard output; prompts, progress and errors go to standard error, so
 * that redirecting the output keeps it clean. Answers come from the terminal, without echo when they are secret, or, when
 * there is no terminal, one line each from standard input, in the order asked. One thread at a time.
 */
public final class Terminal {
    /** The shortest passphrase of a new key: five words of three letters are longer, and one word rarely as long. */
    private static final int LEAST_PASSPHRASE_BYTES = 15;

    /** A longer answer is refused: nobody types it, and it is held in memory. */
    private static final int MAX_ANSWER_BYTES = 4096;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Optional<Console> console;
    private final boolean interactive;
    private final Echo echo;
    /** Whether a prompt stands on the last line of the error stream, which no echo of an answer has ended. */
    private boolean promptIsOpen;

    private Terminal(
            InputStream in,
            PrintStream out,
            PrintStream err,
            Optional<Console> console,
            boolean interactive,
            Echo echo) {
        this.in = new BufferedInputStream(in);
        this.out = out;
        this.err = err;
        this.console = console;
        this.interactive = interactive;
        this.echo = echo;
    }

    /** The terminal or the pipes this process was started with. Call once: the input is buffered. */
    public static Terminal system() {
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        return new Terminal(System.in, out, err, console, console.isPresent(), Echo.ofStandardInput());
    }

    /** Streams in place of a terminal. */
    public static Terminal of(InputStream in, PrintStream out, PrintStream err) {
        return new Terminal(in, out, err, Optional.empty(), false, Echo.none());
    }

    /** Streams with a person at the other end, who is asked what a script is not asked; their echo is not our business. */
    public static Terminal interactive(InputStream in, PrintStream out, PrintStream err) {
        return new Terminal(in, out, err, Optional.empty(), true, Echo.none());
    }

    /** Prints a line of data to standard output. */
    public void print(String line) {
        endPrompt();
        out.println(line);
        out.flush();
    }

    /** Tells the user something that is not data: a line on standard error. */
    public void say(String line) {
        endPrompt();
        err.println(line);
        err.flush();
    }

    /** Prints {@code error: line}. */
    public void error(String line) {
        say("error: " + line);
    }

    /** Prints {@code hint: line}. */
    public void hint(String line) {
        say("hint: " + line);
    }

    /** The stream of {@link #print}, for data that is not lines. */
    public PrintStream out() {
        return out;
    }

    /** What is left of standard input after the answers read so far, for {@code -} as a file name. */
    public InputStream in() {
        return in;
    }

    /** Asks for a secret and yields its UTF-8 bytes; the caller closes them. An empty answer is refused. */
    public SecretBytes askSecret(String prompt) throws CommandFailure {
        byte[] answer = console.isPresent() ? secretFromConsole(console.get(), prompt) : secretFromInput(prompt);
        if (answer.length == 0) {
            throw CommandFailure.of("nothing was entered for: " + prompt, "run the command again and enter it");
        }
        return SecretBytes.takeOver(answer);
    }

    /** Asks for the passphrase of a new key twice; refuses two that differ, and one below 15 bytes. The caller closes it. */
    public SecretBytes askNewPassphrase(String prompt) throws CommandFailure {
        SecretBytes first = askSecret(prompt);
        try (SecretBytes second = askSecret(prompt + " again")) {
            requireNewPassphrase(first, second);
            return first;
        } catch (CommandFailure e) {
            first.close();
            throw e;
        }
    }

    /** Asks for a line that is not secret. */
    public String ask(String prompt) throws CommandFailure {
        prompt(prompt);
        return new String(line(prompt), StandardCharsets.UTF_8).strip();
    }

    /** Asks whether to go on; anything but {@code yes} ends the command. */
    public void confirm(String question) throws CommandFailure {
        confirm(question, "run the command again and answer yes");
    }

    /** The same, with a hint of its own for whoever does not answer {@code yes}. */
    public void confirm(String question, String otherwise) throws CommandFailure {
        if (!ask(question + " Type yes to go on").equals("yes")) {
            throw CommandFailure.of("not confirmed, nothing was changed", otherwise);
        }
    }

    /** Whether a person sits at the other end: then answers may be asked for that a script cannot know. */
    public boolean isInteractive() {
        return interactive;
    }

    /** Shows how far a long transfer is, on standard error. Close it before printing anything else. */
    public ProgressLine progress(InstantSource clock) {
        endPrompt();
        return ProgressLine.of(err, interactive, clock);
    }

    PrintWriter outWriter() {
        return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
    }

    PrintWriter errWriter() {
        return new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
    }

    private static void requireNewPassphrase(SecretBytes first, SecretBytes second) throws CommandFailure {
        if (!first.matches(second)) {
            throw CommandFailure.of("the two entries differ", "run the command again and enter the same twice");
        }
        if (first.length() < LEAST_PASSPHRASE_BYTES) {
            throw CommandFailure.of(
                    "the passphrase is shorter than " + LEAST_PASSPHRASE_BYTES + " characters",
                    "use five or more random words");
        }
    }

    private byte[] secretFromConsole(Console terminal, String prompt) throws CommandFailure {
        prompt(prompt);
        char[] typed = terminal.readPassword();
        if (typed == null) {
            throw ended(prompt);
        }
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(typed));
        byte[] answer = new byte[encoded.remaining()];
        encoded.get(answer);
        encoded.clear().put(new byte[encoded.capacity()]);
        SecretBytes.wipe(typed);
        return answer;
    }

    private byte[] secretFromInput(String prompt) throws CommandFailure {
        prompt(prompt);
        boolean hidden = echo.turnOff();
        try {
            return line(prompt);
        } finally {
            if (hidden) {
                echo.turnOn();
                endPrompt();
            }
        }
    }

    private void prompt(String prompt) {
        endPrompt();
        err.print(prompt + ": ");
        err.flush();
        promptIsOpen = console.isEmpty();
    }

    /** An answer out of a pipe leaves no line end behind; what comes next, an error above all, begins a line. */
    private void endPrompt() {
        if (promptIsOpen) {
            promptIsOpen = false;
            err.println();
        }
    }

    /** One line of input without its line end. Bytes and not a String, so that a secret can be wiped. */
    private byte[] line(String prompt) throws CommandFailure {
        byte[] buffer = new byte[MAX_ANSWER_BYTES];
        try {
            int length = 0;
            int next = in.read();
            if (next < 0) {
                throw ended(prompt);
            }
            for (; next >= 0 && next != '\n'; next = in.read()) {
                if (length == buffer.length) {
                    throw CommandFailure.of("the answer is too long for: " + prompt, "enter one short line");
                }
                buffer[length++] = (byte) next;
            }
            if (length > 0 && buffer[length - 1] == '\r') {
                length--;
            }
            return Arrays.copyOf(buffer, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            SecretBytes.wipe(buffer);
        }
    }

    private static CommandFailure ended(String prompt) {
        return CommandFailure.of(
                "the input ended before the answer to: " + prompt,
                "run the command at a terminal, or give one line of standard input for each question");
    }
}
