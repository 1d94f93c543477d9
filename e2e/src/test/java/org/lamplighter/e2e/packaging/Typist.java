package org.lamplighter.e2e.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Somebody at a terminal: waits for each question and types its answer. Keeps the words that a source is shown. */
final class Typist {
    private static final long LIMIT_MINUTES = 8;
    private static final Pattern SHOWN_WORD = Pattern.compile("(?m)^ +(\\d+) {2}([a-z]+)\r?$");
    private static final Pattern ASKED_WORD = Pattern.compile("word (\\d+): $");

    /** What the source hands over, without the line of one dot that ends it. */
    static final String MESSAGE = "The delivery notes of March were signed in May.";

    private static final String ROOT = "granite meadow lantern otter plum";
    private static final String DESK = "copper willow basin tulip crane";
    private static final String BACKUP = "amber ferry thistle walnut dune";

    private static final Map<String, String> ANSWERS = Map.ofEntries(
            Map.entry("Passphrase for the new root key: ", ROOT),
            Map.entry("Passphrase for the new root key again: ", ROOT),
            Map.entry("Passphrase of the root key: ", ROOT),
            Map.entry("Passphrase for your new folder: ", DESK),
            Map.entry("Passphrase for your new folder again: ", DESK),
            Map.entry("Passphrase of /home/somebody/desk: ", DESK),
            Map.entry("Passphrase for the new backup key: ", BACKUP),
            Map.entry("Passphrase for the new backup key again: ", BACKUP),
            Map.entry("Passphrase of /var/lib/lamplighter/backup-key: ", BACKUP),
            Map.entry("the same six words? Type yes to go on: ", "yes"),
            Map.entry("then they leave the screen: ", ""),
            Map.entry("Hand this over? Type yes to go on: ", "yes"),
            Map.entry("or with Ctrl-D.\r\n", MESSAGE + "\n."));

    private final Map<String, String> words = new HashMap<>();

    /** Runs a command that was given a terminal by {@code script}, and yields what stood on it. */
    Tool.Result run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder screen = new StringBuilder();
        int answered = 0;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LIMIT_MINUTES);
        try (InputStream in = process.getInputStream();
                OutputStream keys = process.getOutputStream()) {
            byte[] buffer = new byte[8192];
            while (true) {
                if (in.available() == 0 && process.isAlive()) {
                    if (System.nanoTime() > end) {
                        process.destroyForcibly();
                        throw new AssertionError("does not end: " + screen);
                    }
                    Thread.sleep(20);
                    continue;
                }
                int count = in.read(buffer);
                if (count < 0) {
                    break;
                }
                screen.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                String answer = answer(screen.substring(answered));
                if (answer != null) {
                    answered = screen.length();
                    keys.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
                    keys.flush();
                }
            }
        }
        return new Tool.Result(process.waitFor(), screen.toString());
    }

    /** What is typed to what is on the screen since the last answer; null while nothing is asked. */
    private @Nullable String answer(String shown) {
        Matcher word = SHOWN_WORD.matcher(shown);
        while (word.find()) {
            words.put(word.group(1), word.group(2));
        }
        Matcher asked = ASKED_WORD.matcher(shown);
        if (asked.find()) {
            return words.get(asked.group(1));
        }
        if (shown.endsWith("your 12 words: ")) {
            return String.join(
                    " ",
                    IntStream.rangeClosed(1, 12)
                            .mapToObj(i -> words.get("" + i))
                            .toList());
        }
        for (Map.Entry<String, String> known : ANSWERS.entrySet()) {
            if (shown.endsWith(known.getKey())) {
                return known.getValue();
            }
        }
        return null;
    }
}
