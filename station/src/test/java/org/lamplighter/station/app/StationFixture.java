package org.lamplighter.station.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Finding;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.journalist.JournalistKeys;
import org.lamplighter.core.journalist.PrekeySecret;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.Decoys;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.StationCertificate;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.StationRequest;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.check.StationCheck;
import org.lamplighter.station.http.ListenAddress;
import org.lamplighter.station.store.StationStore;
import org.lamplighter.testkit.SeededRandom;

/** A newsroom with one journalist and a station of its own, in a folder, on a pinned clock. */
public final class StationFixture implements AutoCloseable {
    /** A boundary of every epoch length used here, in the morning of a day. */
    public static final long START = 20_781L * 86_400 + 7200;

    /** The smallest mailbox there is, with the demo's times and quick answers. */
    public static final StationParameters SMALLEST =
            new StationParameters("demo", 64, 2, 5, 600, 60, 180, 120, 600, 10, 1, 1L << 30);

    private final Path folder;
    private final PinnedClock clock = PinnedClock.at(START);
    private final SeededRandom random = SeededRandom.of(11);
    private final RootKey root;
    private final JournalistKeys journalist;
    private final StationParameters parameters;
    private final List<Station> started = new ArrayList<>();
    private Roster roster;

    private StationFixture(Path folder, StationParameters parameters) throws MalformedException {
        this.folder = folder;
        this.parameters = parameters;
        this.root = RootKey.generate(Origin.parse("harbour-courier"), random);
        this.journalist = JournalistKeys.generate(random);
        this.roster = root.enrol(
                root.emptyRoster(validity()), journalist.enrolmentRequest(PersonName.parse("Ada Example")), validity());
    }

    /** A station that is certified and has a roster. */
    public static StationFixture installed(Path base, StationParameters parameters) throws Exception {
        StationFixture fixture = bare(base, parameters);
        fixture.installCertificate(1, UnaryOperator.identity());
        fixture.installRoster();
        return fixture;
    }

    public static StationFixture installed(Path base) throws Exception {
        return installed(base, SMALLEST);
    }

    /** A station that is only initialised. */
    public static StationFixture bare(Path base, StationParameters parameters) throws Exception {
        StationFixture fixture = new StationFixture(base.resolve("station"), parameters);
        Files.writeString(
                base.resolve("newsroom.pub"), fixture.root.newsroomKey().format() + "\n");
        StationFolder.create(fixture.folder, fixture.root.newsroomKey(), fixture.random);
        return fixture;
    }

    public Path folder() {
        return folder;
    }

    public PinnedClock clock() {
        return clock;
    }

    public SeededRandom random() {
        return random;
    }

    public NewsroomKey newsroom() {
        return root.newsroomKey();
    }

    public RootKey root() {
        return root;
    }

    public JournalistKeys journalist() {
        return journalist;
    }

    public StationParameters parameters() {
        return parameters;
    }

    public Roster roster() {
        return roster;
    }

    public Validity validity() {
        return Validity.from(clock.instant(), 365);
    }

    /** The certificate that the newsroom gives for this station. */
    public StationCertificate certificate(long serial, UnaryOperator<StationParameters> change) throws Exception {
        StationRequest request = StationRequest.parse(Files.readAllBytes(folder.resolve("station-request")));
        return root.certify(request.station(), serial, validity(), change.apply(parameters));
    }

    public void installCertificate(long serial, UnaryOperator<StationParameters> change) throws Exception {
        install("certificate", certificate(serial, change).toByteArray());
    }

    /** Changes the roster and installs it. */
    public void changeRoster(UnaryOperator<Roster> change) throws Exception {
        roster = change.apply(roster);
        installRoster();
    }

    public void installRoster() throws Exception {
        install("roster", roster.toByteArray());
    }

    private void install(String name, byte[] note) throws IOException {
        Path file = folder.resolveSibling(name);
        Files.write(file, note);
        Transcript transcript = command("install", folder.toString(), file.toString());
        assertThat(transcript.exit()).describedAs(transcript.err()).isZero();
    }

    /** Starts the station on a free port. */
    public Station start() throws IOException, CommandFailure {
        return start(UnaryOperator.identity());
    }

    public Station start(UnaryOperator<StationOptions> change) throws IOException, CommandFailure {
        StationOptions options = StationOptions.listeningOn(ListenAddress.anyLoopbackPort());
        Station station = Station.start(folder, clock, random, change.apply(options));
        started.add(station);
        return station;
    }

    /** What a command printed and how it ended. */
    public record Transcript(int exit, String out, String err) {}

    /** Runs {@code lamplighter station ARGUMENTS} in this process. */
    public Transcript command(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = Terminal.of(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        List<String> all = new ArrayList<>(List.of("station"));
        all.addAll(List.of(arguments));
        int exit = StationCommands.run(terminal, clock, random, all.toArray(String[]::new));
        return new Transcript(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** All findings of the check. */
    public List<Finding> check() throws Exception {
        StationFolder station = StationFolder.existing(folder);
        try (StationStore store = station.openStoreReadOnly()) {
            return StationCheck.run(
                    newsroom(),
                    certificate(1, UnaryOperator.identity()).station(),
                    store,
                    station.epochs(),
                    station.chunks(),
                    Validity.day(clock.instant()));
        }
    }

    /** Asserts that the whole station is as it should be. */
    public void assertSound() throws Exception {
        assertThat(check()).allMatch(Finding::isOk);
    }

    /** A bundle that the station accepts, unlike any other. */
    public byte[] bundle() {
        synchronized (random) {
            return Bundle.of(
                            IntStream.range(0, parameters.envelopes())
                                    .mapToObj(i -> Decoys.generate(random))
                                    .toList(),
                            Digest.copyOf(random.bytes(32)),
                            random.bytes(Bundle.TOKEN_LENGTH))
                    .encode();
        }
    }

    /** 64 prekeys of the journalist from {@code firstSlot} on. */
    public byte[] prekeys(long firstSlot) {
        return journalist
                .upload(newsroom().id(), PrekeySecret.generate(firstSlot, random))
                .toByteArray();
    }

    /** Stops what was started. */
    @Override
    public void close() throws IOException {
        for (Station station : started) {
            station.close();
        }
        root.close();
        journalist.close();
    }
}
