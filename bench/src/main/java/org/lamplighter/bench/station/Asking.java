package org.lamplighter.bench.station;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** HTTP by hand over one connection to the loopback. One thread at a time. */
final class Asking implements AutoCloseable {
    private static final int TIME_LIMIT_MILLIS = 60_000;
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;

    Asking(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIME_LIMIT_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    /** Tries every other millisecond until {@code path} is answered with 200; false when the program ends before. */
    static boolean answers(int port, String path, Program program) throws InterruptedException {
        while (program.isAlive()) {
            try (Asking asking = new Asking(port)) {
                if (asking.ask("GET", path, new byte[0]) == 200) {
                    return true;
                }
            } catch (IOException e) {
                // not yet
            }
            Thread.sleep(2);
        }
        return false;
    }

    /** Sends a request, reads the whole answer, and yields its status. */
    int ask(String method, String target, byte[] body) throws IOException {
        send(method, target, body);
        String status = line();
        in.skipNBytes(length());
        return Integer.parseInt(status.split(" ", 3)[1]);
    }

    /** The text at {@code target}, whatever the status. */
    String text(String target) throws IOException {
        send("GET", target, new byte[0]);
        line();
        return new String(in.readNBytes((int) length()), StandardCharsets.UTF_8);
    }

    private void send(String method, String target, byte[] body) throws IOException {
        String head =
                method + " " + target + " HTTP/1.1\r\nHost: station\r\nContent-Length: " + body.length + "\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        socket.getOutputStream().write(request.toByteArray());
    }

    /** Reads the headers to their end. */
    private long length() throws IOException {
        long length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String small = header.toLowerCase(Locale.ROOT);
            if (small.startsWith(LENGTH)) {
                length = Long.parseLong(small.substring(LENGTH.length()).strip());
            }
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended before the answer");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
