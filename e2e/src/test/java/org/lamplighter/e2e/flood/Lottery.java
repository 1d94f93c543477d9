package org.lamplighter.e2e.flood;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.StationRequest;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.station.app.Station;
import org.lamplighter.station.app.StationCommands;
import org.lamplighter.station.app.StationOptions;
import org.lamplighter.station.http.ListenAddress;
import org.lamplighter.station.store.Blob;
import org.lamplighter.station.store.MailboxStore;
import org.lamplighter.station.store.sqlite.SqliteStore;
import org.lamplighter.testkit.SeededRandom;

/**
 * A station in this process, on a clock that is moved, so that thousands of boundaries pass in minutes; bundles come over real
 * sockets, and who was admitted is read from its database. One thread at a time.
 */
final class Lottery implements AutoCloseable {
    private static final int ENVELOPES = 2;
    private static final int EPOCH_SECONDS = 600;
    /** Connections at once; more only wait for the same two processors. */
    private static final int CONNECTIONS = 64;
    /**
     * C is 64 and W 1,260 s, so each boundary refills the guard bucket by 30 bundles and the open one by 26 on the mean, up to
     * 30: never fewer than the sixteen that may enter, but once in 10^9 boundaries. A bundle takes part at three boundaries.
     */
    private static final StationParameters PARAMETERS = new StationParameters(
            "demo", 128, ENVELOPES, EPOCH_SECONDS, 600, 60, 600, 3 * EPOCH_SECONDS, 600, 10, 1, 1L << 30);

    private static final long START = 20_790L * 86_400;

    private final Path folder;
    private final AtomicLong second = new AtomicLong(START);
    private final InstantSource clock = () -> Instant.ofEpochSecond(second.get());
    private final Sender sender;
    private final Station station;
    private final int port;
    /** Of each bundle that is not known to be admitted, the first envelope, and whether it is honest. */
    private final Map<Blob, Boolean> waiting = new HashMap<>();

    private Lottery(Path base, SecureRandom random, long seed) throws Exception {
        this.folder = Files.createTempDirectory(base, "lottery").resolve("station");
        this.sender = new Sender(seed, ENVELOPES);
        try (RootKey root = RootKey.generate(Origin.parse("harbour-courier"), SeededRandom.of(seed))) {
            Path newsroom = folder.resolveSibling("newsroom.pub");
            Files.writeString(newsroom, root.newsroomKey().format() + "\n");
            command("init", folder.toString(), "--newsroom", newsroom.toString());
            Validity validity = Validity.from(clock.instant(), 365);
            StationRequest request = StationRequest.parse(Files.readAllBytes(folder.resolve("station-request")));
            install(
                    "certificate",
                    root.certify(request.station(), 1, validity, PARAMETERS).toByteArray());
            install("roster", root.emptyRoster(validity).toByteArray());
        }
        this.station =
                Station.start(folder, clock, random, StationOptions.listeningOn(ListenAddress.anyLoopbackPort()));
        this.station.turn();
        this.port = URI.create(station.url()).getPort();
    }

    /** A station whose draws come from {@code random}. */
    static Lottery open(Path base, SecureRandom random, long seed) throws Exception {
        return new Lottery(base, random, seed);
    }

    /** Posts {@code count} bundles at once, each on a connection of its own; all of them must be answered 202. */
    void post(int count, boolean honest) throws Exception {
        Semaphore places = new Semaphore(CONNECTIONS);
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                byte[] bundle = sender.bundle();
                waiting.put(firstEnvelope(bundle), honest);
                places.acquire();
                answers.add(executor.submit(() -> {
                    try (Wire wire = Wire.connect(port)) {
                        return wire.ask(Wire.request("POST", "/v1/bundles", bundle))
                                .status();
                    } finally {
                        places.release();
                    }
                }));
            }
            for (Future<Integer> answer : answers) {
                requireAccepted(answer);
            }
        }
    }

    private static void requireAccepted(Future<Integer> answer) throws InterruptedException {
        try {
            if (answer.get() != 202) {
                throw new AssertionError("a bundle was answered " + answer.get());
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a bundle was not answered", e);
        }
    }

    /** Bundles, honest ones and all. */
    record Count(int honest, int all) {
        Count plus(Count other) {
            return new Count(honest + other.honest, all + other.all);
        }
    }

    /** The next boundary; yields who was admitted at it. */
    Count nextEpoch() throws IOException {
        second.addAndGet(EPOCH_SECONDS);
        if (station.turn().isEmpty()) {
            throw new AssertionError("no epoch");
        }
        int honest = 0;
        int all = 0;
        try (SqliteStore store = SqliteStore.openReadOnly(folder.resolve("station.sqlite"))) {
            for (MailboxStore.Slot slot : store.mailbox().slots(0, PARAMETERS.slots())) {
                Boolean kind = slot.leavesAt() == 0 ? null : waiting.remove(slot.envelope());
                if (kind != null) {
                    all++;
                    honest += kind ? 1 : 0;
                }
            }
        }
        return new Count(honest, all);
    }

    /** Who is in the waiting queue. */
    Count queue() throws IOException {
        int honest = 0;
        int all = 0;
        try (SqliteStore store = SqliteStore.openReadOnly(folder.resolve("station.sqlite"))) {
            for (MailboxStore.Place place : store.mailbox().queue()) {
                Blob bundle = store.mailbox().waiting(place.id()).orElseThrow().bundle();
                all++;
                honest += waiting.getOrDefault(firstEnvelope(bundle.toByteArray()), false) ? 1 : 0;
            }
        }
        return new Count(honest, all);
    }

    private static Blob firstEnvelope(byte[] bundle) {
        return Blob.copyOf(java.util.Arrays.copyOfRange(bundle, 64, MailboxRow.LENGTH));
    }

    private void install(String name, byte[] note) throws IOException {
        Path file = folder.resolveSibling(name);
        Files.write(file, note);
        command("install", folder.toString(), file.toString());
    }

    private void command(String... arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of("station"));
        all.addAll(List.of(arguments));
        Terminal terminal = Terminal.of(new ByteArrayInputStream(new byte[0]), out, out);
        if (StationCommands.run(terminal, clock, new SecureRandom(), all.toArray(String[]::new)) != 0) {
            throw new AssertionError(printed.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        station.close();
    }
}
