package org.lamplighter.station.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Reads the line that tor writes before everything else on a connection ({@code HiddenServiceExportCircuitID haproxy}, as
 * version 1 of the PROXY protocol), and goes on with HTTP. A connection that begins otherwise is closed. Jetty has a reader of
 * its own, which looks up whatever name stands in the line and takes a line from anybody.
 *
 * <p>The number of a circuit is known as long as its connection is open and is written nowhere. Thread-safe.
 */
final class CircuitLines extends AbstractConnectionFactory {
    /** As the PROXY protocol has it, with its end. */
    private static final int LONGEST_LINE = 107;

    private static final int BUFFER = 2048;
    /** The four groups are tor's for this purpose; the other numbers mean nothing. */
    private static final Pattern LINE = Pattern.compile(
            "PROXY TCP6 fc00:dead:beef:4dad::([0-9a-f]{1,4}):([0-9a-f]{1,4}) ::1 [0-9]{1,5} [0-9]{1,5}");

    private final HttpConnectionFactory http;
    private final ConcurrentMap<Connection, Integer> circuits = new ConcurrentHashMap<>();

    CircuitLines(HttpConnectionFactory http) {
        super("circuit");
        this.http = http;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new Line(connector, endPoint), connector, endPoint);
    }

    /** The circuit that an HTTP connection came on. */
    OptionalInt circuit(Connection connection) {
        Integer circuit = circuits.get(connection);
        return circuit == null ? OptionalInt.empty() : OptionalInt.of(circuit);
    }

    /** The number in a line without its end. */
    static OptionalInt parse(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? OptionalInt.of(Integer.parseInt(matcher.group(1), 16) << 16 | Integer.parseInt(matcher.group(2), 16))
                : OptionalInt.empty();
    }

    /** A connection until its first line is there. */
    private final class Line extends AbstractConnection {
        private final Connector connector;
        private final ByteBuffer buffer = BufferUtil.allocate(BUFFER);

        Line(Connector connector, EndPoint endPoint) {
            super(endPoint, connector.getExecutor());
            this.connector = connector;
        }

        @Override
        public void onOpen() {
            super.onOpen();
            fillInterested();
        }

        @Override
        public void onFillable() {
            try {
                while (true) {
                    int filled = getEndPoint().fill(buffer);
                    int end = end();
                    if (end >= 0) {
                        goOn(end);
                        return;
                    }
                    if (filled < 0 || buffer.remaining() >= LONGEST_LINE) {
                        close();
                        return;
                    }
                    if (filled == 0) {
                        fillInterested();
                        return;
                    }
                }
            } catch (IOException e) {
                close();
            }
        }

        /** Where CR LF is, or -1. */
        private int end() {
            int last = Math.min(buffer.remaining(), LONGEST_LINE) - 1;
            for (int i = 0; i < last; i++) {
                if (buffer.get(buffer.position() + i) == '\r' && buffer.get(buffer.position() + i + 1) == '\n') {
                    return i;
                }
            }
            return -1;
        }

        private void goOn(int end) {
            byte[] line = new byte[end];
            buffer.get(line).position(buffer.position() + 2);
            OptionalInt circuit = parse(new String(line, StandardCharsets.ISO_8859_1));
            if (circuit.isEmpty()) {
                close();
                return;
            }
            Connection next = http.newConnection(connector, getEndPoint());
            circuits.put(next, circuit.getAsInt());
            next.addEventListener(new Connection.Listener() {
                @Override
                public void onClosed(Connection closed) {
                    circuits.remove(closed);
                }
            });
            ((Connection.UpgradeTo) next).onUpgradeTo(buffer);
            getEndPoint().upgrade(next);
        }
    }
}
