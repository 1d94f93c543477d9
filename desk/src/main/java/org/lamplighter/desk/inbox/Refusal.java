package org.lamplighter.desk.inbox;

/** Why a message was not taken in. It was addressed to this journalist, and is worth no more than this word. */
public enum Refusal {
    /** Has a hint for this journalist, but opens under none of its keys: garbage, or for a key that is erased. */
    NOT_READABLE,
    /** Opens, but is not what the specification says. */
    MALFORMED,
    /** Names a slot too long ago or in the future: an old message put in again. */
    OUT_OF_WINDOW,
    /** A colleague's reply under keys that the newsroom has declared compromised. */
    COMPROMISED_SENDER,
    /** A colleague's reply, written after that colleague had left the newsroom. */
    LEFT_SENDER,
    /** Claims to be a colleague's reply, and its sender is not in the newsroom's roster. */
    UNKNOWN_SENDER,
    /** A kind of message that nobody sends to a journalist. */
    WRONG_KIND
}
