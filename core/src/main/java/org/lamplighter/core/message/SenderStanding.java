package org.lamplighter.core.message;

import org.lamplighter.core.envelope.ApkePublicKey;
import org.lamplighter.core.newsroom.Roster;
import org.lamplighter.core.newsroom.RosterJournalist;

/** Who a sender is to the reader (docs/spec/03-message.md 3.6), by the key that authenticated the envelope. */
public sealed interface SenderStanding {
    /** The reader's own key. */
    record Self() implements SenderStanding {}

    /** An active journalist of the roster. */
    record Journalist() implements SenderStanding {}

    /**
     * A journalist who left on day {@code since}: what somebody wrote before leaving is still to be read, and the keys are not
     * taken away from somebody who leaves.
     */
    record Left(long since) implements SenderStanding {}

    /** A journalist whose keys somebody else may have. */
    record Compromised() implements SenderStanding {}

    /** A key that the newsroom does not vouch for, as every source's. */
    record Stranger() implements SenderStanding {}

    /** The standing of {@code sender} to the reader who sends with {@code own}. */
    static SenderStanding of(ApkePublicKey sender, ApkePublicKey own, Roster roster) {
        if (sender.equals(own)) {
            return new Self();
        }
        return roster.journalists().stream()
                .filter(journalist -> journalist.keys().apke().equals(sender))
                .findFirst()
                .map(SenderStanding::of)
                .orElseGet(Stranger::new);
    }

    private static SenderStanding of(RosterJournalist journalist) {
        return switch (journalist.state()) {
            case ACTIVE -> new Journalist();
            case LEFT -> new Left(journalist.since());
            case COMPROMISED -> new Compromised();
        };
    }
}
