package org.lamplighter.core.fuzz;

import java.util.List;
import java.util.stream.Stream;
import org.lamplighter.core.envelope.EnvelopeFuzz;
import org.lamplighter.core.epoch.EpochFuzz;
import org.lamplighter.core.evidence.EvidenceFuzz;
import org.lamplighter.core.evidence.share.ShareFuzz;
import org.lamplighter.core.message.MessageFuzz;
import org.lamplighter.core.newsroom.NewsroomFuzz;
import org.lamplighter.core.prekey.PrekeyFuzz;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.FuzzTargets;

/** All targets of core. */
public final class CoreFuzz implements FuzzTargets {
    @Override
    public List<FuzzTarget> all() throws Exception {
        return Stream.of(
                        WireFuzz.targets(),
                        PrimitiveFuzz.targets(),
                        NewsroomFuzz.targets(),
                        PrekeyFuzz.targets(),
                        EpochFuzz.targets(),
                        MailboxFuzz.targets(),
                        CollectFuzz.targets(),
                        EnvelopeFuzz.targets(),
                        MessageFuzz.targets(),
                        EvidenceFuzz.targets(),
                        ShareFuzz.targets(),
                        SecretFuzz.targets(),
                        BackupFuzz.targets())
                .flatMap(List::stream)
                .toList();
    }
}
