package org.lamplighter.bench.station;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.StationRequest;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.app.Station;
import org.lamplighter.station.app.StationCommands;
import org.lamplighter.station.app.StationOptions;
import org.lamplighter.station.http.ListenAddress;

/**
 * The folder of a station that has published one epoch for each fill that was asked for, the last of them now, so that a station
 * which is started on it serves them all at once: whoever compares two fills compares them in one process.
 *
 * @param folder to be given to {@code station run}
 * @param epochs numbers of the epochs, in the order of the fills
 */
record FilledFolder(Path folder, List<Long> epochs) {
    /** An epoch so long that none turns while a measurement runs, but for one chance in some hundred. */
    static final int LONG_EPOCH = 3600;

    private static final long NEVER = 1L << 40;

    /**
     * Makes it in {@code base}. A fill of 100 is a mailbox in which each of the {@code slots} is taken for ever.
     *
     * @param percents at most four: those before the last are served for three more epochs
     */
    static FilledFolder make(Path base, int slots, int epochSeconds, List<Integer> percents)
            throws IOException, CommandFailure, MalformedException {
        SecureRandom random = new SecureRandom();
        Files.createDirectories(base);
        Path folder = base.resolve("station");
        long now = Instant.now().getEpochSecond() / epochSeconds * epochSeconds;
        AtomicLong second = new AtomicLong(now - (long) percents.size() * epochSeconds);
        InstantSource clock = () -> Instant.ofEpochSecond(second.get());
        found(base, folder, parameters(slots, epochSeconds), clock, random);
        List<Long> epochs = new ArrayList<>();
        try (Station station =
                Station.start(folder, clock, random, StationOptions.listeningOn(ListenAddress.anyLoopbackPort()))) {
            station.turn(); // makes the rows
            for (int percent : percents) {
                fill(folder, slots, percent);
                second.addAndGet(epochSeconds);
                epochs.add(station.turn().orElseThrow());
            }
        }
        return new FilledFolder(folder, epochs);
    }

    private static StationParameters parameters(int slots, int epochSeconds) throws MalformedException {
        StationParameters medium = StationParameters.profile("medium");
        return new StationParameters(
                "bench",
                slots,
                medium.envelopes(),
                epochSeconds,
                medium.ttlSeconds(),
                medium.expirySeconds(),
                medium.burstSeconds(),
                medium.waitingSeconds(),
                medium.prekeySeconds(),
                medium.answerMillis(),
                medium.chunkTtlDays(),
                medium.chunkBytesPerDay());
    }

    /** Newsroom, certificate and roster, as an operator would have them. */
    private static void found(
            Path base, Path folder, StationParameters parameters, InstantSource clock, SecureRandom random)
            throws IOException, MalformedException {
        try (RootKey root = RootKey.generate(Origin.parse("harbour-courier"), random)) {
            Validity validity = Validity.from(clock.instant(), 365);
            Path newsroom = Files.writeString(
                    base.resolve("newsroom.pub"), root.newsroomKey().format() + "\n");
            command(clock, random, "init", folder.toString(), "--newsroom", newsroom.toString());
            StationRequest request = StationRequest.parse(Files.readAllBytes(folder.resolve("station-request")));
            Path certificate = Files.write(
                    base.resolve("certificate"),
                    root.certify(request.station(), 1, validity, parameters).toByteArray());
            Path roster = Files.write(
                    base.resolve("roster"), root.emptyRoster(validity).toByteArray());
            command(clock, random, "install", folder.toString(), certificate.toString(), roster.toString());
        }
    }

    /** Which slots are taken is all that a fill is: the bytes of a free row look like those of a letter. */
    private static void fill(Path folder, int slots, int percent) throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("station.sqlite"));
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE slot SET leaves = CASE WHEN number < ? THEN ? ELSE 0 END")) {
            update.setInt(1, slots * percent / 100);
            update.setLong(2, NEVER);
            if (update.executeUpdate() != slots) {
                throw new IOException("slots are missing");
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static void command(InstantSource clock, SecureRandom random, String... arguments) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of("station"));
        all.addAll(List.of(arguments));
        Terminal terminal = Terminal.of(new ByteArrayInputStream(new byte[0]), out, out);
        if (StationCommands.run(terminal, clock, random, all.toArray(String[]::new)) != 0) {
            throw new IOException(printed.toString(StandardCharsets.UTF_8));
        }
    }
}
