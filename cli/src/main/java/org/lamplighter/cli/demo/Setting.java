package org.lamplighter.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lamplighter.console.CommandFailure;

/** Where the disclosure happens: newsroom, station, journalists and trustee, set up by their own commands. */
final class Setting implements AutoCloseable {
    static final Duration EPOCH = Duration.ofSeconds(5);
    static final String TRUSTEE_NAME = "Tess Example";
    static final List<String> NO_ANSWERS = List.of();

    private static final List<String> JOURNALIST_NAMES = List.of("Ada Example", "Ben Example");
    private static final String NEWSROOM_PASSPHRASE = "the newsroom's long passphrase";
    private static final int TRIES = 12;
    private static final int STOP_SECONDS = 20;
    private static final Pattern LISTENING = Pattern.compile("listening on http://127\\.0\\.0\\.1:(\\d+)");

    private final Narrator narrator;
    private final Party newsroom;
    private final Party stationParty;
    /** Only of a solo newsroom. */
    private final Optional<Party> trustee;

    private final List<Party> journalists = new ArrayList<>();
    private final Capture capture;
    private volatile Optional<Process> station = Optional.empty();

    private Setting(Path home, boolean solo, Narrator narrator) throws IOException {
        this.narrator = narrator;
        this.newsroom = Party.arrive("newsroom", home, narrator);
        this.stationParty = Party.arrive("station", home, narrator);
        this.trustee = solo ? Optional.of(Party.arrive("tess", home, narrator)) : Optional.empty();
        journalists.add(Party.arrive("ada", home, narrator));
        if (!solo) {
            journalists.add(Party.arrive("ben", home, narrator));
        }
        this.capture = Capture.start(home.resolve("capture.bin"));
    }

    static Setting in(Path home, boolean solo, Narrator narrator) throws IOException {
        return new Setting(home, solo, narrator);
    }

    void makeNewsroomAndStation() throws IOException, CommandFailure, InterruptedException {
        newsroom.run(
                List.of(NEWSROOM_PASSPHRASE, NEWSROOM_PASSPHRASE),
                "newsroom",
                "init",
                newsroomFolder(),
                "--origin",
                "harbour-courier");
        stationParty.run(NO_ANSWERS, "station", "init", stationFolder(), "--newsroom", newsroomKey());
        newsroom.run(
                List.of(NEWSROOM_PASSPHRASE),
                "newsroom",
                "certify-station",
                newsroomFolder(),
                stationFolder().resolve("station-request"),
                "--profile",
                trustee.isPresent() ? "demo-solo" : "demo",
                "--yes",
                "--out",
                newsroom.file("certificate"));
    }

    void enrol() throws IOException, CommandFailure, InterruptedException {
        for (Party journalist : journalists) {
            String passphrase = passphrase(journalist);
            journalist.run(
                    List.of(passphrase, passphrase),
                    "journalist",
                    "init",
                    deskFolder(journalist),
                    "--name",
                    JOURNALIST_NAMES.get(journalists.indexOf(journalist)),
                    "--newsroom",
                    newsroomKey(),
                    "--station",
                    capture.address());
            enrol("enrol", deskFolder(journalist).resolve("enrolment-request"));
        }
        if (trustee.isPresent()) {
            String passphrase = passphrase(trustee());
            trustee().run(List.of(passphrase, passphrase), "trustee", "init", trusteeFolder(), "--name", TRUSTEE_NAME);
            enrol("enrol-trustee", trusteeFolder().resolve("trustee-request"));
        }
    }

    void runStation() throws IOException, CommandFailure, InterruptedException {
        stationParty.run(
                NO_ANSWERS,
                "station",
                "install",
                stationFolder(),
                newsroom.file("certificate"),
                newsroom.file("roster"));
        narrator.detail("a relay of this demo writes down every byte between the clients and the station");
        startStation();
        for (Party journalist : journalists) {
            retry(() ->
                    journalist.run(List.of(passphrase(journalist)), "journalist", "replenish", deskFolder(journalist)));
        }
        Thread.sleep(EPOCH.plusSeconds(1));
    }

    /** Starts the station on the folder as it is, on any free port. */
    void startStation() throws IOException, CommandFailure {
        Process process = stationParty.startLasting("station", "run", stationFolder(), "--listen", "127.0.0.1:0");
        station = Optional.of(process);
        capture.relayTo(port(process));
    }

    /** Stops the station, so that its folder stands still. */
    void stopStation() {
        station.ifPresent(Setting::stop);
        station = Optional.empty();
    }

    /** Re-derives the station's folder from its bytes; fails when the check does. */
    Party.Output checkStation() throws IOException, CommandFailure, InterruptedException {
        return stationParty.run(NO_ANSWERS, "station", "check", stationFolder());
    }

    /** The first epochs of a station may not be there yet when a command comes. */
    void retry(Action action) throws IOException, CommandFailure, InterruptedException {
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

    /** Runs a reading command until its output holds {@code word}, an epoch apart. */
    Party.Output until(String word, Action action) throws IOException, CommandFailure, InterruptedException {
        Party.Output output = action.run();
        for (int attempt = 1; attempt < TRIES && !output.text().contains(word); attempt++) {
            narrator.detail("not there yet; an epoch is " + EPOCH.toSeconds() + " s");
            Thread.sleep(EPOCH);
            output = action.run();
        }
        return output;
    }

    /** A command of somebody. */
    interface Action {
        Party.Output run() throws IOException, CommandFailure, InterruptedException;
    }

    List<Party> journalists() {
        return journalists;
    }

    Party trustee() {
        return trustee.orElseThrow();
    }

    Capture capture() {
        return capture;
    }

    /** What a source pins on its command line. */
    List<String> pinned() {
        return List.of("--newsroom", newsroomKey().toString(), "--station", capture.address());
    }

    Path stationFolder() {
        return stationParty.file("station");
    }

    Path trusteeFolder() {
        return trustee().file("trustee");
    }

    static Path deskFolder(Party journalist) {
        return journalist.file("desk");
    }

    static String passphrase(Party party) {
        return party.name() + "'s long passphrase";
    }

    @Override
    public void close() {
        stopStation();
        try {
            capture.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void enrol(String command, Path request) throws IOException, CommandFailure, InterruptedException {
        newsroom.run(
                List.of(NEWSROOM_PASSPHRASE),
                "newsroom",
                command,
                newsroomFolder(),
                request,
                "--yes",
                "--out",
                newsroom.file("roster"));
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

    private Path newsroomFolder() {
        return newsroom.file("newsroom");
    }

    private Path newsroomKey() {
        return newsroomFolder().resolve("newsroom.pub");
    }
}
