package org.lamplighter.station.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.io.Connection;

/**
 * Closes connections that take too long, and makes room when there are too many. Thread-safe.
 *
 * <p>An idle timeout alone does not do the first: a client that sends one byte of a header from time to time is never idle.
 * Each connection has a deadline, set when it opens, when its request has arrived, when an answer begins and when it is
 * complete; a sweep closes those whose deadline has passed.
 *
 * <p>Who opens connections and says nothing must not keep others out. Beyond {@link HttpLimits#connections()} the connection
 * that is furthest behind its pace is closed for the newcomer, and one whose answer is complete is not kept for a next
 * request. A connection that waits for the station itself is never closed to make room.
 */
final class ConnectionWatch implements Connection.Listener, AutoCloseable {
    private static final Duration SWEEP = Duration.ofMillis(250);

    private final HttpLimits limits;
    private final ConcurrentMap<Connection, Turn> turns = new ConcurrentHashMap<>();
    private final Thread sweeper;

    private ConnectionWatch(HttpLimits limits) {
        this.limits = limits;
        this.sweeper = Thread.ofVirtual().name("station-connections").unstarted(this::sweep);
    }

    static ConnectionWatch start(HttpLimits limits) {
        ConnectionWatch watch = new ConnectionWatch(limits);
        watch.sweeper.start();
        return watch;
    }

    /**
     * Whose turn it is on a connection, and since when.
     *
     * @param deadline when the connection is closed, in {@link System#nanoTime}
     * @param ours whether the client waits for the station
     * @param since when this turn began
     * @param moved bytes that had been moved by then
     */
    private record Turn(long deadline, boolean ours, long since, long moved) {}

    @Override
    public void onOpened(Connection connection) {
        long now = System.nanoTime();
        turns.put(connection, new Turn(now + limits.idle().toNanos(), false, now, 0));
        if (isCrowded()) {
            makeRoom(now);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        turns.remove(connection);
    }

    /** A request has arrived, with a body of {@code bytes}; or an answer with a body of {@code bytes} begins. */
    void busy(Connection connection, long bytes) {
        begin(connection, limits.allowed(bytes), false);
    }

    /** The request is complete: what it waits for is the station. */
    void working(Connection connection) {
        turns.computeIfPresent(
                connection, (c, turn) -> new Turn(turn.deadline(), true, System.nanoTime(), moved(connection)));
    }

    /** The answer is complete. */
    void idle(Connection connection) {
        if (isCrowded()) {
            turns.remove(connection);
            connection.getEndPoint().close();
            return;
        }
        begin(connection, limits.idle(), false);
    }

    @Override
    public void close() {
        sweeper.interrupt();
    }

    private void begin(Connection connection, Duration allowed, boolean ours) {
        long now = System.nanoTime();
        turns.replace(connection, new Turn(now + allowed.toNanos(), ours, now, moved(connection)));
    }

    private boolean isCrowded() {
        return turns.size() > limits.connections();
    }

    private void sweep() {
        try {
            while (true) {
                Thread.sleep(SWEEP);
                long now = System.nanoTime();
                turns.forEach((connection, turn) -> {
                    if (now - turn.deadline() > 0) {
                        cutOff(connection);
                    }
                });
                while (isCrowded() && makeRoom(now)) {
                    // one more
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: the end of this thread
        }
    }

    /** Closes the connection that is furthest behind; false when none is so far behind that it has to go. */
    private boolean makeRoom(long now) {
        Optional<Map.Entry<Connection, Turn>> last = turns.entrySet().stream()
                .filter(entry -> !entry.getValue().ours())
                .max(Comparator.comparingLong(entry -> behind(entry.getKey(), entry.getValue(), now)));
        if (last.isEmpty()
                || behind(last.get().getKey(), last.get().getValue(), now)
                        <= limits.patience().toNanos()) {
            return false;
        }
        cutOff(last.get().getKey());
        return true;
    }

    private long behind(Connection connection, Turn turn, long now) {
        return limits.behind(now - turn.since(), moved(connection) - turn.moved());
    }

    private void cutOff(Connection connection) {
        turns.remove(connection);
        connection.getEndPoint().close();
    }

    /** Bytes in both directions since the connection was opened. */
    private static long moved(Connection connection) {
        return connection.getBytesIn() + connection.getBytesOut();
    }
}
