package org.lamplighter.station.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the station listens. */
public sealed interface ListenAddress {
    /** As it is given to {@code --listen}. */
    String text();

    /** A TCP port; 0 takes a free one. */
    record Tcp(InetAddress address, int port) implements ListenAddress {
        /** Whether only programs on this machine, such as tor or a TLS proxy, can connect. */
        public boolean isLoopback() {
            return address.isLoopbackAddress();
        }

        @Override
        public String text() {
            String host = address.getHostAddress();
            return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** A Unix socket: only programs on this machine that may open the file can connect. */
    record Unix(Path path) implements ListenAddress {
        @Override
        public String text() {
            return "unix:" + path;
        }
    }

    /** A free TCP port on loopback. */
    static ListenAddress anyLoopbackPort() {
        return new Tcp(InetAddress.getLoopbackAddress(), 0);
    }

    /** Reads {@code 127.0.0.1:8080}, {@code [::1]:8080} or {@code unix:PATH}; names of hosts are not looked up. */
    static Optional<ListenAddress> parse(String text) {
        if (text.startsWith("unix:") && text.length() > "unix:".length()) {
            return Optional.of(new Unix(Path.of(text.substring("unix:".length()))));
        }
        Matcher tcp =
                Pattern.compile("([0-9.]+|\\[[0-9a-f:.]+\\]):([0-9]{1,5})").matcher(text);
        if (!tcp.matches() || Integer.parseInt(tcp.group(2)) > 65_535) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Tcp(InetAddress.ofLiteral(tcp.group(1)), Integer.parseInt(tcp.group(2))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
