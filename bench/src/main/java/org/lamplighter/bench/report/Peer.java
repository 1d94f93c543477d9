package org.lamplighter.bench.report;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A program of others that reads a file from standard input; what it writes is thrown away. */
public record Peer(String name, List<String> command) {
    public Peer {
        command = List.copyOf(command);
    }

    /** Feeds it {@code block} so many {@code times}, and waits for its end. */
    public void run(byte[] block, long times) throws IOException, InterruptedException {
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

    /** Whether the path has it. */
    public static boolean isInstalled(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
