package org.lamplighter.client;

import java.util.Optional;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * A station and the way to it. Whatever is not this machine is reached through tor unless somebody says otherwise in so many
 * words: a source that forgets an option must not show its address.
 *
 * @param proxy empty for a direct connection
 */
public record Route(StationAddress station, Optional<ProxyAddress> proxy) {
    private static final String NO_PROXY = "none";

    /** Checks that an onion address has a proxy; nothing else can reach it, and a name server must not see it. */
    public Route {
        if (station.isOnion() && proxy.isEmpty()) {
            throw new IllegalArgumentException("an onion address needs a proxy");
        }
    }

    /**
     * The way to {@code station}: through the proxy named in {@code option} ({@code socks5://HOST:PORT}, or {@code none});
     * without an option directly to this machine, and through tor's usual port to anywhere else.
     */
    public static Route of(StationAddress station, Optional<String> option) throws MalformedException {
        if (option.isEmpty()) {
            return new Route(station, station.isLoopback() ? Optional.empty() : Optional.of(ProxyAddress.TOR));
        }
        if (!option.get().equals(NO_PROXY)) {
            return new Route(station, Optional.of(ProxyAddress.parse(option.get())));
        }
        if (station.isOnion()) {
            throw new MalformedException(Reason.BAD_FIELD, "proxy: an onion address cannot be reached without one");
        }
        return new Route(station, Optional.empty());
    }
}
