package org.lamplighter.client;

/** Is told how far a long transfer is. Called often and from any thread; must be quick and must not throw. */
@FunctionalInterface
public interface Progress {
    /**
     * {@code done} of {@code total} bytes of {@code what} are through; a file that is fetched again counts down first.
     *
     * @param what a phrase of one or two words, such as "mailbox"
     */
    void update(String what, long done, long total);

    /** Tells nobody. */
    static Progress none() {
        return (what, done, total) -> {};
    }
}
