package org.lamplighter.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the text of a message comes from: a file, standard input to its end, or a person who types. One thread at a time.
 */
public final class TextPrompt {
    private static final String STANDARD_INPUT = "-";
    private static final String LAST_LINE = ".";

    private final Terminal terminal;
    private final int maxBytes;
    private final String tooLong;

    private TextPrompt(Terminal terminal, int maxBytes, String tooLong) {
        this.terminal = terminal;
        this.maxBytes = maxBytes;
        this.tooLong = tooLong;
    }

    /** Texts of at most {@code maxBytes} of UTF-8; {@code tooLong} is the hint to whoever gives a longer one. */
    public static TextPrompt of(Terminal terminal, int maxBytes, String tooLong) {
        return new TextPrompt(terminal, maxBytes, tooLong);
    }

    /** The text of {@code option}, a file or {@code -}; without one it is typed, or empty when nobody is there to type. */
    public String text(Optional<String> option) throws CommandFailure, IOException {
        if (option.isEmpty()) {
            return terminal.isInteractive() ? typed() : "";
        }
        if (option.get().equals(STANDARD_INPUT)) {
            return decoded(terminal.in().readNBytes(maxBytes + 1));
        }
        try (InputStream in = Files.newInputStream(file(option.get()))) {
            return decoded(in.readNBytes(maxBytes + 1));
        }
    }

    private static Path file(String name) throws CommandFailure {
        try {
            Path file = Path.of(name);
            if (Files.isDirectory(file)) {
                throw CommandFailure.of(
                        "this is a folder, not a text: " + SafeText.line(name), "give the file that holds the text");
            }
            return file;
        } catch (InvalidPathException e) {
            throw CommandFailure.of("not the name of a file: " + SafeText.line(name), "check the name after --text");
        }
    }

    private String typed() throws CommandFailure, IOException {
        terminal.say("Type your message. End it with a line that holds a single dot, or with Ctrl-D.");
        InputStream in = terminal.in();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && text.size() <= maxBytes; next = in.read()) {
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

    private String decoded(byte[] utf8) throws CommandFailure {
        if (utf8.length > maxBytes) {
            throw CommandFailure.of("the text is longer than " + Sizes.bytes(maxBytes), tooLong);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw CommandFailure.of("the text is not UTF-8", "convert it, then run the command again");
        }
    }
}
