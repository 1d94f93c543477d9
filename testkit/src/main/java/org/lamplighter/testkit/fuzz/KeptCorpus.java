package org.lamplighter.testkit.fuzz;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The inputs of one target that are worth keeping, in a zip beside the tests: between them they reach what a fuzzer has reached.
 * One thread at a time.
 */
public final class KeptCorpus {
    /** Most bytes of inputs that are kept of one target: the shortest. */
    private static final int MOST_BYTES = 24_576;

    /** 1980-01-01, the first moment of a zip, so that the same inputs are the same file. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Path file;

    private KeptCorpus(Path file) {
        this.file = file;
    }

    /** The corpus of the target {@code name} in {@code folder}. */
    public static KeptCorpus of(Path folder, String name) {
        return new KeptCorpus(folder.resolve(name + ".zip"));
    }

    /** The inputs; none when nothing was kept. */
    public List<byte[]> read() throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        if (Files.exists(file)) {
            try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
                while (in.getNextEntry() != null) {
                    inputs.add(in.readAllBytes());
                }
            }
        }
        return inputs;
    }

    /** Keeps {@code inputs}, the shortest first, but those of {@code made}, which need no keeping. */
    void write(Collection<byte[]> inputs, Collection<byte[]> made) throws IOException {
        Set<String> names = new HashSet<>();
        made.forEach(input -> names.add(name(input)));
        List<byte[]> shortestFirst = inputs.stream()
                .sorted(Comparator.<byte[]>comparingInt(input -> input.length).thenComparing(KeptCorpus::name))
                .toList();
        Files.createDirectories(file.toAbsolutePath().getParent());
        int room = MOST_BYTES;
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (byte[] input : shortestFirst) {
                room -= input.length;
                if (room >= 0 && names.add(name(input))) {
                    ZipEntry entry = new ZipEntry(name(input));
                    entry.setTimeLocal(NO_TIME);
                    zip.putNextEntry(entry);
                    zip.write(input);
                    zip.closeEntry();
                }
            }
        }
    }

    /** Writes each of {@code inputs} as a file of {@code folder}, as a fuzzer wants them. */
    static void spread(Collection<byte[]> inputs, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (byte[] input : inputs) {
            Files.write(folder.resolve(name(input)), input);
        }
    }

    /** The content of every file in {@code folder}. */
    static List<byte[]> gather(Path folder) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(each));
            }
        }
        return inputs;
    }

    private static String name(byte[] input) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(input), 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
