package org.lamplighter.e2e.statistics;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.Decoys;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.StationRequest;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.station.app.Station;
import org.lamplighter.station.app.StationCommands;
import org.lamplighter.station.app.StationOptions;
import org.lamplighter.station.durable.Moments;
import org.lamplighter.station.durable.Moments.Step;
import org.lamplighter.station.http.ListenAddress;
import org.lamplighter.station.mailbox.QueueDraw;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.MailboxStore.Draw;
import org.lamplighter.station.store.MailboxStore.Waiting;
import org.lamplighter.station.store.sqlite.SqliteStore;
import org.lamplighter.testkit.SeededRandom;

/**
 * A station that listens on the loopback, on a clock of its own, whose mailbox is as full as the test says. Its steps on disk are
 * kept. Posting is thread-safe, the rest for one thread.
 */
final class FilledStation implements AutoCloseable {
    private static final long START = 20_790L * 86_400;
    private static final long NEVER = 1L << 40;
    private static final String FILE = "station.sqlite";

    private final Path folder;
    private final StationParameters parameters;
    private final SeededRandom contents = SeededRandom.of(600);
    private final SecureRandom random;
    private final AtomicLong second = new AtomicLong(START);
    private final InstantSource clock = () -> Instant.ofEpochSecond(second.get());
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final Station station;
    private volatile String failAt = "";

    FilledStation(Path base, StationParameters parameters) throws Exception {
        this(base, parameters, SeededRandom.of(601));
    }

    /** With this randomness. */
    FilledStation(Path base, StationParameters parameters, SecureRandom random) throws Exception {
        this.folder = base.resolve("station");
        this.random = random;
        this.parameters = parameters;
        try (RootKey root = RootKey.generate(Origin.parse("harbour-courier"), random)) {
            Validity validity = Validity.from(clock.instant(), 365);
            Path newsroom = Files.writeString(
                    base.resolve("newsroom.pub"), root.newsroomKey().format() + "\n");
            command("init", folder.toString(), "--newsroom", newsroom.toString());
            StationRequest request = StationRequest.parse(Files.readAllBytes(folder.resolve("station-request")));
            Path certificate = Files.write(
                    base.resolve("certificate"),
                    root.certify(request.station(), 1, validity, parameters).toByteArray());
            Path roster = Files.write(
                    base.resolve("roster"), root.emptyRoster(validity).toByteArray());
            command("install", folder.toString(), certificate.toString());
            command("install", folder.toString(), roster.toString());
        }
        this.station = Station.start(
                folder,
                clock,
                random,
                StationOptions.listeningOn(ListenAddress.anyLoopbackPort()).withMoments(this::before));
        station.turn();
    }

    int port() {
        return URI.create(station.url()).getPort();
    }

    /**
     * Publishes an epoch of a mailbox of which {@code percent} of the slots are taken for ever, and in which nothing waits; yields its
     * number.
     */
    long epochAt(int percent) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(FILE));
                Statement forget = connection.createStatement();
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE slot SET leaves = CASE WHEN number < ? THEN ? ELSE 0 END")) {
            forget.executeUpdate("DELETE FROM waiting");
            update.setInt(1, parameters.slots() * percent / 100);
            update.setLong(2, NEVER);
            if (update.executeUpdate() != parameters.slots()) {
                throw new AssertionError("slots are missing");
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
        second.addAndGet(parameters.epochSeconds());
        return turn();
    }

    /** Fills the queue, and offers twice as much that is not drawn: of the next three bundles two lose the draw. */
    void fillTheQueue() throws IOException {
        try (SqliteStore store = SqliteStore.open(folder.resolve(FILE), Moments.NONE)) {
            int room = QueueDraw.LIMIT - store.mailbox().queue().size();
            for (int i = 0; i < 3 * QueueDraw.LIMIT; i++) {
                boolean kept = i < room;
                Blob point = Blob.takeOver(contents.bytes(32));
                store.mailbox()
                        .offer(
                                new Waiting(second.get(), NEVER, List.of(point), Blob.takeOver(new byte[1])),
                                new Filling(kept, contents.nextLong()));
            }
        }
    }

    /** Bundles in the queue that were posted, not filled in. */
    long postedInQueue() throws IOException {
        try (SqliteStore store = SqliteStore.openReadOnly(folder.resolve(FILE))) {
            MailboxStore mailbox = store.mailbox();
            long posted = 0;
            for (MailboxStore.Place place : mailbox.queue()) {
                posted += mailbox.waiting(place.id()).orElseThrow().bundle().length() > 1 ? 1 : 0;
            }
            return posted;
        }
    }

    private record Filling(boolean kept, long id) implements Draw {
        @Override
        public int place(int waiting, long offered) {
            return kept ? waiting : -1;
        }
    }

    /** A bundle unlike any other. */
    byte[] bundle() {
        synchronized (contents) {
            return Bundle.of(
                            IntStream.range(0, parameters.envelopes())
                                    .mapToObj(i -> Decoys.generate(contents))
                                    .toList(),
                            Digest.copyOf(contents.bytes(Digest.LENGTH)),
                            contents.bytes(Bundle.TOKEN_LENGTH))
                    .encode();
        }
    }

    /** The next step of this kind fails as if the disk had refused it. */
    void failOnceAt(String step) {
        failAt = step;
    }

    /** Does what is due; yields the number of the epoch that is served. */
    long turn() throws IOException {
        station.turn();
        return station.currentEpoch().orElseThrow();
    }

    /** Where the files of an epoch lie. */
    Path epochFolder(long number) {
        return folder.resolve("epochs").resolve(Long.toString(number));
    }

    /** Where the files of an epoch lie that was not finished. */
    Path unfinished() throws IOException {
        try (Stream<Path> folders = Files.list(folder.resolve("epochs"))) {
            return folders.filter(path -> !path.getFileName().toString().matches("[0-9]+"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void before(Step step, Object subject) throws IOException {
        String what = step + " " + (subject instanceof Path ? "file" : subject);
        steps.add(what);
        if (what.equals(failAt)) {
            failAt = "";
            throw new IOException("refused, as the test says");
        }
    }

    /** The steps on disk since the last call. */
    List<String> takeSteps() {
        List<String> taken = List.copyOf(steps);
        steps.clear();
        return taken;
    }

    @Override
    public void close() throws IOException {
        station.close();
    }

    private void command(String... arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of("station"));
        all.addAll(List.of(arguments));
        Terminal terminal = Terminal.of(new ByteArrayInputStream(new byte[0]), out, out);
        if (StationCommands.run(terminal, clock, random, all.toArray(String[]::new)) != 0) {
            throw new AssertionError(printed.toString(StandardCharsets.UTF_8));
        }
    }
}
