package org.lamplighter.e2e.packaging;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands where tor stands, on one machine: SOCKS5 with a name and a password on one side, the station's socket on the other,
 * for one onion address and port 80 and nothing else. Run by tor's user, it reaches the socket only if tor would.
 */
public final class Relay {
    private static final int SOCKS = 5;
    private static final int PASSWORD = 2;
    private static final int BY_NAME = 3;
    private static final AtomicInteger CIRCUITS = new AtomicInteger();

    private Relay() {}

    /** Arguments: port, path of the socket, onion address. */
    public static void main(String[] arguments) throws IOException {
        Path station = Path.of(arguments[1]);
        try (ServerSocket server =
                new ServerSocket(Integer.parseInt(arguments[0]), 64, InetAddress.getLoopbackAddress())) {
            System.out.println("relaying");
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client, station, arguments[2]));
            }
        }
    }

    private static void serve(Socket client, Path station, String onion) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            if (!isGreeted(in, out) || !asked(in).equals(onion + ":80")) {
                out.write(new byte[] {SOCKS, 4, 0, 1, 0, 0, 0, 0, 0, 0}); // host unreachable
                return;
            }
            try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(station))) {
                // As tor does with HiddenServiceExportCircuitID: a number for the circuit, here a new one for each
                // connection.
                int circuit = CIRCUITS.incrementAndGet();
                String named = String.format(
                        "PROXY TCP6 fc00:dead:beef:4dad::%x:%x ::1 40000 80\r\n", circuit >>> 16, circuit & 0xffff);
                socket.write(ByteBuffer.wrap(named.getBytes(StandardCharsets.US_ASCII)));
                out.write(new byte[] {SOCKS, 0, 0, 1, 0, 0, 0, 0, 0, 0});
                Thread back = Thread.ofVirtual().start(() -> copy(Channels.newInputStream(socket), client));
                in.transferTo(Channels.newOutputStream(socket));
                socket.shutdownOutput();
                back.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } catch (IOException e) {
            System.out.println("a connection ended: " + e);
        }
    }

    private static void copy(InputStream from, Socket to) {
        try {
            from.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            System.out.println("a connection ended: " + e);
        }
    }

    /** Method 2, then any name and password: in tor they choose the circuit. */
    private static boolean isGreeted(DataInputStream in, OutputStream out) throws IOException {
        in.readByte();
        in.readNBytes(in.readUnsignedByte());
        out.write(new byte[] {SOCKS, PASSWORD});
        in.readByte();
        boolean named = in.readNBytes(in.readUnsignedByte()).length > 0;
        named &= in.readNBytes(in.readUnsignedByte()).length > 0;
        out.write(new byte[] {1, 0});
        return named;
    }

    private static String asked(DataInputStream in) throws IOException {
        byte[] head = in.readNBytes(4);
        if (head.length != 4 || head[3] != BY_NAME) {
            return "";
        }
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        name.write(in.readNBytes(in.readUnsignedByte()));
        return name.toString(StandardCharsets.US_ASCII) + ":" + in.readUnsignedShort();
    }
}
