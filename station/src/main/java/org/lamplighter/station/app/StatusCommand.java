package org.lamplighter.station.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.station.keys.NewsroomDocuments;
import org.lamplighter.station.store.StationStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        description = "Say how the station is. Reads only; works while it runs and while it does not.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final InstantSource clock;

    @Parameters(paramLabel = "STDIR", description = "The station's folder.")
    private Path folder = Path.of("");

    StatusCommand(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        StationFolder station = StationFolder.existing(folder);
        NewsroomKey newsroom = station.readNewsroom();
        try (StationKey key = station.readKey();
                StationStore store = station.openStoreReadOnly()) {
            NewsroomDocuments documents = NewsroomDocuments.of(newsroom, key.verifyingKey(), store.documents());
            StatusReport.of(newsroom, documents.refresh(), store, station, clock.instant())
                    .forEach(terminal::print);
        }
        return 0;
    }
}
