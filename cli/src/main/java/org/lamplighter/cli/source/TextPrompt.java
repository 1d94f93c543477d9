package org.lamplighter.cli.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.message.Submission;

/** Where the text of a message comes from: a file, standard input to its end, or a person who types. */
final class TextPrompt {
    private static final String STANDARD_INPUT = "-";
    private static final String LAST_LINE = ".";

    private final Terminal terminal;

    TextPrompt(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The text of {@code option}; without one it is typed, or empty when nobody is there to type. */
    String text(Optional<String> option) throws CommandFailure, IOException {
        if (option.isEmpty()) {
            return terminal.isInteractive() ? typed() : "";
        }
        if (option.get().equals(STANDARD_INPUT)) {
            return decoded(terminal.in().readNBytes(Submission.MAX_TEXT + 1));
        }
        try (InputStream in = Files.newInputStream(Path.of(option.get()))) {
            return decoded(in.readNBytes(Submission.MAX_TEXT + 1));
        }
    }

    private String typed() throws CommandFailure, IOException {
        terminal.say("Type your message. End it with a line that holds a single dot, or with Ctrl-D.");
        InputStream in = terminal.in();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && text.size() <= Submission.MAX_TEXT; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                if (line.toString(StandardCharsets.UTF_8).strip().equals(LAST_LINE)) {
                    return decoded(text.toByteArray());
                }
                line.writeTo(text);
                line.reset();
            }
        }
        line.writeTo(text);
        return decoded(text.toByteArray());
    }

    private static String decoded(byte[] utf8) throws CommandFailure {
        if (utf8.length > Submission.MAX_TEXT) {
            throw CommandFailure.of("the text is longer than 8 MiB", "send it as a file, with --file");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw CommandFailure.of("the text is not UTF-8", "send it as a file, with --file, or convert it");
        }
    }
}
