package org.lamplighter.cli.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.source.Passphrase;
import org.lamplighter.core.words.MnemonicException;

/**
 * Asks for the twelve words. A slip is explained, with the words that were probably meant, to a person at a terminal; into a
 * pipe, which may be a log, goes only that and where something is wrong.
 */
final class PassphrasePrompt {
    private static final int TRIES = 3;

    private final Terminal terminal;

    PassphrasePrompt(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The passphrase that was entered, to be closed by the caller; a person has three tries, a pipe has one. */
    Passphrase ask() throws CommandFailure {
        int tries = terminal.isInteractive() ? TRIES : 1;
        for (int left = tries; ; left--) {
            try (SecretBytes typed = terminal.askSecret("your 12 words")) {
                return parse(typed);
            } catch (MnemonicException e) {
                if (left == 1) {
                    throw CommandFailure.of(e.getMessage() + "", hint(e));
                }
                terminal.say(e.getMessage() + ": " + explained(e));
            }
        }
    }

    private static Passphrase parse(SecretBytes typed) throws MnemonicException {
        byte[] utf8 = typed.reveal();
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
        char[] text = new char[decoded.remaining()];
        decoded.get(text);
        Arrays.fill(decoded.array(), '\0');
        SecretBytes.wipe(utf8);
        try {
            return Passphrase.parse(text);
        } finally {
            SecretBytes.wipe(text);
        }
    }

    private static String hint(MnemonicException e) {
        return switch (e.reason()) {
            case WORD_COUNT -> "enter all 12 words on one line, with spaces between them";
            case UNKNOWN_WORD -> "compare this word with what you wrote down, letter by letter";
            case CHECKSUM -> "compare the words and their order with what you wrote down";
        };
    }

    private static String explained(MnemonicException e) {
        return e.suggestions().isEmpty() ? hint(e) : "did you mean " + String.join(" or ", e.suggestions()) + "?";
    }
}
