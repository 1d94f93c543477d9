package org.lamplighter.cli.source;

import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.source.Passphrase;

/**
 * {@code source new}: twelve words, shown once. Talks to nobody and writes nothing. At a terminal three of the words are asked
 * back, because a slip of the pen found later means that no reply is ever found.
 */
final class NewWords {
    private static final int ASKED_BACK = 3;
    /** Clears the screen and what can be scrolled back to. */
    private static final String CLEAR = "\u001b[H\u001b[2J\u001b[3J";

    private static final int ATTEMPTS = 3;

    private final Terminal terminal;
    private final SecureRandom random;

    NewWords(Terminal terminal, SecureRandom random) {
        this.terminal = terminal;
        this.random = random;
    }

    /** Shows new words; {@code yes} skips asking them back. */
    void run(boolean yes) throws CommandFailure {
        try (Passphrase passphrase = Passphrase.generate(random)) {
            List<String> words = passphrase.words();
            if (!terminal.isInteractive()) {
                terminal.say(
                        "There is no terminal: the 12 words go to standard output. Keep them as you keep the evidence.");
                terminal.print(String.join(" ", words));
                return;
            }
            show(words);
            if (!yes) {
                askBack(words);
            }
            terminal.say("These words are all you need: send with them, come back with them, tell them to nobody.");
        }
    }

    private void show(List<String> words) {
        terminal.say("Write these 12 words down on paper, in this order. They are shown once and stored nowhere.");
        terminal.say("");
        for (int i = 0; i < words.size(); i++) {
            terminal.print(String.format("  %2d  %s", i + 1, words.get(i)));
        }
        terminal.say("");
    }

    private void askBack(List<String> words) throws CommandFailure {
        terminal.ask("Press Enter when you have written them down; then they leave the screen");
        clear();
        for (int position : positions(words.size())) {
            askBack(position + 1, words.get(position));
        }
        clear();
    }

    private void clear() {
        terminal.out().print(CLEAR);
        terminal.out().flush();
    }

    private void askBack(int number, String word) throws CommandFailure {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (terminal.ask("word " + number).equalsIgnoreCase(word)) {
                return;
            }
            if (attempt < ATTEMPTS) {
                terminal.say("Word " + number + " is another one; look at what you wrote, and type it again.");
            }
        }
        throw CommandFailure.of(
                "word " + number + " is another one, so these words are not used",
                "run the command again; it makes new words, write those down with care");
    }

    private Set<Integer> positions(int words) {
        TreeSet<Integer> positions = new TreeSet<>();
        while (positions.size() < ASKED_BACK) {
            positions.add(random.nextInt(words));
        }
        return positions;
    }
}
