package org.lamplighter.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.eclipse.jetty.client.ByteBufferRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Socks5;
import org.eclipse.jetty.client.Socks5Proxy;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.client.pacing.Backoff;

/**
 * One connection to a station for one purpose: HTTP/1.1, one request after the other, the same few header bytes for
 * everybody. It sends no user agent, keeps no cookie, follows no redirect, asks for no compression, and reads no answer
 * beyond the ceiling of its path.
 *
 * <p>Through a proxy the host name goes to the proxy as it is. Each transport has SOCKS credentials of its own, drawn at
 * random, which tor takes as the wish for a circuit of its own; a proxy that takes no credentials is refused, since it would
 * join what we keep apart. One thread at a time.
 */
public final class Transport implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(90);
    private static final Duration IDLE = Duration.ofSeconds(90);
    /** A request may take this long, and a second more for each {@link #SLOWEST} bytes it moves. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int SLOWEST = 4096;
    private static final int HEADER_CEILING = 4096;
    private static final int PIECE = 65_536;
    private static final int CREDENTIAL_BYTES = 16;

    private final Route route;
    private final Backoff backoff;
    private final HttpClient http;

    private Transport(Route route, Backoff backoff, HttpClient http) {
        this.route = route;
        this.backoff = backoff;
        this.http = http;
    }

    /** Opens nothing yet; the first request connects. {@code purpose} keeps callers from sharing one transport for two. */
    public static Transport open(Route route, Purpose purpose, SecureRandom random) {
        return open(route, purpose, random, Backoff.doubling(Duration.ofSeconds(30)));
    }

    /** As {@link #open(Route, Purpose, SecureRandom)}, waiting between tries as {@code backoff} says. */
    public static Transport open(Route route, Purpose purpose, SecureRandom random, Backoff backoff) {
        return open(route, purpose, random, backoff, Transport::resolveNothing);
    }

    static Transport open(
            Route route, Purpose purpose, SecureRandom random, Backoff backoff, SocketAddressResolver resolver) {
        HttpClient http = new HttpClient();
        QueuedThreadPool threads = new QueuedThreadPool(8, 1);
        threads.setName("station-" + purpose);
        threads.setDaemon(true);
        http.setExecutor(threads);
        http.setScheduler(new ScheduledExecutorScheduler("station-timer", true));
        boolean mayResolve = route.proxy().isEmpty() && !route.station().isLoopback();
        if (!mayResolve) {
            http.setSocketAddressResolver(resolver);
        }
        http.setUserAgentField(null);
        http.setHttpCookieStore(new HttpCookieStore.Empty());
        http.setFollowRedirects(false);
        http.setMaxConnectionsPerDestination(1);
        http.setMaxResponseHeadersSize(HEADER_CEILING);
        http.setConnectTimeout(CONNECT.toMillis());
        http.setIdleTimeout(IDLE.toMillis());
        route.proxy().ifPresent(proxy -> http.getProxyConfiguration().addProxy(socks(proxy, random)));
        LifeCycle.start(http);
        http.getContentDecoderFactories().clear();
        http.getProtocolHandlers().clear();
        return new Transport(route, backoff, http);
    }

    /** Where this transport leads. */
    public Route route() {
        return route;
    }

    Answer get(String path, int ceiling, IntConsumer received) throws StationFailure {
        return exchange(request(path, HttpMethod.GET), ceiling, ceiling, received, () -> {});
    }

    Answer post(String path, byte[] body, int ceiling) throws StationFailure {
        return send(path, HttpMethod.POST, ByteBuffer.wrap(body), ceiling, sent -> {}, () -> {});
    }

    /** Sends what is left in {@code body}, which must not change, and runs {@code meanwhile} while that is on its way. */
    Answer put(String path, ByteBuffer body, int ceiling, IntConsumer sent, Runnable meanwhile) throws StationFailure {
        return send(path, HttpMethod.PUT, body, ceiling, sent, meanwhile);
    }

    /** Waits before the given retry, from 1. */
    void awaitRetry(int retry) throws StationFailure {
        try {
            backoff.await(retry);
        } catch (InterruptedException e) {
            throw StationFailure.interrupted(e);
        }
    }

    /** Closes the connection. */
    @Override
    public void close() {
        LifeCycle.stop(http);
    }

    private Answer send(
            String path, HttpMethod method, ByteBuffer body, int ceiling, IntConsumer sent, Runnable meanwhile)
            throws StationFailure {
        int[] total = new int[1];
        Request request = request(path, method)
                .body(new ByteBufferRequestContent("application/octet-stream", pieces(body)))
                .onRequestContent((ignored, content) -> {
                    total[0] += content.remaining();
                    sent.accept(total[0]);
                });
        return exchange(request, body.remaining() + ceiling, ceiling, received -> {}, meanwhile);
    }

    /**
     * Each write copies what it is given from the heap before the system takes as much of it as it will: of one large buffer
     * that would be all of it, again and again.
     */
    private static List<ByteBuffer> pieces(ByteBuffer body) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int at = 0; at < body.remaining(); at += PIECE) {
            pieces.add(body.slice(body.position() + at, Math.min(PIECE, body.remaining() - at)));
        }
        return pieces;
    }

    private Request request(String path, HttpMethod method) {
        StationAddress station = route.station();
        return http.newRequest(station.host(), station.port())
                .scheme(station.scheme())
                .method(method)
                .path(path);
    }

    @SuppressWarnings(
            "FutureReturnValueIgnored") // whether the abort came in time changes nothing: nobody waits any more
    private Answer exchange(Request request, int bytes, int ceiling, IntConsumer received, Runnable meanwhile)
            throws StationFailure {
        BodyCollector collector = new BodyCollector(ceiling, received);
        request.timeout(PATIENCE.toMillis() + 1000L * bytes / SLOWEST, TimeUnit.MILLISECONDS)
                .onResponseListener(collector)
                .send(null);
        meanwhile.run();
        try {
            return collector.answer().get();
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            request.abort(e);
            throw StationFailure.interrupted(e);
        }
    }

    private StationFailure failure(Throwable cause) {
        if (cause instanceof StationFailure failure) {
            return failure;
        }
        if (route.proxy().isEmpty()) {
            return new StationFailure(
                    Kind.UNREACHABLE,
                    "the station cannot be reached, or the connection broke",
                    "check the address and that the station runs, then try again",
                    cause);
        }
        ProxyAddress proxy = route.proxy().get();
        if (cause instanceof ConnectException) {
            return new StationFailure(
                    Kind.PROXY_REFUSED,
                    "nothing answers at the proxy " + proxy,
                    "start tor, or name your proxy with --proxy (Tor Browser's is socks5://127.0.0.1:9150)",
                    cause);
        }
        if (isRefusalByProxy(cause)) {
            return new StationFailure(
                    Kind.PROXY_REFUSED,
                    "the proxy " + proxy + " does not let us through",
                    "it must be a SOCKS5 proxy that takes user names, as tor is; check --proxy",
                    cause);
        }
        return new StationFailure(
                Kind.UNREACHABLE,
                "the station cannot be reached through the proxy, or the connection broke",
                "check the address; an onion service may take a minute: try again",
                cause);
    }

    /** What the HTTP client says about SOCKS handshakes; there is no type or code to go by (RFC 1928 §3, §6). */
    private static boolean isRefusalByProxy(Throwable cause) {
        String text = cause instanceof IOException && cause.getMessage() != null ? cause.getMessage() : "";
        return text.contains("SOCKS5 authentication")
                || text.contains("SOCKS5 version")
                || text.equals("SOCKS5 connection not allowed");
    }

    private static Socks5Proxy socks(ProxyAddress address, SecureRandom random) {
        Socks5Proxy proxy = new Socks5Proxy(address.host(), address.port());
        proxy.removeAuthenticationFactory(Socks5.NoAuthenticationFactory.METHOD);
        proxy.putAuthenticationFactory(new Socks5.UsernamePasswordAuthenticationFactory(
                credential(random), credential(random), StandardCharsets.US_ASCII));
        return proxy;
    }

    private static String credential(SecureRandom random) {
        byte[] bytes = new byte[CREDENTIAL_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Knows numbers and {@code localhost}; asks no name server about anything. */
    private static void resolveNothing(
            String host,
            int port,
            java.util.Map<String, Object> context,
            org.eclipse.jetty.util.Promise<List<InetSocketAddress>> promise) {
        Optional<InetAddress> address = literal(host);
        if (address.isPresent()) {
            promise.succeeded(List.of(new InetSocketAddress(address.get(), port)));
        } else {
            promise.failed(new IOException("name is not resolved here"));
        }
    }

    private static Optional<InetAddress> literal(String host) {
        if (host.equals("localhost")) {
            return Optional.of(InetAddress.getLoopbackAddress());
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
