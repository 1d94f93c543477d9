package org.lamplighter.client;

import java.util.Set;
import org.lamplighter.client.StationFailure.Kind;

/** Repeats one request that a bad connection, and nothing else, can have spoiled. */
final class Retry {
    /** One try. */
    @FunctionalInterface
    interface Attempt<T> {
        T once() throws StationFailure;
    }

    private Retry() {}

    /** The result of {@code attempt}, made again at most {@code again} times while it fails in one of these ways. */
    static <T> T of(Transport transport, int again, Set<Kind> passing, Attempt<T> attempt) throws StationFailure {
        for (int retry = 1; ; retry++) {
            try {
                return attempt.once();
            } catch (StationFailure failure) {
                if (retry > again
                        || !passing.contains(failure.kind())
                        || Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
            }
            transport.awaitRetry(retry);
        }
    }
}
