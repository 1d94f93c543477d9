package org.lamplighter.core.message;

import org.lamplighter.core.envelope.ApkePublicKey;
import org.lamplighter.core.newsroom.JournalistState;
import org.lamplighter.core.newsroom.Roster;

/** Who a sender is to the reader (docs/spec/03-message.md 3.6), by the key that authenticated the envelope. */
public enum SenderStanding {
    /** The reader's own key. */
    SELF,
    /** A journalist of the roster, active or left: what somebody wrote before leaving is still to be read. */
    JOURNALIST,
    /** A journalist whose keys somebody else may have. */
    COMPROMISED,
    /** A key that the newsroom does not vouch for, as every source's. */
    STRANGER;

    /** The standing of {@code sender} to the reader who sends with {@code own}. */
    public static SenderStanding of(ApkePublicKey sender, ApkePublicKey own, Roster roster) {
        if (sender.equals(own)) {
            return SELF;
        }
        return roster.journalists().stream()
                .filter(journalist -> journalist.keys().apke().equals(sender))
                .findFirst()
                .map(journalist -> journalist.state() == JournalistState.COMPROMISED ? COMPROMISED : JOURNALIST)
                .orElse(STRANGER);
    }
}
