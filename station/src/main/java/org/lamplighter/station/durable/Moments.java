package org.lamplighter.station.durable;

import java.io.IOException;

/**
 * Told before each step that changes what is on disk. The station runs with {@link #NONE}; tests stop it at every single
 * step (a crash), or let a step fail (a full disk), and look at what is left.
 */
@FunctionalInterface
public interface Moments {
    /** Lets every step happen. */
    Moments NONE = (step, subject) -> {};

    /** What is about to happen. */
    enum Step {
        CREATE_FOLDER,
        WRITE,
        FORCE_FILE,
        FORCE_FOLDER,
        RENAME,
        DELETE,
        /** A transaction of the strong store; after it the store answers for what was entered. */
        COMMIT
    }

    /**
     * Called before the step.
     *
     * @param subject the path, or the name of the transaction
     * @throws IOException when the step is to fail as if the file system had refused it
     */
    void before(Step step, Object subject) throws IOException;
}
