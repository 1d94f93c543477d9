package org.lamplighter.e2e.tor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The wire between a client's tor and its guard: a proxy for CONNECT through which the client reaches all relays, and which
 * notes when how many bytes went by, as whoever sits at the client's provider can. Thread-safe.
 */
final class GuardWire implements AutoCloseable {
    private static final Pattern CONNECT = Pattern.compile("CONNECT ([0-9.]+):([0-9]+) HTTP/1\\.[01]");
    private static final int BUFFER = 32_768;

    private final ServerSocket server;
    private final List<Passing> seen = new ArrayList<>();

    private GuardWire(ServerSocket server) {
        this.server = server;
    }

    static GuardWire open() throws IOException {
        GuardWire wire = new GuardWire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(wire::accept);
        return wire;
    }

    /** Bytes that went by at a moment, in {@link System#nanoTime}. */
    record Passing(long nanos, int up, int down) {}

    int port() {
        return server.getLocalPort();
    }

    /** All that went by from {@code nanos} on, in order. */
    synchronized List<Passing> since(long nanos) {
        return seen.stream().filter(passing -> passing.nanos() - nanos >= 0).toList();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Matcher matcher = CONNECT.matcher(line(client.getInputStream()));
            if (!matcher.matches()) {
                return;
            }
            while (!line(client.getInputStream()).isEmpty()) {
                // headers, none of which matter
            }
            try (Socket relay = new Socket(matcher.group(1), Integer.parseInt(matcher.group(2)))) {
                client.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Thread down = Thread.ofVirtual().start(() -> copy(relay, client, false));
                copy(client, relay, true);
                down.join();
            }
        } catch (IOException e) {
            // Ended by one of the two: so are connections.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(Socket from, Socket to, boolean up) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                note(new Passing(System.nanoTime(), up ? n : 0, up ? 0 : n));
                out.write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            try {
                to.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
        }
    }

    private synchronized void note(Passing passing) {
        seen.add(passing);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
