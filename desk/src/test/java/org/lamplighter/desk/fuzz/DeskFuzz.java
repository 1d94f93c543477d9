package org.lamplighter.desk.fuzz;

import java.util.List;
import java.util.stream.Stream;
import org.lamplighter.desk.evidence.CollectedFuzz;
import org.lamplighter.desk.inbox.InboxFuzz;
import org.lamplighter.desk.profile.ProfileFuzz;
import org.lamplighter.desk.reply.OutgoingFuzz;
import org.lamplighter.desk.vault.VaultFuzz;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.FuzzTargets;

/** What a journalist's folder holds. It is sealed, so that a stranger changes none of it; a fault of ours or of a disk might. */
public final class DeskFuzz implements FuzzTargets {
    @Override
    public List<FuzzTarget> all() throws Exception {
        return Stream.of(
                        VaultFuzz.targets(),
                        InboxFuzz.targets(),
                        OutgoingFuzz.targets(),
                        CollectedFuzz.targets(),
                        ProfileFuzz.targets())
                .flatMap(List::stream)
                .toList();
    }
}
