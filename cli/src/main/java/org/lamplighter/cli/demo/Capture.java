package org.lamplighter.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A relay on loopback between the clients and the station that writes down every byte in both directions: what anybody who
 * owns the station's sockets sees. Thread-safe.
 */
final class Capture implements AutoCloseable {
    private static final int BUFFER = 65_536;
    private static final Pattern REQUEST = Pattern.compile("(GET|POST|PUT) (/[^ ]*) HTTP/1\\.1");

    private final ServerSocket listener;
    private final Path file;
    private final OutputStream log;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile int stationPort;

    private Capture(ServerSocket listener, Path file, OutputStream log) {
        this.listener = listener;
        this.file = file;
        this.log = log;
    }

    /** Listens on a free loopback port and writes to {@code file}. */
    static Capture start(Path file) throws IOException {
        ServerSocket listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Capture capture = new Capture(listener, file, Files.newOutputStream(file));
        Thread.ofVirtual().start(capture::accept);
        return capture;
    }

    /** Where the connections go; none is accepted before. */
    void relayTo(int port) {
        stationPort = port;
    }

    /** The address that the clients are given. */
    String address() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    Path file() {
        return file;
    }

    int connections() {
        return connections.get();
    }

    /** Method and path of each request, with how often it came; chunk ids and epoch numbers left out. */
    Map<String, Integer> requests() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Matcher matcher = REQUEST.matcher(text);
        while (matcher.find()) {
            String path = matcher.group(2)
                    .replaceAll("/chunks/[0-9a-f]{32}", "/chunks/ID")
                    .replaceAll("/epochs/[0-9]+", "/epochs/E")
                    .replaceAll("/bodies/[0-9]{2}", "/bodies/00 to 63");
            counts.merge(matcher.group(1) + " " + path, 1, Integer::sum);
        }
        return counts;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        synchronized (log) {
            log.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> relay(client));
            } catch (IOException e) {
                // The listener was closed: the demo is over.
                return;
            }
        }
    }

    private void relay(Socket client) {
        try (client;
                Socket station = new Socket()) {
            station.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), stationPort));
            Thread answers = Thread.ofVirtual().start(() -> copy(station, client));
            copy(client, station);
            answers.join();
        } catch (IOException e) {
            // A broken connection is the clients' business; they say so.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                // Written down before it goes on, so that nothing the station got is missing here.
                synchronized (log) {
                    log.write(buffer, 0, n);
                }
                to.getOutputStream().write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One side hung up; the other direction ends by itself.
            return;
        }
    }
}
