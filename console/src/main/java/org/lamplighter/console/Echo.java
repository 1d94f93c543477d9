package org.lamplighter.console;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Turns the echo of a terminal off while a secret is typed. {@link java.io.Console} does this too, but Java has no console
 * as soon as the output is redirected ({@code lamplighter source read > file}), and then a passphrase would show on the
 * screen. So we ask {@code stty}, which works on the standard input it inherits and fails when that is no terminal.
 */
final class Echo {
    private final boolean possible;
    private Optional<String> saved = Optional.empty();

    private Echo(boolean possible) {
        this.possible = possible;
    }

    static Echo ofStandardInput() {
        return new Echo(true);
    }

    /** For streams that are no terminal. */
    static Echo none() {
        return new Echo(false);
    }

    /** Whether the echo was on and is now off. */
    boolean turnOff() {
        if (!possible) {
            return false;
        }
        Optional<String> state = stty("-g");
        if (state.isEmpty() || stty("-echo").isEmpty()) {
            return false;
        }
        saved = state;
        // Interrupted at the prompt, the shell would be left without echo.
        Runtime.getRuntime().addShutdownHook(new Thread(this::turnOn));
        return true;
    }

    /** Back to what it was; a second call does nothing. */
    synchronized void turnOn() {
        saved.ifPresent(Echo::stty);
        saved = Optional.empty();
    }

    /** Output of {@code stty argument} on our standard input, or empty when that is no terminal. */
    private static Optional<String> stty(String argument) {
        try {
            Process process = new ProcessBuilder("stty", argument)
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // no stty on this machine: then there is nothing to turn off with
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
