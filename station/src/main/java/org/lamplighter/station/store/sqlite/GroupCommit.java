package org.lamplighter.station.store.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.lamplighter.station.durable.Moments;
import org.lamplighter.station.durable.Moments.Step;
import org.lamplighter.station.store.StoreException;

/**
 * The one writer of the database. Work that arrives while a transaction is being forced to disk is done together in the next
 * one, so that many senders share one forced write. Each piece of work runs in its own savepoint: one that fails does not
 * touch the others. A caller is answered after the commit that holds its work, and not before.
 *
 * <p>Runs on its own platform thread, because a thread inside SQLite would keep a virtual thread's carrier busy.
 * Thread-safe.
 */
final class GroupCommit implements AutoCloseable {
    /** Pieces of work in one transaction: bounds how long the first of them waits. */
    private static final int LARGEST_GROUP = 64;

    private final Sql sql;
    private final Moments moments;
    private final Acknowledge acknowledge;
    private final LinkedBlockingQueue<Pending<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean stopped;

    private GroupCommit(Sql sql, Moments moments, Acknowledge acknowledge) {
        this.sql = sql;
        this.moments = moments;
        this.acknowledge = acknowledge;
        this.thread = Thread.ofPlatform().daemon().name("station-writer").unstarted(this::run);
    }

    static GroupCommit start(Sql sql, Moments moments, Acknowledge acknowledge) {
        GroupCommit writer = new GroupCommit(sql, moments, acknowledge);
        writer.thread.start();
        return writer;
    }

    /** When a caller learns that its work is done. */
    enum Acknowledge {
        AFTER_COMMIT,
        /** Wrong, and here so that the tests of durability can be seen to fail on it. */
        BEFORE_COMMIT
    }

    /** What is done within a transaction. */
    interface Work<T> {
        T run(Sql sql) throws SQLException;
    }

    /** Does {@code work} and returns when it is on disk. */
    <T> T commit(String name, Work<T> work) throws StoreException {
        Pending<T> pending = new Pending<>(name, work);
        queue.add(pending);
        if (stopped) {
            failQueued();
        }
        return pending.await();
    }

    /** Commits what is queued, then ends the thread and closes the connection. */
    @Override
    public void close() throws SQLException {
        stopped = true;
        queue.add(new Pending<>("stop", s -> true));
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // the connection must not be closed under the writer
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        sql.close();
    }

    private void run() {
        try {
            while (!stopped || !queue.isEmpty()) {
                commitTogether(nextGroup());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts this thread; ending it is the only sensible answer
        } finally {
            stopped = true;
            failQueued();
        }
    }

    private List<Pending<?>> nextGroup() throws InterruptedException {
        List<Pending<?>> group = new ArrayList<>();
        group.add(queue.take());
        queue.drainTo(group, LARGEST_GROUP - 1);
        return group;
    }

    private void commitTogether(List<Pending<?>> group) {
        boolean committed = false;
        try {
            sql.execute("BEGIN IMMEDIATE");
            for (Pending<?> pending : group) {
                pending.run(sql);
            }
            if (acknowledge == Acknowledge.BEFORE_COMMIT) {
                group.forEach(Pending::answer);
            }
            moments.before(Step.COMMIT, group.getFirst().name);
            sql.execute("COMMIT");
            committed = true;
            group.forEach(Pending::answer);
        } catch (SQLException e) {
            StoreException failure = Failures.of(e);
            group.forEach(pending -> pending.fail(failure));
        } catch (IOException e) {
            StoreException failure = new StoreException(StoreException.Kind.FAILED, "the commit failed", e);
            group.forEach(pending -> pending.fail(failure));
        } finally {
            if (!committed) {
                rollBack();
                // An Error passes through here: nobody may wait for an answer that will not come.
                group.forEach(pending -> pending.fail(stoppedFailure()));
            }
        }
    }

    private void rollBack() {
        try {
            sql.execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back by itself after a full disk or a failed write: nothing is left to undo.
        }
    }

    private void failQueued() {
        for (Pending<?> pending = queue.poll(); pending != null; pending = queue.poll()) {
            pending.fail(stoppedFailure());
        }
    }

    private static StoreException stoppedFailure() {
        return new StoreException(StoreException.Kind.FAILED, "the store is closed");
    }

    /** One caller's work and the answer it waits for. */
    private static final class Pending<T> {
        private final String name;
        private final Work<T> work;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private Runnable outcome = () -> {};

        Pending(String name, Work<T> work) {
            this.name = name;
            this.work = work;
        }

        /** Does the work in a savepoint; its failure is its own, unless SQLite has undone the whole transaction. */
        void run(Sql sql) throws SQLException {
            sql.execute("SAVEPOINT work");
            try {
                T result = work.run(sql);
                sql.execute("RELEASE work");
                outcome = () -> answer.complete(result);
            } catch (SQLException | RuntimeException e) {
                undo(sql, e);
                Throwable failure = e instanceof SQLException s ? Failures.of(s) : e;
                outcome = () -> answer.completeExceptionally(failure);
            }
        }

        private static void undo(Sql sql, Exception reason) throws SQLException {
            try {
                sql.execute("ROLLBACK TO work");
                sql.execute("RELEASE work");
            } catch (SQLException e) {
                // SQLite has undone the whole transaction, as it does on a full disk: everybody in it hears the reason.
                throw reason instanceof SQLException first ? first : e;
            }
        }

        void answer() {
            outcome.run();
        }

        void fail(StoreException failure) {
            answer.completeExceptionally(failure);
        }

        T await() throws StoreException {
            try {
                return answer.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof StoreException failure) {
                    throw new StoreException(failure.kind(), String.valueOf(failure.getMessage()), failure);
                }
                throw e;
            }
        }
    }
}
