package org.lamplighter.station.store;

import java.util.List;
import java.util.Optional;
import org.lamplighter.core.wire.Digest;

/** Queue, rows, buckets and heads of the mailbox (docs/spec/04-mailbox.md). */
public interface MailboxStore {
    /**
     * A bundle that is to wait for admission.
     *
     * @param arrived the boundary before its arrival: the queue knows no finer time
     * @param remember until when its X are refused as repeated, Unix seconds
     * @param points the X of its envelopes
     */
    record Waiting(long arrived, long remember, List<Blob> points, Blob bundle) {
        public Waiting {
            points = List.copyOf(points);
        }
    }

    /** A place in the queue; {@code id} is random and tells no order. */
    record Place(long id, long arrived) {}

    /** What became of a bundle that was offered. The sender is told the same in all three cases. */
    enum Offered {
        KEPT,
        /** One of its X is remembered. */
        REPEATED,
        /** The queue is full and the draw went against it. */
        NOT_DRAWN
    }

    /** Decides about a bundle that is offered; called within the transaction. */
    interface Draw {
        /** A fresh random id. */
        long id();

        /**
         * Which place the new bundle takes.
         *
         * @param waiting bundles in the queue
         * @param offered bundles offered since the queue was last below its limit, this one not counted
         * @return {@code waiting} for a new place, a smaller index for the place of another bundle (counted in order of
         *     ids), -1 for none
         */
        int place(int waiting, long offered);
    }

    /**
     * A slot and the row in it.
     *
     * @param leavesAt 0 for a decoy, else the second from which the row leaves (4.4)
     * @param hint X and Z, 64 bytes
     * @param envelope 8176 bytes
     */
    record Slot(int number, long leavesAt, Blob hint, Blob envelope) {}

    /** An epoch as entered: from then on no other epoch of this number can exist. */
    record Epoch(long number, long time, Digest core, Digest chain, Blob head) {}

    /**
     * Everything that changes at a boundary.
     *
     * @param epoch the new epoch; its number is one above the last and its time later
     * @param changed slots with a new row, written over the old
     * @param leaving ids that leave the queue, admitted or too old
     * @param buckets state of the admission after this boundary
     * @param keepEpochs how many entered epochs are remembered, this one included
     */
    record Turn(Epoch epoch, List<Slot> changed, List<Long> leaving, Blob buckets, int keepEpochs) {
        public Turn {
            changed = List.copyOf(changed);
            leaving = List.copyOf(leaving);
        }
    }

    /**
     * Offers a bundle to the queue. That its X are new, and which place it takes, is decided in one transaction. A bundle
     * that is displaced is forgotten with its X.
     */
    Offered offer(Waiting bundle, Draw draw) throws StoreException;

    /** The queue, in order of ids. */
    List<Place> queue() throws StoreException;

    Optional<Waiting> waiting(long id) throws StoreException;

    /** How many slots have a row. */
    int filled() throws StoreException;

    /** Writes rows into slots that have none; slots that have one are left alone. */
    void fill(List<Slot> slots) throws StoreException;

    /** {@code leavesAt} of every slot, in order of slots. */
    List<Long> leaving() throws StoreException;

    /** The hints of at most {@code count} slots, from {@code first} on, in order. */
    List<Blob> hints(int first, int count) throws StoreException;

    /** The envelope in a slot; fails when the slot has no row. */
    Blob envelope(int slot) throws StoreException;

    /** At most {@code count} slots, from {@code first} on, in order. */
    List<Slot> slots(int first, int count) throws StoreException;

    /** State of the admission after the last boundary; empty before the first. */
    Optional<Blob> buckets() throws StoreException;

    /** The epoch with the highest number. */
    Optional<Epoch> lastEpoch() throws StoreException;

    /** Remembered epochs from {@code first} on, in order. */
    List<Epoch> epochs(long first) throws StoreException;

    /**
     * Enters a turn, unless its epoch is not the next one: then nothing changes and the answer is false. Forgets X whose time
     * is over at the epoch's time.
     */
    boolean enter(Turn turn) throws StoreException;
}
