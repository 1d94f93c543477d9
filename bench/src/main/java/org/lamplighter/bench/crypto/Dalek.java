package org.lamplighter.bench.crypto;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.lamplighter.bench.report.Peer;
import org.lamplighter.bench.report.Spread;

/** The ristretto255 of curve25519-dalek: a program of ours around it, in {@code bench/peers/dalek}, built here by cargo. */
final class Dalek {
    private static final HexFormat HEX = HexFormat.of();

    /** What its program calls the operations, and what the tables do. */
    private static final Map<String, String> OPERATIONS = Map.of(
            "whole", "decode + multiply + encode",
            "multiply", "multiply",
            "multiplyBase", "multiply the base",
            "decode", "decode",
            "encode", "encode",
            "fromUniformBytes", "from 64 uniform bytes");

    private final Path program;

    private Dalek(Path program) {
        this.program = program;
    }

    /** Builds the program in the checkout at {@code root}; nothing where the machine has no cargo. */
    static Optional<Dalek> build(Path root) throws IOException, InterruptedException {
        if (!Peer.isInstalled("cargo")) {
            return Optional.empty();
        }
        Path sources = root.resolve("bench/peers/dalek");
        Path target = root.resolve("bench/target/dalek");
        Path log = Files.createDirectories(target).resolve("cargo.log");
        System.err.println("building curve25519-dalek, about a minute the first time");
        ProcessBuilder cargo = new ProcessBuilder(
                        "cargo",
                        "build",
                        "--release",
                        "--manifest-path",
                        sources.resolve("Cargo.toml").toString(),
                        "--target-dir",
                        target.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        cargo.environment().put("RUSTFLAGS", "-C target-cpu=native");
        if (cargo.start().waitFor() != 0) {
            throw new IOException("curve25519-dalek could not be built; read " + log);
        }
        return Optional.of(new Dalek(target.resolve("release/lamplighter-peer-dalek")));
    }

    /** The encodings of the products, one for each pair of encodings. */
    List<byte[]> multiply(List<byte[]> scalars, List<byte[]> elements) throws IOException, InterruptedException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < scalars.size(); i++) {
            lines.append(HEX.formatHex(scalars.get(i)))
                    .append(' ')
                    .append(HEX.formatHex(elements.get(i)))
                    .append('\n');
        }
        List<byte[]> products = new ArrayList<>();
        for (String line : run(lines.toString(), "multiply").lines().toList()) {
            products.add(HEX.parseHex(line));
        }
        return products;
    }

    /** Microseconds of processor time, by name of the operation. */
    Map<String, Spread> bench(int rounds, int operations) throws IOException, InterruptedException {
        Map<String, Spread> figures = new LinkedHashMap<>();
        for (String line : run("", "bench", String.valueOf(rounds), String.valueOf(operations))
                .lines()
                .toList()) {
            String[] words = line.split(" ", -1);
            double median = Double.parseDouble(words[1]) / 1e3;
            figures.put(
                    Objects.requireNonNull(OPERATIONS.get(words[0])),
                    new Spread(median, Double.parseDouble(words[2]) / 1e3, Double.parseDouble(words[3]) / 1e3));
        }
        return figures;
    }

    private String run(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        // From a file, not a pipe: the program answers each line at once, and two full pipes would wait for each other.
        Path in = Files.createTempFile("dalek", ".txt");
        try {
            try (OutputStream out = Files.newOutputStream(in)) {
                out.write(input.getBytes(StandardCharsets.US_ASCII));
            }
            Process process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectError(Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (process.waitFor() != 0) {
                throw new IOException("the program around curve25519-dalek failed");
            }
            return output;
        } finally {
            Files.delete(in);
        }
    }
}
