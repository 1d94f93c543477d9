package org.lamplighter.e2e.tor;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.lamplighter.client.ProxyAddress;
import org.lamplighter.client.Route;

/** One connection to the station on a circuit of its own, by hand, so that a test can do what no client does. */
final class OnionWire implements AutoCloseable {
    private static final int READ_MILLIS = 60_000;

    private final Socket socket;
    private final DataInputStream in;

    private OnionWire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    static OnionWire connect(Route route) throws IOException {
        ProxyAddress proxy = route.proxy().orElseThrow();
        Socket socket = new Socket();
        socket.setSoTimeout(READ_MILLIS);
        socket.connect(new InetSocketAddress(proxy.host(), proxy.port()));
        OnionWire wire = new OnionWire(socket);
        wire.handshake(route.station().host());
        return wire;
    }

    /** The status of the answer to a bundle. */
    int post(byte[] bundle) throws IOException {
        write(("POST /v1/bundles HTTP/1.1\r\nHost: h\r\nContent-Length: " + bundle.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        write(bundle);
        return answer();
    }

    /** The status of the answer to {@code target}, of which everything is read. */
    int get(String target) throws IOException {
        write(("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return answer();
    }

    private int answer() throws IOException {
        String status = line();
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        in.readFully(new byte[length]);
        return Integer.parseInt(status.split(" ", -1)[1]);
    }

    /** SOCKS5 with credentials of its own (RFC 1928, RFC 1929), which tor takes as the wish for another circuit. */
    private void handshake(String host) throws IOException {
        write(new byte[] {5, 1, 2});
        expect(5, 2);
        byte[] credential = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        write(new byte[] {1, (byte) credential.length});
        write(credential);
        write(new byte[] {1, 'x'});
        expect(1, 0);
        write(new byte[] {5, 1, 0, 3, (byte) host.length()});
        write(host.getBytes(StandardCharsets.US_ASCII));
        write(new byte[] {0, 80});
        expect(5, 0);
        in.readFully(new byte[8]); // reserved, and an IPv4 address with its port
    }

    private void expect(int first, int second) throws IOException {
        if (in.readUnsignedByte() != first || in.readUnsignedByte() != second) {
            throw new IOException("the proxy refuses");
        }
    }

    private void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
