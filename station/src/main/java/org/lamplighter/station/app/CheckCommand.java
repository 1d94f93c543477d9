package org.lamplighter.station.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.FolderLock;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.station.check.Finding;
import org.lamplighter.station.check.StationCheck;
import org.lamplighter.station.store.StationStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = "Derive everything again from the bytes on disk. Reads only; exit code 1 when anything is wrong.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final InstantSource clock;

    @Parameters(paramLabel = "STDIR", description = "The station's folder.")
    private Path folder = Path.of("");

    CheckCommand(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        StationFolder station = StationFolder.existing(folder);
        NewsroomKey newsroom = station.readNewsroom();
        if (isRunning(station)) {
            terminal.say("the station is running: what arrives or leaves during the check can look like a fault;"
                    + " run it again before you believe one");
        }
        List<Finding> findings;
        try (StationKey key = station.readKey();
                StationStore store = station.openStoreReadOnly()) {
            findings = StationCheck.run(
                    newsroom,
                    key.verifyingKey(),
                    store,
                    station.epochs(),
                    station.chunks(),
                    Validity.day(clock.instant()));
        }
        findings.forEach(finding -> terminal.print(finding.line()));
        if (findings.stream().allMatch(Finding::isOk)) {
            return CommandRunner.DONE;
        }
        terminal.error("the folder is not as it should be");
        terminal.hint("keep a copy of it before you do anything else; see docs/operations/station.md");
        return CommandRunner.FAILED;
    }

    /** Whether the lock is taken; it is given back at once, so that a station can start during the check. */
    private static boolean isRunning(StationFolder station) throws IOException {
        try {
            FolderLock.acquire(station.folder()).close();
            return false;
        } catch (CommandFailure e) {
            return true;
        }
    }
}
