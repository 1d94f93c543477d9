package org.lamplighter.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationFailure;
import org.lamplighter.client.StationSession;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.prekey.Addressee;
import org.lamplighter.desk.app.Surroundings;
import org.lamplighter.station.app.StationCommands;

/** One station and one journalist of a {@link Town}, and what is done with them. One thread at a time. */
public final class Scene implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on ");

    private final Town town;
    private final Path folder;
    private final List<Program> started = new ArrayList<>();

    Scene(Town town, Path folder) {
        this.town = town;
        this.folder = folder;
    }

    public Town town() {
        return town;
    }

    public Path station() {
        return folder.resolve("station");
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Starts the station and returns when it listens. */
    public Program startStation() throws IOException, InterruptedException {
        return startStation(station());
    }

    /** Starts the station in {@code stationFolder}, at the address of all stations of this town. */
    Program startStation(Path stationFolder) throws IOException, InterruptedException {
        Program program =
                Program.start(List.of(), "station", "run", stationFolder, "--listen", "127.0.0.1:" + town.port());
        started.add(program);
        assertThat(program.await(LISTENING))
                .describedAs(() -> String.join("\n", program.lines()))
                .isPresent();
        return program;
    }

    /** A journalist's command, started; its folder is put in after the first of {@code words}. */
    Program startDesk(Object... words) throws IOException {
        List<Object> command = new ArrayList<>(List.of("journalist", words[0], file("ada")));
        command.addAll(List.of(words).subList(1, words.length));
        return Program.start(List.of(Town.PASSPHRASE), command.toArray());
    }

    /** A journalist's command that must succeed; yields what it printed. */
    public String desk(Object... words) throws IOException, InterruptedException {
        try (Program program = startDesk(words)) {
            assertThat(program.end())
                    .describedAs(() -> String.join("\n", program.lines()))
                    .isZero();
            return String.join("\n", program.lines());
        }
    }

    /** Brings up the prekeys and waits for the epoch that names one. */
    public void openForLetters() throws Exception {
        awaitEpoch();
        desk("replenish");
        for (int attempt = 0; attempt < 100; attempt++) {
            try (StationSession session = town.client().session()) {
                List<Addressee> addressees =
                        session.fetch(Optional.empty(), Progress.none()).keys().addressees();
                if (addressees.getFirst().prekey().isPresent()) {
                    return;
                }
            }
            Thread.sleep(200);
        }
        throw new AssertionError("the prekeys are not in the mailbox");
    }

    /** A station that has just been made answers nothing until its first epoch. */
    private void awaitEpoch() throws Exception {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (StationSession session = town.client().session()) {
                session.fetch(Optional.empty(), Progress.none());
                return;
            } catch (StationFailure e) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError("no epoch");
    }

    /** What {@code station check} says of {@code stationFolder}: its exit code, and its lines. In this process. */
    public static Checked check(Path stationFolder) {
        return Checked.of(
                List.of(),
                terminal -> StationCommands.run(
                        terminal,
                        InstantSource.system(),
                        new SecureRandom(),
                        "station",
                        "check",
                        stationFolder.toString()));
    }

    /** As {@link #check}, of this scene's station. */
    public Checked checkStation() {
        return check(station());
    }

    /** What {@code journalist check} says of {@code deskFolder}. In this process. */
    public static Checked checkDesk(Path deskFolder) {
        return Checked.of(
                List.of(Town.PASSPHRASE),
                terminal -> CommandRunner.run(
                        org.lamplighter.desk.Main.commands(terminal, Surroundings.system()),
                        terminal,
                        "journalist",
                        "check",
                        deskFolder.toString()));
    }

    /** As {@link #checkDesk(Path)}, of this scene's journalist. */
    public Checked checkDesk() {
        return checkDesk(file("ada"));
    }

    /** How a check ended, and what it printed; prompts, progress and that it looks again are not kept. */
    public record Checked(int exit, List<String> lines) {
        /** A command of this process. */
        private interface Command {
            int run(Terminal terminal);
        }

        private static Checked of(List<String> answers, Command command) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
            byte[] typed = (String.join("\n", answers) + "\n").getBytes(StandardCharsets.UTF_8);
            int exit = command.run(Terminal.of(new ByteArrayInputStream(typed), print, nowhere));
            return new Checked(
                    exit, out.toString(StandardCharsets.UTF_8).lines().toList());
        }

        public boolean isGreen() {
            return exit == 0
                    && lines.size() > 5
                    && lines.getLast().endsWith(" checked, 0 failed")
                    && lines.stream().limit(lines.size() - 1).allMatch(line -> line.startsWith("ok "));
        }
    }

    /** A copy of the station's folder as it lies there. */
    Path copyOfStation(String name) throws IOException {
        Path copy = folder.resolve(name);
        Town.copy(station(), copy);
        return copy;
    }

    /** The folder of the newest published epoch. */
    static Path newestEpoch(Path stationFolder) throws IOException {
        try (var folders = Files.list(stationFolder.resolve("epochs"))) {
            return folders.filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .max(java.util.Comparator.comparingLong(
                            path -> Long.parseLong(path.getFileName().toString())))
                    .orElseThrow();
        }
    }

    /** Whether the folder holds anything whose name begins so. */
    static boolean holds(Path folder, String begin) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.anyMatch(path -> path.getFileName().toString().startsWith(begin));
        }
    }

    @Override
    public void close() {
        started.forEach(Program::close);
    }
}
