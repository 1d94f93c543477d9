package org.lamplighter.core.prekey;

import java.util.List;
import java.util.Optional;
import org.lamplighter.core.envelope.ApkePublicKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.wire.JournalistId;

/** Everything in a keys file, verified: whom one can write to now, and whose messages are believed. Immutable. */
public final class VerifiedKeys {
    private final long slot;
    private final Roster roster;
    private final List<Addressee> addressees;

    VerifiedKeys(long slot, Roster roster, List<Addressee> addressees) {
        this.slot = slot;
        this.roster = roster;
        this.addressees = List.copyOf(addressees);
    }

    /** The prekey slot that the file is for. */
    public long slot() {
        return slot;
    }

    public Roster roster() {
        return roster;
    }

    /** All active journalists, in roster order, with or without a prekey. */
    public List<Addressee> addressees() {
        return addressees;
    }

    public Optional<Addressee> addressee(JournalistId id) {
        return addressees.stream()
                .filter(addressee -> addressee.id().equals(id))
                .findFirst();
    }

    /** The journalist, in whatever state, whose long-term sending key this is. */
    public Optional<RosterJournalist> sender(ApkePublicKey apke) {
        return roster.journalists().stream()
                .filter(journalist -> journalist.keys().apke().equals(apke))
                .findFirst();
    }
}
