package org.lamplighter.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * A SOCKS5 proxy, almost always tor's. Its host is an IPv4 address or {@code localhost}, so that finding the proxy itself
 * asks no name server.
 */
public record ProxyAddress(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("socks5://(localhost|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}):([0-9]{1,5})/?");

    /** Where tor listens unless told otherwise. */
    public static final ProxyAddress TOR = new ProxyAddress("127.0.0.1", 9050);

    /** Reads {@code socks5://HOST:PORT}. */
    public static ProxyAddress parse(String text) throws MalformedException {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new MalformedException(
                    Reason.BAD_FIELD, "proxy: must look like socks5://127.0.0.1:9050, the host as a number");
        }
        String host = matcher.group(1);
        int port = Integer.parseInt(matcher.group(2));
        if (port < 1 || port > 65_535) {
            throw new MalformedException(Reason.BAD_FIELD, "proxy: port out of range");
        }
        if (!host.equals("localhost")) {
            for (String part : host.split("\\.", -1)) {
                if (Integer.parseInt(part) > 255) {
                    throw new MalformedException(Reason.BAD_FIELD, "proxy: not an IPv4 address");
                }
            }
        }
        return new ProxyAddress(host.equals("localhost") ? "127.0.0.1" : host, port);
    }

    @Override
    public String toString() {
        return "socks5://" + host + ":" + port;
    }
}
