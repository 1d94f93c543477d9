package org.lamplighter.cli.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.lamplighter.client.Route;
import org.lamplighter.client.StationAddress;
import org.lamplighter.client.StationClient;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.console.AtomicFile;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.wire.MalformedException;
import picocli.CommandLine.Option;

/** Which station, of which newsroom, and how to get there. */
final class StationOptions {
    private static final int MAX_KEY_BYTES = 1024;

    @Option(
            names = "--newsroom",
            paramLabel = "FILE",
            required = true,
            description = "the newsroom's key, newsroom.pub, from somewhere you trust")
    private Path newsroom = Path.of("newsroom.pub");

    @Option(names = "--station", paramLabel = "URL", required = true, description = "address of the newsroom's station")
    private String station = "";

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            description =
                    "socks5://HOST:PORT, or none (default: tor at 127.0.0.1:9050 unless the station is this machine)")
    private Optional<String> proxy = Optional.empty();

    /** The station, nothing asked of it yet. */
    StationClient client(SecureRandom random, InstantSource clock, Backoff backoff) throws CommandFailure, IOException {
        return StationClient.of(route(station, proxy), key(newsroom), random, clock, backoff);
    }

    static Route route(String station, Optional<String> proxy) throws CommandFailure {
        try {
            return Route.of(StationAddress.parse(station), proxy);
        } catch (MalformedException e) {
            throw CommandFailure.of(
                    e.getMessage() + "", "write --station http://….onion, and --proxy only when tor is elsewhere");
        }
    }

    static NewsroomKey key(Path newsroom) throws CommandFailure, IOException {
        try {
            String line = new String(AtomicFile.read(newsroom, MAX_KEY_BYTES), StandardCharsets.UTF_8);
            return NewsroomKey.parse(line);
        } catch (MalformedException e) {
            throw CommandFailure.of(
                    "not a newsroom's key: " + newsroom, "get newsroom.pub from the newsroom by a way you trust");
        }
    }
}
