package org.lamplighter.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * Where a station answers: an onion service or this machine over http, or a named host over https. Nothing else, since http
 * to the open network would show every byte to whoever sits on the way.
 *
 * @param scheme {@code http} or {@code https}
 * @param host lower case; a name is never resolved by this program when a proxy is used
 * @param port 1 to 65535
 */
public record StationAddress(String scheme, String host, int port) {
    private static final Pattern ONION = Pattern.compile("(?:[a-z0-9-]{1,63}\\.)*[a-z2-7]{56}\\.onion");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(?:\\.(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}");
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_LENGTH = 512;

    /** Checks the parts; {@link #parse} is the way in. */
    public StationAddress {
        if (!isAllowed(scheme, host) || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not the address of a station");
        }
    }

    /** Reads {@code http://HOST[:PORT]} or {@code https://HOST[:PORT]}, with or without a slash at the end. */
    public static StationAddress parse(String text) throws MalformedException {
        if (text.length() > MAX_LENGTH) {
            throw new MalformedException(Reason.TOO_LARGE, "station address: too long");
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw malformed("station address: must look like http://HOST:PORT");
        }
        if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw malformed("station address: must look like http://HOST:PORT");
        }
        boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
        if (!bare || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw malformed("station address: must end after the host and port");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() != -1 ? uri.getPort() : scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
        if (!isAllowed(scheme, host)) {
            throw malformed(
                    "station address: must be an onion address or this machine over http, or a name over https");
        }
        if (port < 1 || port > 65_535) {
            throw malformed("station address: port out of range");
        }
        return new StationAddress(scheme, host, port);
    }

    /** Whether the station is this machine. */
    public boolean isLoopback() {
        return LOOPBACK.matcher(host).matches();
    }

    /** Whether only tor can reach it. */
    public boolean isOnion() {
        return ONION.matcher(host).matches();
    }

    /** The address as text, port always shown. */
    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }

    private static boolean isAllowed(String scheme, String host) {
        boolean loopback = LOOPBACK.matcher(host).matches();
        boolean onion = ONION.matcher(host).matches();
        return switch (scheme) {
            case "http" -> loopback || onion;
            case "https" -> loopback || onion || (NAME.matcher(host).matches() && !host.endsWith(".onion"));
            default -> false;
        };
    }

    private static MalformedException malformed(String what) {
        return new MalformedException(Reason.BAD_FIELD, what);
    }
}
