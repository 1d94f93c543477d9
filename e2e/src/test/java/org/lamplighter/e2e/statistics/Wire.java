package org.lamplighter.e2e.statistics;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP by hand over one connection to the loopback, so that each byte of an answer is seen. One thread at a time. */
final class Wire implements AutoCloseable {
    private static final int TIME_LIMIT_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    static Wire connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIME_LIMIT_MILLIS);
        return new Wire(socket);
    }

    /**
     * An answer.
     *
     * @param head status line and headers as they came
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Answer(String head, byte[] body) {
        int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }
    }

    Answer get(String target) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: station\r\n\r\n", new byte[0]);
    }

    Answer post(String target, byte[] body) throws IOException {
        return send(
                "POST " + target + " HTTP/1.1\r\nHost: station\r\nContent-Length: " + body.length + "\r\n\r\n", body);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Answer send(String head, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        socket.getOutputStream().write(request.toByteArray());
        String answer = head();
        return new Answer(answer, in.readNBytes(length(answer)));
    }

    private String head() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String end = "\r\n\r\n";
        int matched = 0;
        while (matched < end.length()) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended before the answer");
            }
            out.write(next);
            matched = next == end.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return out.toString(StandardCharsets.US_ASCII);
    }

    private static int length(String head) {
        for (String line : head.lines().toList()) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                return Integer.parseInt(line.substring(15).strip());
            }
        }
        return 0;
    }
}
