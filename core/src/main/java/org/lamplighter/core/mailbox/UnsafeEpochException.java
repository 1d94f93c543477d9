package org.lamplighter.core.mailbox;

/**
 * An epoch that would link rows with each other or with the epoch before: it must not be published, and the machine's source
 * of randomness must be looked at. Says nothing about which row.
 */
public final class UnsafeEpochException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsafeEpochException() {
        super("a hint is the identity or was seen before: the randomness of this machine is broken");
    }
}
