package org.lamplighter.e2e.journey;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lamplighter.client.Progress;
import org.lamplighter.client.Route;
import org.lamplighter.client.StationAddress;
import org.lamplighter.client.StationClient;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.newsroom.EnrolmentRequest;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.StationRequest;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.desk.app.JournalistDesk;
import org.lamplighter.desk.app.SessionReport;
import org.lamplighter.desk.app.Surroundings;
import org.lamplighter.station.app.Station;
import org.lamplighter.station.app.StationCommands;
import org.lamplighter.station.app.StationOptions;
import org.lamplighter.station.http.ListenAddress;
import org.lamplighter.testkit.LoopbackTap;
import org.lamplighter.testkit.SeededRandom;

/**
 * A newsroom, its station and its journalists' desks in this process, on one pinned clock, joined by real HTTP. The address of
 * the station stays the same when it goes on from another folder. One thread at a time.
 */
final class World implements AutoCloseable {
    static final long DAY = 86_400;
    /** A boundary of every epoch and slot length used here. */
    static final long START = 20_790L * DAY;

    private static final PassphraseBox.Cost CHEAP = new PassphraseBox.Cost(1024, 1, 1);

    private final Path base;
    private final StationParameters parameters;
    private final PinnedClock clock;
    /** Seeded: the draws of the station are the same in each run. */
    private final SecureRandom random = SeededRandom.of(17);

    private final RootKey root;
    private final LoopbackTap tap;
    private Path folder;
    private Roster roster;
    private Station station;
    private long dayZero;

    private World(Path base, StationParameters parameters, long start) throws Exception {
        this.base = base;
        this.parameters = parameters;
        this.clock = new PinnedClock(start);
        this.dayZero = start;
        this.folder = base.resolve("station");
        this.root = RootKey.generate(Origin.parse("harbour-courier"), random);
        this.roster = root.emptyRoster(validity());
        Path newsroom = base.resolve("newsroom.pub");
        Files.writeString(newsroom, root.newsroomKey().format() + "\n");
        command("init", folder.toString(), "--newsroom", newsroom.toString());
        StationRequest request = StationRequest.parse(Files.readAllBytes(folder.resolve("station-request")));
        install(
                "certificate",
                root.certify(request.station(), 1, validity(), parameters).toByteArray());
        install("roster", roster.toByteArray());
        this.station = startStation();
        this.tap = LoopbackTap.start(() -> URI.create(station.url()).getPort());
    }

    static World open(Path base, StationParameters parameters) throws Exception {
        return open(base, parameters, START);
    }

    static World open(Path base, StationParameters parameters, long start) throws Exception {
        return new World(base, parameters, start);
    }

    /** What passes between clients and the station. */
    LoopbackTap tap() {
        return tap;
    }

    NewsroomId newsroom() {
        return root.newsroomKey().id();
    }

    /** The number of the epoch that is served. */
    long epoch() {
        return station.currentEpoch().orElseThrow();
    }

    /** The head of the epoch that is served, as it lies on the station's disk. */
    String headText() throws IOException {
        return Files.readString(
                folder.resolve("epochs").resolve(Long.toString(epoch())).resolve("head"));
    }

    /** A station that has forgotten what it saw posts {@code bundle} to itself. */
    void bringIn(byte[] bundle) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("station.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM seen");
        }
        HttpURLConnection post = (HttpURLConnection)
                URI.create(station.url() + "/v1/bundles").toURL().openConnection();
        post.setRequestMethod("POST");
        post.setDoOutput(true);
        post.getOutputStream().write(bundle);
        if (post.getResponseCode() != 202) {
            throw new AssertionError("refused: " + post.getResponseCode());
        }
    }

    PinnedClock clock() {
        return clock;
    }

    SecureRandom random() {
        return random;
    }

    StationParameters parameters() {
        return parameters;
    }

    /** Today is day 0. */
    void beginCounting() {
        dayZero = clock.second();
    }

    /** Days since {@link #beginCounting}. */
    long today() {
        return (clock.second() - dayZero) / DAY;
    }

    /** The newsroom's key, as it is pinned. */
    String pinnedKey() {
        return root.newsroomKey().format();
    }

    /** The address of the station. */
    String url() {
        return tap.url();
    }

    StationClient client() throws Exception {
        return client(0);
    }

    /** A client on a machine whose clock is so many seconds ahead. */
    StationClient client(long ahead) throws Exception {
        return StationClient.of(route(), root.newsroomKey(), random, clock(ahead), Backoff.none());
    }

    /** The clock of such a machine. */
    InstantSource clock(long ahead) {
        return () -> clock.instant().plusSeconds(ahead);
    }

    /** A journalist with a folder, in the roster, with prekeys in the mailbox. */
    void enrol(String name) throws Exception {
        try (SecretBytes passphrase = passphrase()) {
            Path request = JournalistDesk.create(
                            base.resolve(name),
                            passphrase,
                            PersonName.parse(name),
                            root.newsroomKey(),
                            route(),
                            surroundings(0))
                    .request();
            roster = root.enrol(roster, EnrolmentRequest.verify(Files.readAllBytes(request)), validity());
        }
        install("roster", roster.toByteArray());
        nextEpoch();
        session(name);
        nextEpoch();
    }

    JournalistDesk desk(String name) throws Exception {
        return desk(name, 0);
    }

    /** A desk on a machine whose clock is so many seconds ahead. */
    JournalistDesk desk(String name, long ahead) throws Exception {
        try (SecretBytes passphrase = passphrase()) {
            return JournalistDesk.open(base.resolve(name), passphrase, surroundings(ahead));
        }
    }

    /** One session of a journalist, from the opening of the folder to its closing. */
    SessionReport session(String name) throws Exception {
        try (JournalistDesk desk = desk(name)) {
            return desk.session(Progress.none());
        }
    }

    /** To the next boundary, and through it. */
    void nextEpoch() throws IOException {
        pass(Instant.ofEpochSecond(
                clock.second() - clock.second() % parameters.epochSeconds() + parameters.epochSeconds()));
    }

    /** Lets the time pass up to {@code moment}, if it is yet to come. */
    void await(Instant moment) {
        if (moment.isAfter(clock.instant())) {
            try {
                pass(moment);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Lets the time pass, boundary after boundary. */
    void pass(Instant until) throws IOException {
        long length = parameters.epochSeconds();
        for (long next = clock.second() - clock.second() % length + length;
                next <= until.getEpochSecond();
                next += length) {
            clock.set(Instant.ofEpochSecond(next));
            station.turn();
        }
        clock.set(until);
    }

    /**
     * The station ends as it does when it is killed: another goes on from the files as they lie there at this moment. What it
     * would have done on its way out does not count.
     *
     * @param left names of files of the folder that the next one does not find, for tests of this test
     */
    void dropStation(String... left) throws Exception {
        Path files = base.resolve("after-" + folder.getFileName());
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.toList()) {
                Path target = files.resolve(folder.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (!List.of(left).contains(path.getFileName().toString())) {
                    Files.copy(path, target);
                }
            }
        }
        station.close();
        folder = files;
        station = startStation();
    }

    @Override
    public void close() throws IOException {
        tap.close();
        station.close();
        root.close();
    }

    private Station startStation() throws Exception {
        Station started =
                Station.start(folder, clock, random, StationOptions.listeningOn(ListenAddress.anyLoopbackPort()));
        started.turn();
        return started;
    }

    private Surroundings surroundings(long ahead) {
        return new Surroundings(
                random, clock(ahead), Backoff.none(), moment -> await(moment.minusSeconds(ahead)), CHEAP, 2);
    }

    private Route route() throws Exception {
        return new Route(StationAddress.parse(tap.url()), Optional.empty());
    }

    private static SecretBytes passphrase() {
        return SecretBytes.copyOf("six random words of a journalist".getBytes(StandardCharsets.UTF_8));
    }

    private Validity validity() {
        return Validity.from(clock.instant(), 365);
    }

    private void install(String name, byte[] note) throws IOException {
        Path file = base.resolve(name);
        Files.write(file, note);
        command("install", folder.toString(), file.toString());
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
