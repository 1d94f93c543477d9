package org.lamplighter.desk.reply;

/**
 * How far a reply has come. It travels in {@code parts} bundles, one for each session.
 *
 * @param posted parts that the station took at the door
 * @param confirmed parts whose self-copy was found in the mailbox: the source can find them too
 */
public record Delivery(int parts, int posted, int confirmed) {
    /** The state in one word, as it is shown. */
    public State state() {
        if (confirmed == parts) {
            return State.CONFIRMED;
        }
        return posted == parts ? State.POSTED : State.QUEUED;
    }

    /** In the order in which a reply passes through them. */
    public enum State {
        /** In the vault; at least one part was not handed over yet. */
        QUEUED,
        /** Handed over at the door, not yet seen in the mailbox. */
        POSTED,
        /** Seen in the mailbox. */
        CONFIRMED
    }
}
