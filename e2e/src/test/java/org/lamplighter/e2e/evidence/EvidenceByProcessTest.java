package org.lamplighter.e2e.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of many sizes go from {@code source send} through a station to {@code journalist export}, each a process of its own
 * with 256 MB of heap, and come out byte for byte.
 */
final class EvidenceByProcessTest {
    private static final int MIB = 1 << 20;
    private static final String PASSPHRASE = "several words that nobody guesses";
    private static final List<String> TWICE = List.of(PASSPHRASE, PASSPHRASE);
    private static final List<String> ONCE = List.of(PASSPHRASE);
    private static final Pattern WORDS = Pattern.compile("(?m)^((?:[a-z]+ ){11}[a-z]+)$");
    private static final Pattern HANDLE = Pattern.compile("\\b([a-z]+-[a-z]+/[0-9]+)\\b");
    private static final int TRIES = 30;

    @TempDir
    private Path home;

    private final List<Command> running = new ArrayList<>();
    private String url = "";
    private Command station;
    private int commands;

    @BeforeEach
    void open() throws Exception {
        url = "http://127.0.0.1:" + freePort();
        run(TWICE, "newsroom", "init", at("nr"), "--origin", "harbour-courier");
        run(List.of(), "station", "init", at("st"), "--newsroom", at("nr/newsroom.pub"));
        run(
                ONCE,
                "newsroom",
                "certify-station",
                at("nr"),
                at("st/station-request"),
                "--profile",
                "demo",
                "--yes",
                "--out",
                at("certificate"));
        run(
                TWICE,
                "journalist",
                "init",
                at("ada"),
                "--name",
                "Ada Example",
                "--newsroom",
                at("nr/newsroom.pub"),
                "--station",
                url);
        run(ONCE, "newsroom", "enrol", at("nr"), at("ada/enrolment-request"), "--yes", "--out", at("roster"));
        run(List.of(), "station", "install", at("st"), at("certificate"), at("roster"));
        station = start(List.of(), "station", "run", at("st"), "--listen", url.substring("http://".length()));
        until(() -> attempt(ONCE, "journalist", "replenish", at("ada")).isPresent());
    }

    @AfterEach
    void close() {
        running.reversed().forEach(Command::close);
    }

    @Test
    void files_ofEverySizeClassAndItsEdges_comeOutByteForByte() throws Exception {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (int size : List.of(0, 1, 65_536, 65_537, 262_145, MIB, MIB + 1, 4 * MIB + 1, 17 * MIB)) {
            sizes.put("ledger-" + size + ".csv", (long) size);
        }
        checkComeOut(sizes);
    }

    /** Two parts, more than the heap of any process; takes long, so only when asked for: {@code mvn -Plarge}. */
    @Test
    @Tag("large")
    void file_largerThanAPartAndThanTheHeap_comesOutByteForByte() throws Exception {
        checkComeOut(Map.of("film.mp4", 300L * MIB));
    }

    private void checkComeOut(Map<String, Long> sizes) throws Exception {
        Map<String, String> hashes = new LinkedHashMap<>();
        List<Object> send = new ArrayList<>(
                List.of("source", "send", "--newsroom", at("nr/newsroom.pub"), "--station", url, "--text", "-"));
        long seed = 1;
        for (Map.Entry<String, Long> each : sizes.entrySet()) {
            Path file = home.resolve(each.getKey());
            write(file, each.getValue(), seed++);
            hashes.put(each.getKey(), sha256(file));
            send.addAll(List.of("--file", file));
        }
        String words = words(run(List.of(), "source", "new"));
        long before = System.nanoTime();
        Command source = until(List.of(words, "See the files."), send.toArray());
        long sent = System.nanoTime();
        String handle = handle();
        long read = System.nanoTime();
        Path out = home.resolve("out");
        Command export = start(ONCE, "journalist", "export", at("ada"), handle, "--to", out);
        export.succeed();

        for (Map.Entry<String, String> each : hashes.entrySet()) {
            assertThat(sha256(out.resolve(each.getKey()))).as(each.getKey()).isEqualTo(each.getValue());
        }
        try (var exported = Files.list(out)) {
            assertThat(exported).hasSize(hashes.size());
        }
        System.out.printf(
                "%d bytes: sent in %d ms, %d MB; read within %d ms; exported in %d ms, %d MB; station %d MB%n",
                sizes.values().stream().mapToLong(Long::longValue).sum(),
                (sent - before) / 1_000_000,
                source.peakMegabytes(),
                (read - sent) / 1_000_000,
                (System.nanoTime() - read) / 1_000_000,
                export.peakMegabytes(),
                station.peakMegabytes());
    }

    /** Reads until the message is there with all that belongs to it; its name. */
    private String handle() throws Exception {
        String[] handle = new String[1];
        until(() -> {
            String printed = run(ONCE, "journalist", "read", at("ada"));
            Matcher matcher = HANDLE.matcher(printed);
            if (matcher.find()) {
                handle[0] = matcher.group(1);
            }
            return handle[0] != null;
        });
        return handle[0];
    }

    /** Something to be tried again, a second or more later. */
    @FunctionalInterface
    private interface Attempt {
        boolean succeeds() throws Exception;
    }

    /** Once an epoch at most something new can be seen, and each command takes a good part of a second by itself. */
    private static void until(Attempt attempt) throws Exception {
        for (int i = 0; i < TRIES; i++) {
            if (attempt.succeeds()) {
                return;
            }
            Thread.sleep(1000);
        }
        throw new AssertionError("not within " + TRIES + " tries");
    }

    private Command until(List<String> answers, Object... words) throws Exception {
        Command[] last = new Command[1];
        until(() -> {
            last[0] = start(answers, words);
            return last[0].end() == 0;
        });
        return last[0];
    }

    private Optional<String> attempt(List<String> answers, Object... words) throws Exception {
        Command command = start(answers, words);
        return command.end() == 0 ? Optional.of(command.printed()) : Optional.empty();
    }

    private String run(List<String> answers, Object... words) throws Exception {
        return start(answers, words).succeed();
    }

    private Command start(List<String> answers, Object... words) throws IOException {
        Command command = Command.start(home.resolve("output-" + commands++), answers, words);
        running.add(command);
        return command;
    }

    private Path at(String name) {
        return home.resolve(name);
    }

    private static String words(String printed) {
        Matcher matcher = WORDS.matcher(printed);
        assertThat(matcher.find()).as(printed).isTrue();
        return matcher.group(1);
    }

    private static void write(Path file, long size, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] piece = new byte[MIB];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; left -= piece.length) {
                random.nextBytes(piece);
                out.write(left < piece.length ? Arrays.copyOf(piece, (int) left) : piece);
            }
        }
    }

    private static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
