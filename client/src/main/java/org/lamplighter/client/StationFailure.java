package org.lamplighter.client;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Why talking to a station failed, in one line for a person and a hint at what to do next. Holds nothing that a station
 * sent, so both may be shown and logged.
 */
public final class StationFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong; each asks for something else from whoever reads it. */
    public enum Kind {
        /** No connection, or none that lasted. */
        UNREACHABLE,
        /** The proxy is not there, or does not let us through. */
        PROXY_REFUSED,
        /** The station has no certificate or no epoch yet (6.10). */
        NOT_READY,
        /** The head is older than 4.9 allows. */
        STALE_HEAD,
        /** The head lies in the future: one of the clocks is wrong (4.9). */
        CLOCK_WRONG,
        /** The station shows two histories (4.8). */
        FORK,
        /** The certificate is by another newsroom. */
        FOREIGN_NEWSROOM,
        /** A certificate or roster that is not valid today. */
        EXPIRED,
        /** A file that is too long, too short, of another hash, or wrongly signed. */
        CORRUPT,
        /** The epoch is no longer served: the session took too long (6.3). */
        EPOCH_GONE,
        /** The day's quota for evidence is used up. */
        QUOTA,
        /** The station's disk is full. */
        DISK_FULL,
        /** The station refuses what we sent. */
        REFUSED
    }

    private final Kind kind;
    private final String hint;

    StationFailure(Kind kind, String message, String hint) {
        super(message);
        this.kind = kind;
        this.hint = hint;
    }

    StationFailure(Kind kind, String message, String hint, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.hint = hint;
    }

    public Kind kind() {
        return kind;
    }

    /** What the person may do next, lower case, one line. */
    public String hint() {
        return hint;
    }

    /** The thread was told to end while it waited; the flag that says so is set again. */
    static StationFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StationFailure(Kind.UNREACHABLE, "interrupted", "start the command again", e);
    }

    /** What {@code exchange}, which runs in another thread, yields; its failure as if it had happened in this one. */
    static <T> T resultOf(Future<T> exchange) throws StationFailure {
        try {
            return exchange.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StationFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("an exchange with the station failed", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static StationFailure corrupt(String what) {
        return new StationFailure(
                Kind.CORRUPT,
                what,
                "try again; if it stays so, the station or somebody on the way is not honest: tell the newsroom");
    }

    static StationFailure notReady() {
        return new StationFailure(
                Kind.NOT_READY,
                "the station is not ready: it has no certificate or no epoch yet",
                "try again in some minutes; if it stays so, tell the newsroom");
    }

    static StationFailure refused(String what, int status) {
        return status == 503
                ? notReady()
                : new StationFailure(
                        Kind.REFUSED,
                        "the station refuses " + what + " (status " + status + ")",
                        "try again; if it stays so, this program may be older than the station");
    }
}
