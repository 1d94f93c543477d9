package org.lamplighter.bench.evidence;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lamplighter.bench.evidence.Program.Spent;

/** A newsroom, its station as a running process, and a journalist, made by their own commands in one folder. */
final class Town implements AutoCloseable {
    private static final String PASSPHRASE = "several words that nobody guesses";
    private static final List<String> ONCE = List.of(PASSPHRASE);
    private static final List<String> TWICE = List.of(PASSPHRASE, PASSPHRASE);
    /** Epochs of 4 s: a wait of this long is over several of them. */
    private static final int TRIES = 30;

    private static final Pattern WORDS = Pattern.compile("(?m)^((?:[a-z]+ ){11}[a-z]+)$");
    private static final Pattern HANDLE = Pattern.compile("\\b([a-z]+-[a-z]+/[0-9]+)\\b");

    private final Path folder;
    private final String url;
    private final Program station;
    private final String words;
    private int commands;

    private Town(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.url = "http://127.0.0.1:" + freePort();
        newsroom();
        station = start(List.of(), "station", "run", at("station"), "--listen", url.substring("http://".length()));
        attempt(ONCE, "journalist", "replenish", at("ada"));
        Matcher matcher = WORDS.matcher(run(List.of(), "source", "new").printed());
        if (!matcher.find()) {
            throw new IOException("no words");
        }
        words = matcher.group(1);
    }

    /** Builds it in {@code folder}, which is empty, and starts the station. */
    static Town in(Path folder) throws IOException, InterruptedException {
        return new Town(folder);
    }

    Program station() {
        return station;
    }

    String url() {
        return url;
    }

    Path newsroomKey() {
        return folder.resolve("newsroom/newsroom.pub");
    }

    Path at(String name) {
        return folder.resolve(name);
    }

    /** Hands over {@code file} by {@code source send}. */
    Spent send(Path file) throws IOException, InterruptedException {
        return attempt(
                List.of(words, "See the file."),
                "source",
                "send",
                "--newsroom",
                newsroomKey(),
                "--station",
                url,
                "--text",
                "-",
                "--file",
                file);
    }

    /** {@code journalist read}: a session, and every chunk that is new. */
    Spent read() throws IOException, InterruptedException {
        return run(ONCE, "journalist", "read", at("ada"));
    }

    /** The name of the message that {@code printed} shows; when there is none yet, of the next that comes. */
    String handle(String printed) throws IOException, InterruptedException {
        String shown = printed;
        for (int i = 0; i < TRIES; i++) {
            Matcher matcher = HANDLE.matcher(shown);
            if (matcher.find()) {
                return matcher.group(1);
            }
            shown = read().printed();
        }
        throw new IOException("no message came");
    }

    /** {@code journalist export} of all files of a message. */
    Spent export(String handle, Path to) throws IOException, InterruptedException {
        return run(ONCE, "journalist", "export", at("ada"), handle, "--to", to);
    }

    /** {@code journalist status}: opens the vault and talks to nobody. */
    Spent status() throws IOException, InterruptedException {
        return run(ONCE, "journalist", "status", at("ada"));
    }

    @Override
    public void close() {
        station.close();
    }

    private void newsroom() throws IOException, InterruptedException {
        run(TWICE, "newsroom", "init", at("newsroom"), "--origin", "harbour-courier");
        run(List.of(), "station", "init", at("station"), "--newsroom", newsroomKey());
        run(
                ONCE,
                "newsroom",
                "certify-station",
                at("newsroom"),
                at("station/station-request"),
                "--profile",
                "demo",
                "--chunk-bytes-per-day",
                1L << 40,
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
                newsroomKey(),
                "--station",
                url);
        run(ONCE, "newsroom", "enrol", at("newsroom"), at("ada/enrolment-request"), "--yes", "--out", at("roster"));
        run(List.of(), "station", "install", at("station"), at("certificate"), at("roster"));
    }

    /** Again until it succeeds: the first epochs of a station may not be there yet. */
    private Spent attempt(List<String> answers, Object... words) throws IOException, InterruptedException {
        for (int i = 1; i < TRIES; i++) {
            try {
                return run(answers, words);
            } catch (IOException e) {
                Thread.sleep(1000);
            }
        }
        return run(answers, words);
    }

    private Spent run(List<String> answers, Object... words) throws IOException, InterruptedException {
        try (Program program = start(answers, words)) {
            return program.end();
        }
    }

    private Program start(List<String> answers, Object... words) throws IOException {
        List<String> arguments = new ArrayList<>();
        for (Object word : words) {
            arguments.add(word.toString());
        }
        String main = switch (arguments.getFirst()) {
            case "station" -> "org.lamplighter.station.Main";
            case "journalist" -> "org.lamplighter.desk.Main";
            default -> "org.lamplighter.cli.Main";
        };
        return Program.java(folder.resolve("output-" + commands++), answers, main, arguments);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
