package org.lamplighter.bench;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program of others that reads a file from standard input; what it writes is thrown away. */
record Peer(String name, List<String> command) {
    private static final Pattern RECIPIENT = Pattern.compile("age1[0-9a-z]+");

    /** Those that this machine has. */
    static List<Peer> present() throws IOException, InterruptedException {
        List<Peer> peers = new ArrayList<>();
        if (isInstalled("age") && isInstalled("age-keygen")) {
            ageRecipient().ifPresent(key -> peers.add(new Peer("age", List.of("age", "-r", key))));
        }
        if (isInstalled("openssl")) {
            peers.add(new Peer("openssl dgst -sha256", List.of("openssl", "dgst", "-sha256")));
        }
        return peers;
    }

    /** Feeds it {@code block} so many {@code times}, and waits for its end. */
    void run(byte[] block, long times) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            for (long i = 0; i < times; i++) {
                in.write(block);
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException(name + " failed");
        }
    }

    private static Optional<String> ageRecipient() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("age-keygen").redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Matcher matcher = RECIPIENT.matcher(output);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /** Whether the path has it. */
    static boolean isInstalled(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
