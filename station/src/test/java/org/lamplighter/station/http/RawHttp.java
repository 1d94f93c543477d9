package org.lamplighter.station.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** HTTP by hand over one connection, so that a test sees each byte and can send what no client would. */
public final class RawHttp implements AutoCloseable {
    private final Socket socket;

    private RawHttp(Socket socket) {
        this.socket = socket;
    }

    public static RawHttp connect(String url) throws IOException {
        return connect(url, 20_000);
    }

    /** A connection on which no read waits for longer than {@code millis}. */
    public static RawHttp connect(String url, int millis) throws IOException {
        URI uri = URI.create(url);
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.setSoTimeout(millis);
        return new RawHttp(socket);
    }

    /**
     * An answer.
     *
     * @param headers by their names in lower case, in the order in which they came
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record Reply(int status, Map<String, String> headers, byte[] body) {}

    /** One request on a connection of its own. */
    public static Reply once(String url, String method, String target, byte[] body) throws IOException {
        try (RawHttp http = connect(url)) {
            return http.send(method, target, "", body);
        }
    }

    public static Reply get(String url, String target) throws IOException {
        return once(url, "GET", target, new byte[0]);
    }

    public static Reply post(String url, String target, byte[] body) throws IOException {
        return once(url, "POST", target, body);
    }

    /** Sends a request with further header lines, each ending in CR LF, and reads the answer. */
    public Reply send(String method, String target, String headerLines, byte[] body) throws IOException {
        String length = body.length == 0 && method.equals("GET") ? "" : "Content-Length: " + body.length + "\r\n";
        write(ascii(method + " " + target + " HTTP/1.1\r\nHost: station\r\n" + length + headerLines + "\r\n"));
        write(body);
        return read(method.equals("HEAD"));
    }

    public void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** Reads one answer; fails when the connection ends before it. */
    public Reply read(boolean withoutBody) throws IOException {
        InputStream in = socket.getInputStream();
        String statusLine = line(in);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = withoutBody ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new IOException("the connection ended within the body");
        }
        return new Reply(Integer.parseInt(statusLine.split(" ", -1)[1]), headers, body);
    }

    /** Whether the other side has closed the connection; waits for it up to the socket's time limit. */
    public boolean isClosedByPeer() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketException e) {
            return true; // reset
        }
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection ended before the answer");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }
}
