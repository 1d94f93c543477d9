package org.lamplighter.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * A relay on the loopback between clients and a server, which keeps every byte that passes, in order. What somebody on the wire
 * sees, but for the lengths of packets. Thread-safe.
 */
public final class LoopbackTap implements AutoCloseable {
    /**
     * What went one way on one connection before the other side, or another connection, spoke.
     *
     * @param connection from 1, in the order in which they were made
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record Passed(int connection, boolean fromClient, byte[] bytes) {
        /** All bytes as characters of one byte. */
        public String text() {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static final int BUFFER = 65_536;

    private final ServerSocket socket;
    private final IntSupplier target;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    /** Guarded by itself. */
    private final List<Piece> pieces = new ArrayList<>();

    private volatile Consumer<String> before = request -> {};

    private LoopbackTap(ServerSocket socket, IntSupplier target) {
        this.socket = socket;
        this.target = target;
    }

    private record Piece(int connection, boolean fromClient, ByteArrayOutputStream bytes) {}

    /** Listens on a free port and leads each new connection to the port that {@code target} then names. */
    public static LoopbackTap start(IntSupplier target) throws IOException {
        LoopbackTap tap = new LoopbackTap(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().start(tap::accept);
        return tap;
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** Calls {@code action} with whatever comes from a client before it goes on. */
    public void beforeRequests(Consumer<String> action) {
        before = action;
    }

    /** What passed so far. */
    public List<Passed> passed() {
        synchronized (pieces) {
            return pieces.stream()
                    .map(piece -> new Passed(piece.connection, piece.fromClient, piece.bytes.toByteArray()))
                    .toList();
        }
    }

    /** Forgets what passed so far. */
    public void forget() {
        synchronized (pieces) {
            pieces.clear();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket each : open) {
            each.close();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> relay(client, connections.incrementAndGet()));
            } catch (IOException e) {
                return; // closed by the test
            }
        }
    }

    private void relay(Socket client, int connection) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target.getAsInt())) {
            open.add(server);
            Thread down = Thread.ofVirtual().start(() -> copy(server, client, connection, false));
            copy(client, server, connection, true);
            down.join();
            open.remove(server);
        } catch (IOException e) {
            // No server, or one side closed: the client sees its connection end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void copy(Socket from, Socket to, int connection, boolean fromClient) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                keep(connection, fromClient, buffer, n);
                if (fromClient) {
                    before.accept(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                }
                out.write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One side closed; the other copy ends by that.
        }
    }

    private void keep(int connection, boolean fromClient, byte[] buffer, int length) {
        synchronized (pieces) {
            Piece last = pieces.isEmpty() ? null : pieces.getLast();
            if (last == null || last.connection != connection || last.fromClient != fromClient) {
                pieces.add(new Piece(connection, fromClient, new ByteArrayOutputStream()));
            }
            pieces.getLast().bytes.write(buffer, 0, length);
        }
    }
}
