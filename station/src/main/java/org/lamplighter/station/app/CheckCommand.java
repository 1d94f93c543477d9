package org.lamplighter.station.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.CommandRunner;
import org.lamplighter.console.Finding;
import org.lamplighter.console.FolderLock;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.newsroom.Validity;
import org.lamplighter.station.check.StationCheck;
import org.lamplighter.station.store.StationStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = "Derive everything again from the bytes on disk. Reads only; exit code 1 when anything is wrong.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final int ATTEMPTS = 4;

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
        List<Finding> findings = isRunning(station) ? ofRunning(station, newsroom) : once(station, newsroom);
        findings.forEach(finding -> terminal.print(finding.line()));
        long failed = findings.stream().filter(finding -> !finding.isOk()).count();
        terminal.print(findings.size() + " checked, " + failed + " failed");
        if (failed == 0) {
            return CommandRunner.DONE;
        }
        terminal.error("the folder is not as it should be");
        terminal.hint("keep a copy of it before you do anything else; see docs/operations/station.md");
        return CommandRunner.FAILED;
    }

    private List<Finding> once(StationFolder station, NewsroomKey newsroom) throws IOException, CommandFailure {
        try (StationKey key = station.readKey();
                StationStore store = station.openStoreReadOnly()) {
            return StationCheck.run(
                    newsroom,
                    key.verifyingKey(),
                    store,
                    station.epochs(),
                    station.chunks(),
                    Validity.day(clock.instant()));
        }
    }

    /** What arrives or leaves while it is read looks like a fault, but not twice: a fault is believed when it stays. */
    private List<Finding> ofRunning(StationFolder station, NewsroomKey newsroom) throws IOException, CommandFailure {
        List<Finding> findings = List.of();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                List<Finding> found = once(station, newsroom);
                findings = findings.size() == found.size() ? confirmed(findings, found) : found;
            } catch (NoSuchFileException left) {
                if (attempt == ATTEMPTS) {
                    throw left;
                }
            }
            if (!findings.isEmpty() && findings.stream().allMatch(Finding::isOk)) {
                break;
            }
            if (attempt < ATTEMPTS) {
                terminal.say("the station is running, and something moved or is wrong: looking again");
            }
        }
        return findings;
    }

    private static List<Finding> confirmed(List<Finding> before, List<Finding> again) {
        List<Finding> confirmed = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            confirmed.add(before.get(i).confirmedBy(again.get(i)));
        }
        return confirmed;
    }

    /** Whether the lock is taken; it is given back at once, so that a station can start during the check. */
    private static boolean isRunning(StationFolder station) throws IOException {
        if (!Files.isWritable(station.folder())) {
            return false; // nobody can run a station in it
        }
        try {
            FolderLock.acquire(station.folder()).close();
            return false;
        } catch (CommandFailure e) {
            return true;
        }
    }
}
