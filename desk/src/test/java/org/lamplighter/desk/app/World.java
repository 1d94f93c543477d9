package org.lamplighter.desk.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.lamplighter.client.Progress;
import org.lamplighter.client.ProxyAddress;
import org.lamplighter.client.Route;
import org.lamplighter.client.StationAddress;
import org.lamplighter.client.StationClient;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.box.PassphraseBox;
import org.lamplighter.core.newsroom.EnrolmentRequest;
import org.lamplighter.core.newsroom.JournalistState;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.StationRequest;
import org.lamplighter.core.newsroom.TrusteeRequest;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.station.app.Station;
import org.lamplighter.station.app.StationCommands;
import org.lamplighter.station.app.StationOptions;
import org.lamplighter.station.http.ListenAddress;
import org.lamplighter.testkit.LoopbackServer;
import org.lamplighter.testkit.LoopbackServer.Reply;

/**
 * A newsroom, its station in this process on a pinned clock, and journalists' folders, joined by real HTTP through a relay that
 * can be told to fail.
 */
final class World implements AutoCloseable {
    /** A boundary of every epoch and slot length used here. */
    static final long START = 20_790L * 86_400;

    /** The demo's mailbox, quick to answer. */
    static final StationParameters DEMO =
            new StationParameters("demo", 256, 4, 5, 600, 60, 180, 120, 600, 10, 1, 1L << 30);

    private static final PassphraseBox.Cost CHEAP = new PassphraseBox.Cost(1024, 1, 1);

    private final Path base;
    private final PinnedClock clock = new PinnedClock(START);
    private final SecureRandom random = new SecureRandom();
    private final RootKey root;
    private final StationParameters parameters;
    private final Station station;
    private final LoopbackServer relay;
    private Roster roster;
    private boolean pauses = true;
    private Predicate<String> broken = line -> false;
    private Predicate<String> spoilt = line -> false;

    private World(Path base, StationParameters parameters) throws Exception {
        this.base = base;
        this.parameters = parameters;
        this.root = RootKey.generate(Origin.parse("harbour-courier"), random);
        this.roster = root.emptyRoster(validity());
        Files.writeString(base.resolve("newsroom.pub"), root.newsroomKey().format() + "\n");
        command(
                "init",
                folder().toString(),
                "--newsroom",
                base.resolve("newsroom.pub").toString());
        StationRequest request = StationRequest.parse(Files.readAllBytes(folder().resolve("station-request")));
        install(
                "certificate",
                root.certify(request.station(), 1, validity(), parameters).toByteArray());
        install("roster", roster.toByteArray());
        this.station =
                Station.start(folder(), clock, random, StationOptions.listeningOn(ListenAddress.anyLoopbackPort()));
        this.relay = LoopbackServer.start(this::forward);
        station.turn();
    }

    static World open(Path base) throws Exception {
        return new World(base, DEMO);
    }

    static World open(Path base, StationParameters parameters) throws Exception {
        return new World(base, parameters);
    }

    PinnedClock clock() {
        return clock;
    }

    SecureRandom random() {
        return random;
    }

    RootKey root() {
        return root;
    }

    Roster roster() {
        return roster;
    }

    StationParameters parameters() {
        return parameters;
    }

    Surroundings surroundings() {
        return new Surroundings(random, clock, Backoff.none(), this::await, CHEAP, 2);
    }

    Route route() throws Exception {
        return new Route(StationAddress.parse(relay.url()), Optional.<ProxyAddress>empty());
    }

    StationClient client() throws Exception {
        return StationClient.of(route(), root.newsroomKey(), random, clock, Backoff.none());
    }

    Path journalist(String name) {
        return base.resolve(name);
    }

    /** Makes a folder, enrols it, uploads its prekeys. */
    void enrol(String name) throws Exception {
        create(name);
        enrolExisting(name);
        try (JournalistDesk desk = desk(name)) {
            desk.session(Progress.none());
        }
        nextEpoch();
    }

    /** Enrols a folder and nothing else. */
    void enrolExisting(String name) throws Exception {
        roster = root.enrol(
                roster,
                EnrolmentRequest.verify(Files.readAllBytes(journalist(name).resolve("enrolment-request"))),
                validity());
        install("roster", roster.toByteArray());
        nextEpoch();
    }

    /** Makes a folder and nothing else. */
    JournalistDesk.Created create(String name) throws Exception {
        try (SecretBytes passphrase = passphrase()) {
            return JournalistDesk.create(
                    journalist(name), passphrase, PersonName.parse(name), root.newsroomKey(), route(), surroundings());
        }
    }

    JournalistDesk desk(String name) throws Exception {
        try (SecretBytes passphrase = passphrase()) {
            return JournalistDesk.open(journalist(name), passphrase, surroundings());
        }
    }

    RosterJournalist listed(String name) {
        return roster.journalists().stream()
                .filter(journalist -> journalist.name().text().equals(name))
                .findFirst()
                .orElseThrow();
    }

    void enrolTrustee(TrusteeRequest request) throws Exception {
        roster = root.enrolTrustee(roster, request, validity());
        install("roster", roster.toByteArray());
    }

    void revoke(String name, JournalistState state) throws Exception {
        revoke(name, state, 0);
    }

    /** As of {@code daysAgo}. */
    void revoke(String name, JournalistState state, int daysAgo) throws Exception {
        Validity since = new Validity(validity().issued() - daysAgo, validity().expires());
        roster = root.revoke(roster, listed(name).id(), state, since).orElseThrow();
        install("roster", roster.toByteArray());
        nextEpoch();
    }

    /** As the operator of the station does for somebody who has lost the secrets. */
    void forgetPrekeys(String name) {
        if (command("forget-prekeys", folder().toString(), name) != 0) {
            throw new IllegalStateException("not forgotten: " + name);
        }
    }

    /** Installs another roster, such as an older one. */
    int installRoster(Roster other) throws Exception {
        return installed("roster", other.toByteArray());
    }

    /** Until the moment to post, for instance; no boundary is passed. */
    void await(Instant moment) {
        if (!pauses) {
            return;
        }
        clock.set(Math.max(clock.second(), moment.getEpochSecond()));
    }

    /** From now on what waits for a moment does not wait. */
    void leaveOutPauses() {
        pauses = false;
    }

    /** To the next boundary, and through it. */
    void nextEpoch() throws IOException {
        advanceTo(clock.second() + parameters.epochSeconds());
    }

    void advance(long seconds) throws IOException {
        advanceTo(clock.second() + seconds);
    }

    /** To the last boundary at or before {@code second}. */
    void advanceTo(long second) throws IOException {
        long boundary = second - second % parameters.epochSeconds();
        clock.set(boundary);
        station.turn();
    }

    /** Everything that was handed over is in the mailbox after this, if the lottery does its worst. */
    void settle() throws IOException {
        for (int i = 0; i < 2; i++) {
            nextEpoch();
        }
    }

    /** From now on the relay drops requests whose line this matches. */
    void breakRequests(Predicate<String> lines) {
        broken = lines;
    }

    /** From now on the relay flips a bit of the answers to requests whose line this matches. */
    void spoilAnswers(Predicate<String> lines) {
        spoilt = lines;
    }

    /** The requests that came through the relay. */
    List<LoopbackServer.Received> received() {
        return relay.received();
    }

    /** The request lines that came through the relay. */
    List<String> requests() {
        return relay.lines();
    }

    void forgetRequests() {
        relay.forget();
    }

    static SecretBytes passphrase() {
        return SecretBytes.copyOf("six random words of ada".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        relay.close();
        station.close();
        root.close();
    }

    private Validity validity() {
        return Validity.from(clock.instant(), 365);
    }

    private Path folder() {
        return base.resolve("station");
    }

    private void install(String name, byte[] note) throws Exception {
        if (installed(name, note) != 0) {
            throw new IllegalStateException("not installed: " + name);
        }
    }

    private int installed(String name, byte[] note) throws IOException {
        Path file = base.resolve(name);
        Files.write(file, note);
        return command("install", folder().toString(), file.toString());
    }

    private int command(String... arguments) {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(sink, true, StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of("station"));
        all.addAll(List.of(arguments));
        Terminal terminal = Terminal.of(new ByteArrayInputStream(new byte[0]), out, out);
        return StationCommands.run(terminal, clock, random, all.toArray(String[]::new));
    }

    private Reply forward(LoopbackServer.Received request) {
        if (broken.test(request.line())) {
            return Reply.close();
        }
        try {
            String[] line = request.line().split(" ", 2);
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(station.url() + line[1]).toURL().openConnection();
            connection.setRequestMethod(line[0]);
            if (request.body().length > 0) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(request.body());
            }
            int status = connection.getResponseCode();
            try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                byte[] body = in == null ? new byte[0] : in.readAllBytes();
                if (body.length > 0 && spoilt.test(request.line())) {
                    body[body.length / 2] ^= 1;
                }
                return Reply.of(status, body);
            }
        } catch (IOException e) {
            return Reply.close();
        }
    }
}
