package org.lamplighter.station.rehearsal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.Decoys;
import org.lamplighter.core.newsroom.Origin;
import org.lamplighter.core.newsroom.RootKey;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.newsroom.StationRequest;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.app.Station;
import org.lamplighter.station.app.StationCommands;
import org.lamplighter.station.app.StationOptions;
import org.lamplighter.station.http.ListenAddress;

/**
 * A station from its making to the answers that it gives, in a folder that is thrown away, under a newsroom whose key is thrown
 * away. It listens on a socket in that folder: root runs this when the package is installed, and nobody else shall be able to
 * connect. What Java loads and learns meanwhile is what a real start needs. Anything that is not as it should be ends it with an
 * exception.
 */
public final class Rehearsal {
    /** So often is asked for hints: enough that what answers counts as hot. */
    private static final int READS = 2000;

    private final Path folder;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong second = new AtomicLong(Instant.now().getEpochSecond());
    private final InstantSource clock = () -> Instant.ofEpochSecond(second.get());
    private final StationParameters parameters;

    private Rehearsal(Path folder) throws MalformedException {
        this.folder = folder;
        this.parameters = StationParameters.profile("demo");
    }

    /** Rehearses in the folder that the argument names, which must exist and is left as it ends. */
    public static void main(String[] arguments) throws IOException, CommandFailure, MalformedException {
        run(Path.of(arguments[0]));
        System.exit(0);
    }

    static void run(Path folder) throws IOException, CommandFailure, MalformedException {
        new Rehearsal(folder).run();
    }

    private void run() throws IOException, CommandFailure, MalformedException {
        make();
        rehearse();
    }

    /** The commands of an operator, and what the newsroom does in between. */
    private void make() throws IOException, MalformedException {
        try (RootKey root = RootKey.generate(Origin.parse("rehearsal"), random)) {
            Validity validity = Validity.from(clock.instant(), 365);
            Path newsroom = Files.writeString(
                    folder.resolve("newsroom.pub"), root.newsroomKey().format() + "\n");
            command("init", station().toString(), "--newsroom", newsroom.toString());
            StationRequest request =
                    StationRequest.parse(Files.readAllBytes(station().resolve("station-request")));
            Path certificate = Files.write(
                    folder.resolve("certificate"),
                    root.certify(request.station(), 1, validity, parameters).toByteArray());
            Path roster = Files.write(
                    folder.resolve("roster"), root.emptyRoster(validity).toByteArray());
            command("install", station().toString(), certificate.toString(), roster.toString());
        }
    }

    private void rehearse() throws IOException, CommandFailure {
        Path socket = folder.resolve("socket");
        StationOptions options = StationOptions.listeningOn(new ListenAddress.Unix(socket));
        try (Station station = Station.start(station(), clock, random, options)) {
            station.turn();
            try (Caller caller = Caller.connect(socket)) {
                read(caller, station.currentEpoch().orElseThrow());
                write(caller);
            }
            second.addAndGet(parameters.epochSeconds());
            if (station.turn().isEmpty()) {
                throw new IOException("no epoch was published");
            }
            try (Caller caller = Caller.connect(socket)) {
                read(caller, station.currentEpoch().orElseThrow());
            }
        }
    }

    private static void read(Caller caller, long epoch) throws IOException {
        caller.ask("GET", "/v1/head", new byte[0], 200);
        for (String file : EpochLayout.filesAfterHead()) {
            caller.ask("GET", "/v1/epochs/" + epoch + "/" + file, new byte[0], 200);
        }
        for (int i = 0; i < READS; i++) {
            caller.ask("GET", "/v1/epochs/" + epoch + "/" + EpochLayout.HINTS, new byte[0], 200);
        }
        caller.ask("GET", "/v1/nothing", new byte[0], 404);
    }

    private void write(Caller caller) throws IOException {
        byte[] bundle = Bundle.of(
                        IntStream.range(0, parameters.envelopes())
                                .mapToObj(i -> Decoys.generate(random))
                                .toList(),
                        Digest.copyOf(bytes(Digest.LENGTH)),
                        bytes(Bundle.TOKEN_LENGTH))
                .encode();
        caller.ask("POST", "/v1/bundles", bundle, 202);
        String chunk = "/v1/chunks/" + HexFormat.of().formatHex(bytes(ChunkId.LENGTH));
        byte[] evidence = bytes(SizeClass.KIB_256.chunkLength());
        caller.ask("PUT", chunk, evidence, 200);
        caller.ask("GET", chunk, new byte[0], 200);
    }

    private void command(String... arguments) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        List<String> all =
                Stream.concat(Stream.of("station"), Stream.of(arguments)).toList();
        Terminal terminal = Terminal.of(new ByteArrayInputStream(new byte[0]), out, out);
        if (StationCommands.run(terminal, clock, random, all.toArray(String[]::new)) != 0) {
            throw new IOException(printed.toString(StandardCharsets.UTF_8));
        }
    }

    private Path station() {
        return folder.resolve("station");
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
