package org.lamplighter.station.app;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.StationRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "init",
        description = "Make the folder of a new station and the request that is carried to the newsroom.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final SecureRandom random;

    @Parameters(paramLabel = "STDIR", description = "The folder to make.")
    private Path folder = Path.of("");

    @Option(names = "--newsroom", required = true, paramLabel = "FILE", description = "The newsroom's newsroom.pub.")
    private Path newsroom = Path.of("");

    InitCommand(Terminal terminal, SecureRandom random) {
        this.terminal = terminal;
        this.random = random;
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        NewsroomKey key = StationFolder.readNewsroom(newsroom);
        StationRequest request = StationFolder.create(folder, key, random);
        StationFolder made = new StationFolder(folder);
        terminal.print("made " + folder + ", the folder of a station of "
                + key.origin().name() + ": " + key.fingerprint());
        terminal.print("fingerprint: " + request.fingerprint());
        terminal.say("next: carry " + made.request() + " to the newsroom; there:");
        terminal.say("  lamplighter newsroom certify-station NRDIR station-request --profile small --out certificate");
        terminal.say("and read them the six words above before they sign");
        return 0;
    }
}
