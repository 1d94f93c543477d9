package org.lamplighter.station.app;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Terminal;
import org.lamplighter.station.http.ListenAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = "Run the station until it is told to stop (SIGTERM, or Ctrl-C).",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final InstantSource clock;
    private final SecureRandom random;
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Parameters(paramLabel = "STDIR", description = "The station's folder.")
    private Path folder = Path.of("");

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1:8480",
            description = "127.0.0.1:PORT (0 for a free one), [::1]:PORT or unix:PATH. Default: ${DEFAULT-VALUE}.")
    private String listen = "";

    @Option(
            names = "--circuits",
            paramLabel = "haproxy",
            description =
                    "Behind a tor with HiddenServiceExportCircuitID haproxy: one circuit hands over one bundle an epoch."
                            + " Nobody else can connect then.")
    private Optional<CircuitNames> circuits = Optional.empty();

    /** How tor says which circuit a connection came on; it has one way. */
    private enum CircuitNames {
        haproxy
    }

    RunCommand(Terminal terminal, InstantSource clock, SecureRandom random) {
        this.terminal = terminal;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws IOException, CommandFailure, InterruptedException {
        ListenAddress address = ListenAddress.parse(listen)
                .orElseThrow(() -> CommandFailure.of(
                        "not an address to listen on: " + listen,
                        "give a number and a port, as in --listen 127.0.0.1:8480, or --listen"
                                + " unix:/run/lamplighter/socket"));
        if (address instanceof ListenAddress.Tcp tcp && !tcp.isLoopback()) {
            terminal.say("warning: " + listen + " can be reached from other machines, without encryption;"
                    + " listen on 127.0.0.1 behind tor or a TLS proxy instead");
        }
        StationOptions options = StationOptions.listeningOn(address);
        if (circuits.isPresent()) {
            requireThisMachine(address);
            options = options.withCircuits();
        }
        Station station = Station.start(folder, clock, random, options);
        TurnSchedule schedule = TurnSchedule.start(station, clock);
        // The virtual machine ends when its hooks have ended: this is where a signal waits for an orderly stop.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(station, schedule), "station-stop"));
        terminal.print("listening on " + station.url());
        ClockDoubt doubt = station.clockDoubt();
        if (doubt != ClockDoubt.NONE) {
            terminal.say("warning: " + doubt.text());
        }
        if (!station.hasRoster()) {
            terminal.say("no roster yet: everything is answered with 503 until `lamplighter station install " + folder
                    + " roster`");
        }
        stopped.await();
        return 0;
    }

    /** Whoever can connect chooses the circuit's name. */
    private static void requireThisMachine(ListenAddress address) throws CommandFailure {
        if (address instanceof ListenAddress.Tcp tcp && !tcp.isLoopback()) {
            throw CommandFailure.of(
                    "--circuits trusts whoever connects to name the circuit, and others can reach " + address.text(),
                    "listen on 127.0.0.1 or on unix:PATH");
        }
    }

    private void stop(Station station, TurnSchedule schedule) {
        try (station;
                schedule) {
            stopped.countDown();
        } catch (IOException e) {
            terminal.error("the station did not stop in order; the next start puts right what is left");
            return;
        }
        // To the terminal, not to the log: that has ended by now, by a hook of its own that runs beside this one.
        terminal.print("stopped");
    }
}
