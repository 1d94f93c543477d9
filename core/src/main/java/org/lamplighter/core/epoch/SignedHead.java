package org.lamplighter.core.epoch;

/** A head as it is published, and the chain that goes with it. Immutable. */
public final class SignedHead {
    private final byte[] note;
    private final Chain chain;

    SignedHead(byte[] note, Chain chain) {
        this.note = note;
        this.chain = chain;
    }

    /** A copy of the file {@code head}. */
    public byte[] note() {
        return note.clone();
    }

    /** The chain up to this head: its encoding is the file {@code chain}, and the next head continues it. */
    public Chain chain() {
        return chain;
    }
}
