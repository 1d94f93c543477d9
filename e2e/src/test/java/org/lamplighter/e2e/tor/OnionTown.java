package org.lamplighter.e2e.tor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lamplighter.client.Route;
import org.lamplighter.client.StationAddress;
import org.lamplighter.client.StationClient;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.e2e.crash.Program;

/**
 * A newsroom, its station behind an onion address, and a journalist, each by their own commands, in a {@link TorNetwork}. One
 * thread at a time.
 */
final class OnionTown implements AutoCloseable {
    static final String PASSPHRASE = "six random words of ada";
    static final int EPOCH_SECONDS = 10;
    private static final String NEWSROOM_PASSPHRASE = "four quiet harbour lamps";
    private static final Pattern LISTENING = Pattern.compile("listening on ");
    /** Commands over a network that is starting up, on a machine that has other things to do. */
    private static final int TRIES = 40;

    private final Path base;
    private final GuardWire wire;
    private final TorNetwork network;
    private final Program station;
    private final String onion;

    private OnionTown(Path base, GuardWire wire, TorNetwork network, int port) throws Exception {
        this.base = base;
        this.wire = wire;
        this.network = network;
        this.onion = network.onion();
        found();
        this.station = Program.start(
                List.of(), "station", "run", at("station"), "--listen", "127.0.0.1:" + port, "--circuits", "haproxy");
        if (station.await(LISTENING).isEmpty()) {
            throw new AssertionError(String.join("\n", station.lines()));
        }
    }

    static OnionTown open(Path base) throws Exception {
        int port = freePort();
        GuardWire wire = GuardWire.open();
        TorNetwork network = null;
        try {
            network = TorNetwork.start(base.resolve("tor"), port, wire);
            return new OnionTown(base, wire, network, port);
        } catch (Exception | AssertionError e) {
            if (network != null) {
                network.close();
            }
            wire.close();
            throw e;
        }
    }

    GuardWire wire() {
        return wire;
    }

    TorNetwork network() {
        return network;
    }

    Path at(String name) {
        return base.resolve(name);
    }

    Path newsroomFile() {
        return at("newsroom").resolve("newsroom.pub");
    }

    /** A client that reaches the station as commands do, each session on a circuit of its own. */
    StationClient client() throws Exception {
        return StationClient.of(route(), newsroom(), new SecureRandom(), InstantSource.system(), Backoff.none());
    }

    Route route() throws Exception {
        return Route.of(StationAddress.parse(onion), Optional.of(network.proxy()));
    }

    NewsroomKey newsroom() throws Exception {
        return NewsroomKey.parse(Files.readString(newsroomFile()));
    }

    /** A source's command; {@code answers} are typed. */
    Program source(List<String> answers, Object... words) throws IOException {
        List<Object> command = new ArrayList<>(List.of("source", words[0]));
        if (!words[0].equals("new")) {
            command.addAll(List.of("--newsroom", newsroomFile(), "--station", onion, "--proxy", network.proxy()));
        }
        command.addAll(List.of(words).subList(1, words.length));
        return Program.start(answers, command.toArray());
    }

    /** A journalist's command. */
    Program journalist(Object... words) throws IOException {
        List<Object> command = new ArrayList<>(List.of("journalist", words[0], at("ada")));
        command.addAll(List.of(words).subList(1, words.length));
        return Program.start(List.of(PASSPHRASE), command.toArray());
    }

    /** A command that is tried again until it succeeds. */
    interface Start {
        Program start() throws IOException;
    }

    /** What {@code command} prints when it succeeds and its lines have {@code wanted} in them. */
    static String until(Start command, Pattern wanted) throws Exception {
        String last = "";
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try (Program program = command.start()) {
                int exit = program.end();
                last = String.join("\n", program.lines());
                if (exit == 0 && wanted.matcher(last).find()) {
                    return last;
                }
            }
            Thread.sleep(1000);
        }
        throw new AssertionError("never " + wanted + "; at last:\n" + last);
    }

    private void found() throws Exception {
        List<String> root = List.of(NEWSROOM_PASSPHRASE);
        Path newsroom = at("newsroom");
        Program.run(
                List.of(NEWSROOM_PASSPHRASE, NEWSROOM_PASSPHRASE),
                "newsroom",
                "init",
                newsroom,
                "--origin",
                "harbour-courier");
        Program.run(List.of(), "station", "init", at("station"), "--newsroom", newsroomFile());
        Program.runLine(
                root,
                "newsroom certify-station " + newsroom + " " + at("station").resolve("station-request")
                        + " --profile demo --epoch-seconds " + EPOCH_SECONDS
                        + " --slots 256 --envelopes 3 --ttl-seconds 7200 --burst-seconds 7200 --waiting-seconds 3600"
                        + " --chunk-ttl-days 30 --yes --out " + at("certificate"));
        Program.run(
                List.of(PASSPHRASE, PASSPHRASE),
                "journalist",
                "init",
                at("ada"),
                "--name",
                "Ada Example",
                "--newsroom",
                newsroomFile(),
                "--station",
                onion,
                "--proxy",
                network.proxy());
        Program.runLine(
                root,
                "newsroom enrol " + newsroom + " " + at("ada").resolve("enrolment-request") + " --yes --out "
                        + at("roster"));
        Program.run(List.of(), "station", "install", at("station"), at("certificate"), at("roster"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        station.close();
        network.close();
        wire.close();
    }
}
