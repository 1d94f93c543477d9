package org.lamplighter.e2e.flood;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One connection to the station, byte by byte. One thread at a time. */
final class Wire implements AutoCloseable {
    private static final int CONNECT_MILLIS = 15_000;
    private static final int READ_MILLIS = 40_000;
    private static final int LONGEST_LINE = 8192;

    private final Socket socket;
    private final InputStream in;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static Wire connect(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(READ_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return new Wire(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** An answer: its status, the names of its headers in lower case, its body. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Reply(int status, Set<String> headers, byte[] body) {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The bytes of a request with a body of known length. */
    static byte[] request(String method, String target, byte[] body) {
        byte[] head = ascii(method + " " + target + " HTTP/1.1\r\nHost: h\r\n"
                + (body.length == 0 && method.equals("GET") ? "" : "Content-Length: " + body.length + "\r\n") + "\r\n");
        byte[] all = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Says that nothing more will come; what the station says can still be read. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    Reply ask(byte[] request) throws IOException {
        write(request);
        return read().orElseThrow(() -> new IOException("closed instead of an answer"));
    }

    /** The next final answer, or empty when the station has closed the connection before it began. */
    Optional<Reply> read() throws IOException {
        String status = line();
        if (status == null) {
            return Optional.empty();
        }
        if (!status.matches("HTTP/1\\.1 [1-5][0-9][0-9]( .*)?")) {
            throw new BadAnswerException("not a status line: " + status);
        }
        int code = Integer.parseInt(status.substring(9, 12));
        Set<String> names = new TreeSet<>();
        int length = 0;
        for (String line = header(); !line.isEmpty(); line = header()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new BadAnswerException("not a header: " + line);
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            names.add(name);
            if (name.equals("content-length")) {
                length = Integer.parseInt(line.substring(colon + 1).strip());
            }
        }
        if (code < 200) {
            return read(); // 100 Continue
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new IOException("closed within the body");
        }
        return Optional.of(new Reply(code, names, body));
    }

    /** An answer that no HTTP server gives. */
    static final class BadAnswerException extends IOException {
        private static final long serialVersionUID = 1L;

        BadAnswerException(String message) {
            super(message);
        }
    }

    private String header() throws IOException {
        String line = line();
        if (line == null) {
            throw new IOException("closed within the headers");
        }
        return line;
    }

    /** A line without its end; null at the end of the connection. */
    private @org.jspecify.annotations.Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 && line.size() == 0) {
                return null;
            }
            if (next < 0 || line.size() > LONGEST_LINE) {
                throw new IOException("closed within a line, or a line without end");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
