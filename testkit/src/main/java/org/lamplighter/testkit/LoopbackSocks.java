package org.lamplighter.testkit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A SOCKS5 proxy (RFC 1928, RFC 1929) on the loopback that leads every connection to one port of this machine and keeps what
 * each client asked for. For tests of clients.
 */
public final class LoopbackSocks implements AutoCloseable {
    /** How the proxy behaves. */
    public enum Manner {
        /** Takes user names, connects. */
        HONEST,
        /** Takes only clients without a user name. */
        NO_CREDENTIALS,
        /** Answers each request with "connection not allowed". */
        FORBIDS,
        /** Answers each request with "host unreachable". */
        NO_ROUTE
    }

    /**
     * One connection as the client asked for it.
     *
     * @param addressType 1 IPv4, 3 name, 4 IPv6
     */
    public record Asked(int addressType, String host, int port, String user, String password) {}

    private static final int USER_PASSWORD = 2;
    private static final int NONE_ACCEPTABLE = 0xff;

    private final ServerSocket socket;
    private final int targetPort;
    private final Manner manner;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private LoopbackSocks(ServerSocket socket, int targetPort, Manner manner) {
        this.socket = socket;
        this.targetPort = targetPort;
        this.manner = manner;
    }

    /** Listens on a free port and leads everybody to {@code targetPort} on the loopback, whatever they ask for. */
    public static LoopbackSocks start(int targetPort, Manner manner) throws IOException {
        LoopbackSocks proxy =
                new LoopbackSocks(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), targetPort, manner);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    /** {@code socks5://127.0.0.1:PORT}. */
    public String url() {
        return "socks5://127.0.0.1:" + socket.getLocalPort();
    }

    /** What was asked for so far, one entry a connection. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket peer = socket.accept();
                Thread.ofVirtual().start(() -> serve(peer));
            } catch (IOException e) {
                return; // closed by the test
            }
        }
    }

    private void serve(Socket peer) {
        try (peer) {
            DataInputStream in = new DataInputStream(peer.getInputStream());
            DataOutputStream out = new DataOutputStream(peer.getOutputStream());
            in.readUnsignedByte();
            byte[] methods = in.readNBytes(in.readUnsignedByte());
            int method = manner == Manner.NO_CREDENTIALS ? 0 : USER_PASSWORD;
            boolean offered = new String(methods, StandardCharsets.ISO_8859_1).indexOf(method) >= 0;
            out.write(new byte[] {5, (byte) (offered ? method : NONE_ACCEPTABLE)});
            if (!offered) {
                return;
            }
            String user = "";
            String password = "";
            if (method == USER_PASSWORD) {
                in.readUnsignedByte();
                user = text(in);
                password = text(in);
                out.write(new byte[] {1, 0});
            }
            asked.add(request(in, user, password));
            int status = manner == Manner.FORBIDS ? 2 : manner == Manner.NO_ROUTE ? 4 : 0;
            out.write(new byte[] {5, (byte) status, 0, 1, 0, 0, 0, 0, 0, 0});
            if (status == 0) {
                tunnel(peer);
            }
        } catch (IOException e) {
            // The client went away.
        }
    }

    private static Asked request(DataInputStream in, String user, String password) throws IOException {
        in.readNBytes(3);
        int type = in.readUnsignedByte();
        String host = switch (type) {
            case 3 -> text(in);
            case 1 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
            default -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
        };
        return new Asked(type, host, in.readUnsignedShort(), user, password);
    }

    private void tunnel(Socket peer) throws IOException {
        try (Socket target = new Socket(InetAddress.getLoopbackAddress(), targetPort)) {
            Thread up = Thread.ofVirtual().start(() -> copy(peer, target));
            copy(target, peer);
            up.interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // One side closed; the other copy ends by that.
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
    }
}
