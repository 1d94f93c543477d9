package org.lamplighter.console;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.FuzzTargets;

/** Text by strangers on its way to a terminal, and whatever is typed or piped in. */
public final class ConsoleFuzz implements FuzzTargets {
    private static final int MOST = 200;

    @Override
    public List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.of("safe-text", 256, ConsoleFuzz::safeText)
                        .seeded("Grüße \u001b[31m red \u202e evil")
                        .seeded("a" + "\u0301".repeat(12) + "\u200d\ud83d\udd6f")
                        .seeded("one\r\ntwo\rthree\n\tfour"),
                FuzzTarget.of("terminal-ask", 256, input -> {
                            String answer = terminal(input, true).ask("Name");
                            FuzzTarget.require(answer.indexOf('\n') < 0, "more than a line");
                            return true;
                        })
                        .refusing(CommandFailure.class)
                        .seeded("Ada\n")
                        .seeded("Ada"),
                FuzzTarget.of("terminal-secret", 256, input -> {
                            try (SecretBytes secret = terminal(input, false).askNewPassphrase("Passphrase")) {
                                FuzzTarget.require(secret.length() >= 15, "too short a passphrase");
                            }
                            return true;
                        })
                        .refusing(CommandFailure.class)
                        .seeded("correct horse battery\ncorrect horse battery\n"),
                FuzzTarget.of("text-prompt", 256, ConsoleFuzz::textPrompt)
                        .refusing(CommandFailure.class)
                        .seeded("some text\n.\n")
                        .seeded("-some text"));
    }

    private static boolean safeText(byte[] input) {
        String text = FuzzTarget.text(input);
        requireHarmless(SafeText.line(text));
        for (String line : SafeText.quoted(text)) {
            FuzzTarget.require(line.startsWith("  | "), "a line that looks like ours");
            requireHarmless(line);
        }
        return true;
    }

    private static void requireHarmless(String line) {
        FuzzTarget.require(
                line.codePoints()
                        .noneMatch(point -> Character.isISOControl(point)
                                || point == 0x2028
                                || point == 0x2029
                                || (point >= 0x202a && point <= 0x202e)
                                || (point >= 0x2066 && point <= 0x2069)
                                || (point >= 0xd800 && point <= 0xdfff)),
                "a character that moves, hides or turns text");
    }

    /** Typed up to the last line, or read from a pipe when the input begins with a hyphen. */
    private static boolean textPrompt(byte[] input) throws Exception {
        boolean piped = input.length > 0 && input[0] == '-';
        TextPrompt prompt = TextPrompt.of(terminal(input, !piped), MOST, "shorten it");
        String text = prompt.text(piped ? Optional.of("-") : Optional.empty());
        FuzzTarget.require(text.getBytes(StandardCharsets.UTF_8).length <= MOST, "longer than the most");
        return true;
    }

    private static Terminal terminal(byte[] input, boolean interactive) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        ByteArrayInputStream in = new ByteArrayInputStream(input);
        return interactive ? Terminal.interactive(in, nowhere, nowhere) : Terminal.of(in, nowhere, nowhere);
    }
}
