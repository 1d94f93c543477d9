package org.lamplighter.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** Says the same to everybody who connects, whatever they ask: one piece for each thing they say, and hangs up after the last. */
final class Speaker {
    private static final int MILLIS_OF_SILENCE = 2000;

    private final ServerSocket socket;
    private volatile List<byte[]> words = List.of();

    private Speaker(ServerSocket socket) {
        this.socket = socket;
    }

    /** Listens on a free port of the loopback until the process ends. */
    static Speaker start() throws IOException {
        Speaker speaker = new Speaker(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(speaker::accept);
        return speaker;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What is said from now on. */
    void say(List<byte[]> pieces) {
        words = List.copyOf(pieces);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket peer = socket.accept();
                Thread.ofVirtual().start(() -> serve(peer));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket peer) {
        try (peer) {
            peer.setSoTimeout(MILLIS_OF_SILENCE);
            InputStream in = peer.getInputStream();
            for (byte[] piece : words) {
                if (in.read(new byte[4096]) < 0) {
                    return;
                }
                peer.getOutputStream().write(piece);
            }
            peer.shutdownOutput();
            while (in.read(new byte[4096]) >= 0) {
                // To the end, so that what was said is not lost by a reset.
            }
        } catch (IOException e) {
            // The other side went away.
        }
    }
}
