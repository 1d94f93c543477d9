package org.lamplighter.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Terminal;

/**
 * One disclosure: newsroom, station, journalists and source are processes of their own; a relay between clients and station
 * writes down what the station sees. One thread at a time, but for {@link #close}.
 */
final class Demo implements AutoCloseable {
    /** What the message holds that nobody but the recipients may ever see. */
    private static final String CODE_WORD = "quartz-heron-4417";

    private static final String REPLY =
            "We have your delivery notes. Which office kept the goods-in ledger? basalt-otter-2093";
    private static final String REPLY_WORD = "basalt-otter-2093";
    private static final List<String> EVIDENCE = List.of("delivery-notes.pdf", "loading-bay.mp4");
    private static final List<String> NO_ANSWERS = List.of();
    private static final Duration EPOCH = Duration.ofSeconds(5);
    private static final int TRIES = 12;
    private static final int STOP_SECONDS = 20;
    private static final Pattern LISTENING = Pattern.compile("listening on http://127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern TWELVE_WORDS = Pattern.compile("\\s*((?:[a-z]+ ){11}[a-z]+)\\s*");

    private final Narrator narrator;
    private final Report report;
    private final Path home;
    private final boolean solo;
    private final Party newsroom;
    private final Party stationParty;
    private final Party source;
    private final List<Party> journalists;
    private final Capture capture;
    private volatile Optional<Process> station = Optional.empty();
    private String words = "";

    private Demo(Path home, boolean solo, Narrator narrator) throws IOException {
        this.home = home;
        this.solo = solo;
        this.narrator = narrator;
        this.report = new Report(narrator);
        this.newsroom = Party.arrive("newsroom", home, narrator);
        this.stationParty = Party.arrive("station", home, narrator);
        this.source = Party.arrive("source", home, narrator);
        this.journalists = new ArrayList<>(List.of(Party.arrive("ada", home, narrator)));
        if (!solo) {
            journalists.add(Party.arrive("ben", home, narrator));
        }
        this.capture = Capture.start(home.resolve("capture.bin"));
    }

    static Demo in(Path home, boolean solo, Terminal terminal, InstantSource clock) throws IOException {
        return new Demo(home, solo, new Narrator(terminal, clock, 8, Duration.ofSeconds(90)));
    }

    /** Plays the whole story. */
    Report play() throws IOException, CommandFailure, InterruptedException {
        narrator.step("A newsroom makes its root key, and certifies a station");
        makeNewsroomAndStation();
        narrator.step("The journalists make their keys; the newsroom enrols them");
        enrol();
        narrator.step("The station runs; the journalists upload prekeys");
        runStation();
        narrator.step("A source gets twelve words and hands over a message, a PDF and a film");
        send();
        narrator.step("An epoch later the journalists read");
        String conversation = read();
        narrator.step("A journalist answers, the source comes back with the twelve words");
        answer(conversation);
        narrator.step("What the station saw");
        whatTheStationSaw();
        narrator.step("The station's folder, re-derived from its bytes");
        check();
        report.write(home.resolve("report.json"));
        return report;
    }

    /** What a reader may do next, while the station stays up. */
    List<String> invitation() {
        return List.of(
                "",
                "The station stays up until Ctrl-C. Go on with:",
                "  ./lamplighter source read " + String.join(" ", pinned()) + "     (the twelve words: " + words + ")",
                "  ./lamplighter source send " + String.join(" ", pinned()) + " --text FILE --file FILE",
                "  ./lamplighter journalist read " + journalists.getFirst().folder() + "     (passphrase: "
                        + passphrase(journalists.getFirst()) + ")",
                "  ./lamplighter station status " + stationFolder());
    }

    @Override
    public void close() {
        station.ifPresent(Demo::stop);
        try {
            capture.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeNewsroomAndStation() throws IOException, CommandFailure, InterruptedException {
        newsroom.run(
                List.of("newsroom words", "newsroom words"),
                "newsroom",
                "init",
                newsroomFolder(),
                "--origin",
                "harbour-courier");
        stationParty.run(NO_ANSWERS, "station", "init", stationFolder(), "--newsroom", newsroomKey());
        newsroom.run(
                List.of("newsroom words"),
                "newsroom",
                "certify-station",
                newsroomFolder(),
                stationFolder().resolve("station-request"),
                "--profile",
                solo ? "demo-solo" : "demo",
                "--yes",
                "--out",
                newsroom.file("certificate"));
    }

    private void enrol() throws IOException, CommandFailure, InterruptedException {
        for (Party journalist : journalists) {
            String passphrase = passphrase(journalist);
            journalist.run(
                    List.of(passphrase, passphrase),
                    "journalist",
                    "init",
                    deskFolder(journalist),
                    "--name",
                    journalist == journalists.getFirst() ? "Ada Example" : "Ben Example",
                    "--newsroom",
                    newsroomKey(),
                    "--station",
                    capture.address());
            newsroom.run(
                    List.of("newsroom words"),
                    "newsroom",
                    "enrol",
                    newsroomFolder(),
                    deskFolder(journalist).resolve("enrolment-request"),
                    "--yes",
                    "--out",
                    newsroom.file("roster"));
        }
    }

    private void runStation() throws IOException, CommandFailure, InterruptedException {
        stationParty.run(
                NO_ANSWERS,
                "station",
                "install",
                stationFolder(),
                newsroom.file("certificate"),
                newsroom.file("roster"));
        Process process = stationParty.startLasting("station", "run", stationFolder(), "--listen", "127.0.0.1:0");
        station = Optional.of(process);
        capture.relayTo(port(process));
        narrator.detail("listening; a relay of this demo writes down every byte that reaches it");
        for (Party journalist : journalists) {
            retry(() ->
                    journalist.run(List.of(passphrase(journalist)), "journalist", "replenish", deskFolder(journalist)));
        }
        Thread.sleep(EPOCH.plusSeconds(1));
    }

    private void send() throws IOException, CommandFailure, InterruptedException {
        Party.Output fresh = source.run(NO_ANSWERS, with(List.of("source", "new"), pinned()));
        words = fresh.lines().stream()
                .map(TWELVE_WORDS::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElseThrow(() -> CommandFailure.of("source new showed no twelve words", "report this"));
        narrator.detail(words);
        List<String> arguments = new ArrayList<>(List.of("source", "send"));
        arguments.addAll(List.of("--text", material("message.txt").toString()));
        for (String file : EVIDENCE) {
            arguments.addAll(List.of("--file", material(file).toString()));
        }
        retry(() -> {
            Party.Output output = source.run(List.of(words), with(arguments, pinned()));
            output.lines().forEach(narrator::detail);
            return output;
        });
    }

    private String read() throws IOException, CommandFailure, InterruptedException {
        String conversation = "";
        for (Party journalist : journalists) {
            Party.Output seen = until(
                    CODE_WORD,
                    () -> journalist.run(
                            List.of(passphrase(journalist)), "journalist", "read", deskFolder(journalist)));
            seen.lines().forEach(narrator::detail);
            report.check(
                    journalist.folder().getFileName() + " reads the message",
                    seen.text().contains(CODE_WORD),
                    "lamplighter journalist read " + deskFolder(journalist));
            conversation = find(seen, "conversation ([a-z]+-[a-z]+)");
            String message = find(seen, "message ([0-9a-f]{8,32})");
            Path out = journalist.file("out");
            journalist.run(
                    List.of(passphrase(journalist)),
                    "journalist",
                    "export",
                    deskFolder(journalist),
                    message,
                    "--to",
                    out);
            for (String file : EVIDENCE) {
                report.check(
                        journalist.folder().getFileName() + " has " + file + ", byte for byte",
                        Files.mismatch(out.resolve(file), material(file)) == -1,
                        "cmp " + out.resolve(file) + " " + material(file));
            }
        }
        return conversation;
    }

    private void answer(String conversation) throws IOException, CommandFailure, InterruptedException {
        Party ada = journalists.getFirst();
        Path reply = Files.writeString(ada.file("reply.txt"), REPLY);
        ada.run(List.of(passphrase(ada)), "journalist", "reply", deskFolder(ada), conversation, "--text", reply)
                .lines()
                .forEach(narrator::detail);
        Party.Output seen =
                until(REPLY_WORD, () -> source.run(List.of(words), with(List.of("source", "read"), pinned())));
        seen.lines().forEach(narrator::detail);
        report.check("the source reads the answer", seen.text().contains(REPLY_WORD), "lamplighter source read");
        report.check(
                "the source sees its own sending confirmed",
                seen.text().contains("confirmed"),
                "lamplighter source read");
        if (!solo) {
            Party ben = journalists.getLast();
            Party.Output copy =
                    until(REPLY_WORD, () -> ben.run(List.of(passphrase(ben)), "journalist", "read", deskFolder(ben)));
            report.check("ben sees ada's answer", copy.text().contains(REPLY_WORD), "lamplighter journalist read");
        }
    }

    private void whatTheStationSaw() throws IOException {
        capture.requests().forEach((request, count) -> narrator.detail(count + " x " + request));
        report.fact("connections", capture.connections());
        report.fact("bytes on the station's sockets", Files.size(capture.file()));
        List<String> secrets = new ArrayList<>(List.of(CODE_WORD, REPLY_WORD, words));
        secrets.addAll(EVIDENCE);
        secrets.add("Procurement office of the invented town");
        SecretSearch search = SecretSearch.forWords(secrets);
        narrator.detail("searching " + Files.size(capture.file()) / 1_000_000 + " MB of its sockets and its folder for "
                + secrets.size() + " planted words, plain, in UTF-16, hex and base64");
        List<String> control = search.findIn(material("message.txt"));
        report.check("the search finds the words where they are", !control.isEmpty(), "grep in source/message.txt");
        List<String> sockets = search.findIn(capture.file());
        sockets.forEach(narrator::detail);
        report.check("0 hits in what went over the station's sockets", sockets.isEmpty(), "grep in capture.bin");
        List<String> folder = search.findIn(stationFolder());
        folder.forEach(narrator::detail);
        report.check("0 hits in the station's folder", folder.isEmpty(), "grep -r in station/");
    }

    private void check() throws IOException, CommandFailure, InterruptedException {
        Party.Output output = stationParty.run(NO_ANSWERS, "station", "check", stationFolder());
        output.lines().forEach(narrator::detail);
        report.check("station check is green", true, "lamplighter station check " + stationFolder());
    }

    /** Runs a reading command until its output holds {@code word}, an epoch apart. */
    private Party.Output until(String word, Action action) throws IOException, CommandFailure, InterruptedException {
        Party.Output output = action.run();
        for (int attempt = 1; attempt < TRIES && !output.text().contains(word); attempt++) {
            narrator.detail("not there yet; an epoch is " + EPOCH.toSeconds() + " s");
            Thread.sleep(EPOCH);
            output = action.run();
        }
        return output;
    }

    /** The first epochs of a station may not be there yet when a command comes. */
    private void retry(Action action) throws IOException, CommandFailure, InterruptedException {
        for (int attempt = 1; attempt < TRIES; attempt++) {
            try {
                action.run();
                return;
            } catch (CommandFailure failure) {
                narrator.detail("again in " + EPOCH.toSeconds() + " s: " + failure.error());
                Thread.sleep(EPOCH);
            }
        }
        action.run();
    }

    private interface Action {
        Party.Output run() throws IOException, CommandFailure, InterruptedException;
    }

    private int port(Process process) throws IOException, CommandFailure {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            narrator.detail(line);
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                // What it says later must not fill the pipe.
                Thread.ofVirtual().start(() -> reader.lines().forEach(said -> {}));
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw CommandFailure.of("the station did not start", "its own error stands above");
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String find(Party.Output output, String pattern) throws CommandFailure {
        Matcher matcher = Pattern.compile(pattern).matcher(output.text());
        if (!matcher.find()) {
            throw CommandFailure.of("journalist read did not show: " + pattern, "report this");
        }
        return matcher.group(1);
    }

    /** The source's copy of a file that ships with the demo. */
    private Path material(String name) throws IOException {
        Path file = source.file(name);
        if (!Files.exists(file)) {
            try (InputStream shipped = Objects.requireNonNull(Demo.class.getResourceAsStream(name), name)) {
                Files.copy(shipped, file);
            }
        }
        return file;
    }

    private static Object[] with(List<String> first, List<String> second) {
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both.toArray();
    }

    private List<String> pinned() {
        return List.of("--newsroom", newsroomKey().toString(), "--station", capture.address());
    }

    private Path newsroomFolder() {
        return newsroom.file("newsroom");
    }

    private Path newsroomKey() {
        return newsroomFolder().resolve("newsroom.pub");
    }

    private Path stationFolder() {
        return stationParty.file("station");
    }

    private static Path deskFolder(Party journalist) {
        return journalist.file("desk");
    }

    private static String passphrase(Party journalist) {
        return journalist.folder().getFileName() + "'s long passphrase";
    }
}
