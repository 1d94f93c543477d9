package org.lamplighter.station.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.lamplighter.console.CommandFailure;
import org.lamplighter.console.Terminal;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.station.durable.Moments;
import org.lamplighter.station.store.DocumentStore.Document;
import org.lamplighter.station.store.DocumentStore.Kind;
import org.lamplighter.station.store.StationStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The one way in which a prekey that is published makes room for another (docs/spec 1.6): the operator's, by hand. */
@Command(
        name = "forget-prekeys",
        description = "Forget the prekeys of a journalist who has lost their secrets, so that new ones can be uploaded."
                + " Works while the station runs.",
        mixinStandardHelpOptions = true)
final class ForgetPrekeysCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "STDIR", description = "The station's folder.")
    private Path folder = Path.of("");

    @Parameters(index = "1", paramLabel = "NAME", description = "The journalist's name in the roster.")
    private String name = "";

    ForgetPrekeysCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        StationFolder station = StationFolder.existing(folder);
        try (StationStore store = station.openStore(Moments.NONE)) {
            RosterJournalist journalist = journalist(station, store);
            int forgotten = store.prekeys().forget(journalist.id());
            terminal.print("forgot " + forgotten + " prekeys of " + name);
        }
        terminal.say("next, at that journalist's machine: lamplighter journalist read JDIR");
        return 0;
    }

    private RosterJournalist journalist(StationFolder station, StationStore store) throws IOException, CommandFailure {
        Document roster = store.documents()
                .find(Kind.ROSTER)
                .orElseThrow(() -> CommandFailure.of(
                        "this station has no roster yet",
                        "install the one that the newsroom has signed: lamplighter station install " + folder
                                + " roster"));
        try {
            return Roster.verify(roster.note().toByteArray(), station.readNewsroom()).journalists().stream()
                    .filter(each -> each.name().text().equals(name))
                    .findFirst()
                    .orElseThrow(() -> CommandFailure.of(
                            "nobody in the roster is called " + name,
                            "write the name as the newsroom did; its `status` lists all"));
        } catch (MalformedException e) {
            throw CommandFailure.of("the installed roster does not verify", "run: lamplighter station check " + folder);
        }
    }
}
