package org.lamplighter.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

    private static final String REPLY_WORD = "basalt-otter-2093";
    private static final String REPLY = "We have your notes. Which office kept the goods-in ledger? " + REPLY_WORD;
    private static final List<String> EVIDENCE = List.of("delivery-notes.pdf", "loading-bay.mp4");
    private static final Duration EXPECTED = Duration.ofSeconds(75);
    private static final int STEPS = 8;
    private static final Pattern TWELVE_WORDS = Pattern.compile("\\s*((?:[a-z]+ ){11}[a-z]+)\\s*");

    private final Narrator narrator;
    private final Report report;
    private final Path home;
    private final boolean solo;
    private final Setting setting;
    private final Party source;
    private String words = "";

    private Demo(Path home, boolean solo, Narrator narrator) throws IOException {
        this.home = home;
        this.solo = solo;
        this.narrator = narrator;
        this.report = new Report(narrator);
        this.setting = Setting.in(home, solo, narrator);
        this.source = Party.arrive("source", home, narrator);
    }

    static Demo in(Path home, boolean solo, Terminal terminal, InstantSource clock) throws IOException {
        return new Demo(home, solo, new Narrator(terminal, clock, STEPS, EXPECTED));
    }

    /** Plays the whole story. */
    Report play() throws IOException, CommandFailure, InterruptedException {
        narrator.step("A newsroom makes its root key, and certifies a station");
        setting.makeNewsroomAndStation();
        narrator.step(solo ? "A journalist and a trustee make their keys" : "Two journalists make their keys");
        setting.enrol();
        narrator.step("The station runs; prekeys go up");
        setting.runStation();
        narrator.step("A source gets twelve words and hands over a message, a PDF and a film");
        send();
        narrator.step("An epoch later it is read, and every file is compared");
        String conversation = read();
        narrator.step("A journalist answers, the source comes back with the twelve words");
        answer(conversation);
        narrator.step("What the station saw");
        setting.stopStation();
        whatTheStationSaw();
        narrator.step("The station's folder, re-derived from its bytes");
        setting.checkStation().lines().forEach(narrator::detail);
        report.check("station check is green", true, "lamplighter station check " + setting.stationFolder());
        report.write(home.resolve("report.json"));
        return report;
    }

    /** Starts the station again; yields what a reader may do next, while it stays up. */
    List<String> goOn() throws IOException, CommandFailure {
        setting.startStation();
        Party ada = setting.journalists().getFirst();
        String pinned = String.join(" ", setting.pinned());
        return List.of(
                "",
                "The station stays up until Ctrl-C. Go on in another terminal:",
                "  ./lamplighter source read " + pinned,
                "  ./lamplighter source send " + pinned + " --file FILE",
                "      the twelve words: " + words,
                "  ./lamplighter journalist read " + Setting.deskFolder(ada),
                "      the passphrase: " + Setting.passphrase(ada),
                "  ./lamplighter station status " + setting.stationFolder());
    }

    @Override
    public void close() {
        setting.close();
    }

    private void send() throws IOException, CommandFailure, InterruptedException {
        Party.Output fresh = source.run(Setting.NO_ANSWERS, with(List.of("source", "new"), setting.pinned()));
        words = fresh.lines().stream()
                .map(TWELVE_WORDS::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElseThrow(() -> CommandFailure.of("source new showed no twelve words", "report this"));
        narrator.detail(words);
        List<String> arguments = new ArrayList<>(List.of("source", "send", "--yes"));
        arguments.addAll(List.of("--text", material("message.txt").toString()));
        for (String file : EVIDENCE) {
            arguments.addAll(List.of("--file", material(file).toString()));
        }
        if (solo) {
            arguments.add("--sealed");
        }
        setting.retry(() -> shown(source.run(List.of(words), with(arguments, setting.pinned()))));
    }

    private String read() throws IOException, CommandFailure, InterruptedException {
        String conversation = "";
        for (Party journalist : setting.journalists()) {
            Party.Output seen = shown(setting.until(CODE_WORD, () -> desk(journalist, "read")));
            report.check(
                    journalist.name() + " reads the message",
                    seen.text().contains(CODE_WORD),
                    "lamplighter journalist read " + Setting.deskFolder(journalist));
            conversation = find(seen, "conversation ([a-z]+-[a-z]+)");
            String message = find(seen, "message ([a-z]+-[a-z]+/[0-9]+) from the source");
            if (solo) {
                openWithTrustee(journalist, message);
            }
            Path out = journalist.file("out");
            shown(desk(journalist, "export", message, "--to", out));
            for (String file : EVIDENCE) {
                report.check(
                        journalist.name() + " has " + file + ", byte for byte",
                        Files.exists(out.resolve(file)) && Files.mismatch(out.resolve(file), material(file)) == -1,
                        "cmp " + out.resolve(file) + " " + material(file));
            }
        }
        return conversation;
    }

    /** The journalist alone cannot open the files; with the trustee's share, carried by hand, they open. */
    private void openWithTrustee(Party journalist, String message)
            throws IOException, CommandFailure, InterruptedException {
        boolean openedAlone = false;
        try {
            desk(journalist, "export", message, "--to", journalist.file("alone"));
            openedAlone = EVIDENCE.stream()
                    .anyMatch(file -> Files.exists(journalist.file("alone").resolve(file)));
        } catch (CommandFailure refused) {
            narrator.detail("refused, as it should be: the files need two of two");
        }
        report.check("one of two does not open the files", !openedAlone, "lamplighter journalist export");
        Path sealed = journalist.file("for-tess");
        shown(desk(journalist, "share-for", message, "--trustee", Setting.TRUSTEE_NAME, "--out", sealed));
        Party tess = setting.trustee();
        Path share = tess.file("share");
        shown(tess.run(
                List.of(Setting.passphrase(tess)),
                "trustee",
                "share",
                setting.trusteeFolder(),
                sealed,
                "--out",
                share));
        shown(desk(journalist, "unseal", message, "--share", share));
    }

    private void answer(String conversation) throws IOException, CommandFailure, InterruptedException {
        Party ada = setting.journalists().getFirst();
        Path reply = Files.writeString(ada.file("reply.txt"), REPLY);
        shown(desk(ada, "reply", conversation, "--text", reply));
        Party.Output seen = shown(setting.until(
                REPLY_WORD, () -> source.run(List.of(words), with(List.of("source", "read"), setting.pinned()))));
        report.check("the source reads the answer", seen.text().contains(REPLY_WORD), "lamplighter source read");
        report.check(
                "the source sees its own sending confirmed",
                seen.text().contains("confirmed"),
                "lamplighter source read");
        if (!solo) {
            Party ben = setting.journalists().getLast();
            Party.Output copy = shown(setting.until(REPLY_WORD, () -> desk(ben, "read")));
            report.check("ben sees ada's answer", copy.text().contains(REPLY_WORD), "lamplighter journalist read");
        }
    }

    private void whatTheStationSaw() throws IOException {
        Capture capture = setting.capture();
        capture.requests().forEach((request, count) -> narrator.detail(count + " x " + request));
        report.fact("connections", capture.connections());
        report.fact("bytes on the station's sockets", Files.size(capture.file()));
        List<String> secrets = new ArrayList<>(List.of(CODE_WORD, REPLY_WORD, words));
        secrets.addAll(EVIDENCE);
        secrets.add("Procurement office of the invented town");
        report.fact("planted words", secrets);
        SecretSearch search = SecretSearch.forWords(secrets);
        narrator.detail(
                "searching " + Files.size(capture.file()) / 1_000_000 + " MB of its sockets, and its folder, for "
                        + secrets.size() + " planted words, plain, in UTF-16, hex and base64");
        report.check(
                "the search finds the words where they are",
                !search.findIn(material("message.txt")).isEmpty(),
                "grep in source/message.txt");
        noHits("what went over the station's sockets", search.findIn(capture.file()), "grep -a in capture.bin");
        noHits("the station's folder", search.findIn(setting.stationFolder()), "grep -ar in station/");
    }

    private void noHits(String where, List<String> finds, String how) {
        finds.forEach(narrator::detail);
        report.check("0 hits in " + where, finds.isEmpty(), how);
    }

    private Party.Output desk(Party journalist, Object... words)
            throws IOException, CommandFailure, InterruptedException {
        List<Object> command = new ArrayList<>(List.of("journalist", words[0], Setting.deskFolder(journalist)));
        command.addAll(List.of(words).subList(1, words.length));
        return journalist.run(List.of(Setting.passphrase(journalist)), command.toArray());
    }

    private Party.Output shown(Party.Output output) {
        output.lines().forEach(narrator::detail);
        return output;
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
}
