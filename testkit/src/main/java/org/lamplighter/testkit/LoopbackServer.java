package org.lamplighter.testkit;

import java.io.BufferedInputStream;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP/1.1 server on the loopback that keeps every request as it came, byte for byte, and can misbehave: cut an answer
 * short, announce a wrong length, close without a word. For tests of clients.
 */
public final class LoopbackServer implements AutoCloseable {
    /** What the server does with a request; called by one thread a connection. */
    @FunctionalInterface
    public interface Handler {
        Reply answer(Received request);
    }

    /** How much of a request's body the server hears before it closes the connection without a word. */
    @FunctionalInterface
    public interface Patience {
        /** Bytes of the body of {@code line} that are read; {@code length} or more for all of it. */
        int bytes(String line, int length);
    }

    /** A request as it came. */
    public static final class Received {
        private final String head;
        private final byte[] body;
        private final int connection;

        private Received(String head, byte[] body, int connection) {
            this.head = head;
            this.body = body;
            this.connection = connection;
        }

        /** Number of the connection it came on, from 1 in the order in which they were made. */
        public int connection() {
            return connection;
        }

        /** Request line and headers, CRLF as sent, without the empty line. */
        public String head() {
            return head;
        }

        /** For example {@code GET /v1/head}. */
        public String line() {
            return lineOf(head);
        }

        public byte[] body() {
            return body.clone();
        }
    }

    /** An answer, honest or not. */
    public static final class Reply {
        private final byte[] bytes;
        private final boolean closes;

        private Reply(byte[] bytes, boolean closes) {
            this.bytes = bytes;
            this.closes = closes;
        }

        /** A complete answer. */
        public static Reply of(int status, byte[] body) {
            return headed(status, "Content-Length: " + body.length, body);
        }

        /** An answer with these header lines, CRLF between them, and nothing else. */
        public static Reply headed(int status, String headers, byte[] body) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(
                    ("HTTP/1.1 " + status + " x\r\n" + headers + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(body);
            return new Reply(out.toByteArray(), false);
        }

        /** Announces {@code body} whole, sends {@code bytes} of it and closes the connection. */
        public static Reply cut(byte[] body, int bytes) {
            byte[] whole = of(200, body).bytes;
            byte[] part = new byte[whole.length - body.length + bytes];
            System.arraycopy(whole, 0, part, 0, part.length);
            return new Reply(part, true);
        }

        /** Closes the connection without an answer. */
        public static Reply close() {
            return new Reply(new byte[0], true);
        }

        /** The same answer, after which the connection is closed. */
        public Reply thenClose() {
            return new Reply(bytes, true);
        }
    }

    private static final int MAX_HEAD = 65_536;

    private final ServerSocket socket;
    private final Handler handler;
    private final Patience patience;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private LoopbackServer(ServerSocket socket, Handler handler, Patience patience) {
        this.socket = socket;
        this.handler = handler;
        this.patience = patience;
    }

    /** Listens on a free port. */
    public static LoopbackServer start(Handler handler) throws IOException {
        return start(handler, (line, length) -> length);
    }

    /** As {@link #start(Handler)}; requests of which {@code patience} does not hear the end are not kept. */
    public static LoopbackServer start(Handler handler, Patience patience) throws IOException {
        LoopbackServer server =
                new LoopbackServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), handler, patience);
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** All requests so far, in the order in which they were complete. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** The request lines so far. */
    public List<String> lines() {
        return received.stream().map(Received::line).toList();
    }

    /** Forgets the requests so far. */
    public void forget() {
        received.clear();
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
                Socket peer = socket.accept();
                open.add(peer);
                Thread.ofVirtual().start(() -> serve(peer));
            } catch (IOException e) {
                return; // closed by the test
            }
        }
    }

    private void serve(Socket peer) {
        int connection = connections.incrementAndGet();
        try (peer) {
            InputStream in = new BufferedInputStream(peer.getInputStream());
            OutputStream out = peer.getOutputStream();
            while (true) {
                String head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                int length = contentLength(head);
                int heard = Math.min(length, patience.bytes(lineOf(head), length));
                byte[] body = in.readNBytes(heard);
                if (heard < length) {
                    return;
                }
                Received request = new Received(head, body, connection);
                received.add(request);
                Reply reply = handler.answer(request);
                out.write(reply.bytes);
                out.flush();
                if (reply.closes) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client went away, which tests of ceilings and timeouts mean to happen.
        } finally {
            open.remove(peer);
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int matched = 0;
        String end = "\r\n\r\n";
        while (matched < end.length() && out.size() < MAX_HEAD) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            out.write(next);
            matched = next == end.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        String text = out.toString(StandardCharsets.ISO_8859_1);
        return text.substring(0, text.length() - end.length());
    }

    private static String lineOf(String head) {
        return head.substring(0, head.indexOf(" HTTP/"));
    }

    private static int contentLength(String head) {
        List<String> found = new ArrayList<>();
        for (String line : head.lines().toList()) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                found.add(line.substring(15).trim());
            }
        }
        return found.isEmpty() ? 0 : Integer.parseInt(found.getFirst());
    }
}
