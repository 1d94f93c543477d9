package org.lamplighter.core.prekey;

import java.util.Optional;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.wire.JournalistId;

/**
 * An active journalist, and the prekey to which one seals now, if there is one. Comes verified from {@link KeysFile}.
 * Immutable and thread-safe.
 */
public final class Addressee {
    private final RosterJournalist journalist;
    private final Optional<Prekey> prekey;

    Addressee(RosterJournalist journalist, Optional<Prekey> prekey) {
        this.journalist = journalist;
        this.prekey = prekey;
    }

    public RosterJournalist journalist() {
        return journalist;
    }

    public JournalistId id() {
        return journalist.id();
    }

    public String name() {
        return journalist.name().text();
    }

    /** Nothing when the journalist has not uploaded a prekey for this slot. */
    public Optional<Prekey> prekey() {
        return prekey;
    }

    /** To which an envelope is sealed, or nothing without a prekey. */
    public Optional<RecipientKeys> recipientKeys() {
        return prekey.map(keys ->
                new RecipientKeys(keys.apke(), keys.pke(), journalist.keys().fetch()));
    }
}
