package org.lamplighter.desk.app;

import org.lamplighter.client.StationClient;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.desk.evidence.ChunkFolder;
import org.lamplighter.desk.evidence.Shares;
import org.lamplighter.desk.inbox.Inbox;
import org.lamplighter.desk.prekeys.PrekeyStore;
import org.lamplighter.desk.profile.Profile;
import org.lamplighter.desk.reply.Outbox;
import org.lamplighter.desk.vault.Vault;

/** The parts of an open desk, wired once. */
record DeskParts(
        Vault vault,
        Profile profile,
        Inbox inbox,
        Outbox outbox,
        PrekeyStore prekeys,
        ChunkFolder chunks,
        Shares shares,
        StationClient station,
        Surroundings surroundings) {

    JournalistId me() {
        return profile.keys().id();
    }

    long now() {
        return surroundings.now();
    }
}
