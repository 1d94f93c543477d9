package org.lamplighter.station.http;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.io.Connection;

/**
 * Closes connections that take too long. An idle timeout alone does not: a client that sends one byte of a header from time
 * to time is never idle. Each connection has a deadline, set when it opens, when its request has arrived, when an answer
 * begins and when it is complete; a sweep closes those whose deadline has passed. Thread-safe.
 */
final class ConnectionWatch implements Connection.Listener, AutoCloseable {
    private static final Duration SWEEP = Duration.ofMillis(250);

    private final HttpLimits limits;
    private final ConcurrentMap<Connection, Long> deadlines = new ConcurrentHashMap<>();
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

    @Override
    public void onOpened(Connection connection) {
        deadlines.put(connection, System.nanoTime() + limits.idle().toNanos());
    }

    @Override
    public void onClosed(Connection connection) {
        deadlines.remove(connection);
    }

    /** A request has arrived, with a body of {@code bytes}; or an answer with a body of {@code bytes} begins. */
    void busy(Connection connection, long bytes) {
        deadlines.replace(connection, System.nanoTime() + limits.allowed(bytes).toNanos());
    }

    /** The answer is complete. */
    void idle(Connection connection) {
        deadlines.replace(connection, System.nanoTime() + limits.idle().toNanos());
    }

    @Override
    public void close() {
        sweeper.interrupt();
    }

    private void sweep() {
        try {
            while (true) {
                Thread.sleep(SWEEP);
                long now = System.nanoTime();
                deadlines.forEach((connection, deadline) -> {
                    if (now - deadline > 0) {
                        deadlines.remove(connection);
                        connection.getEndPoint().close();
                    }
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: the end of this thread
        }
    }
}
