package org.lamplighter.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.junit.jupiter.api.Test;
import org.lamplighter.client.StationFailure.Kind;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.LoopbackServer;
import org.lamplighter.testkit.LoopbackServer.Reply;
import org.lamplighter.testkit.LoopbackSocks;
import org.lamplighter.testkit.LoopbackSocks.Asked;
import org.lamplighter.testkit.LoopbackSocks.Manner;

final class TransportTest {
    private static final String ONION = "lamp".repeat(14) + ".onion";
    private static final byte[] BODY = "0123456789".getBytes(US_ASCII);

    private final SecureRandom random = new SecureRandom();

    @Test
    void request_headers_areTheSameFewBytesEachTime() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(request -> Reply.of(200, BODY));
                Transport transport = direct(server)) {
            transport.get("/v1/head", 10, received -> {});
            transport.post("/v1/bundles", new byte[3], 10);
            transport.put("/v1/chunks/00", ByteBuffer.allocate(3), 10, sent -> {}, () -> {});

            String host = "Host: 127.0.0.1:" + server.port();
            String body = "\r\nContent-Type: application/octet-stream\r\nContent-Length: 3";
            assertThat(server.received())
                    .extracting(LoopbackServer.Received::head)
                    .containsExactly(
                            "GET /v1/head HTTP/1.1\r\n" + host,
                            "POST /v1/bundles HTTP/1.1\r\n" + host + body,
                            "PUT /v1/chunks/00 HTTP/1.1\r\n" + host + body);
        }
    }

    @Test
    void answer_withCookieRedirectAndEncoding_leavesNoTrace() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(request -> Reply.headed(
                        302,
                        "Set-Cookie: a=b\r\nLocation: /v1/elsewhere\r\nContent-Encoding: gzip\r\nContent-Length: 10",
                        BODY));
                Transport transport = direct(server)) {
            Answer first = transport.get("/v1/head", 10, received -> {});
            transport.get("/v1/head", 10, received -> {});

            assertThat(first.status()).isEqualTo(302);
            assertThat(first.body()).isEqualTo(BODY);
            assertThat(server.lines()).containsExactly("GET /v1/head", "GET /v1/head");
            assertThat(server.received().getLast().head()).doesNotContain("Cookie");
        }
    }

    @Test
    void answer_thatIsTooLong_isRefusedByItsAnnouncementAlone() throws Exception {
        try (LoopbackServer server =
                        LoopbackServer.start(request -> Reply.headed(200, "Content-Length: 4000000000", BODY));
                Transport transport = direct(server)) {
            assertThat(failure(transport, 10).kind()).isEqualTo(Kind.CORRUPT);
        }
    }

    @Test
    void answer_withoutALength_isRefused() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(
                        request -> Reply.headed(200, "Connection: close", BODY).thenClose());
                Transport transport = direct(server)) {
            assertThat(failure(transport, 10).kind()).isEqualTo(Kind.CORRUPT);
        }
    }

    @Test
    void answer_inChunks_isRefused() throws Exception {
        byte[] chunked = "a\r\n0123456789\r\n0\r\n\r\n".getBytes(US_ASCII);
        try (LoopbackServer server =
                        LoopbackServer.start(request -> Reply.headed(200, "Transfer-Encoding: chunked", chunked));
                Transport transport = direct(server)) {
            assertThat(failure(transport, 10).kind()).isEqualTo(Kind.CORRUPT);
        }
    }

    @Test
    void answer_atTheCeiling_isTaken() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(request -> Reply.of(200, BODY));
                Transport transport = direct(server)) {
            assertThat(transport.get("/v1/head", 10, received -> {}).body()).isEqualTo(BODY);
            assertThat(failure(transport, 9).kind()).isEqualTo(Kind.CORRUPT);
        }
    }

    @Test
    void answer_thatBreaksOff_isUnreachable_andTheNextRequestWorks() throws Exception {
        List<Reply> replies = new ArrayList<>(List.of(Reply.cut(BODY, 5), Reply.of(200, BODY)));
        try (LoopbackServer server = LoopbackServer.start(request -> replies.removeFirst());
                Transport transport = direct(server)) {
            assertThat(failure(transport, 10).kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(transport.get("/v1/head", 10, received -> {}).body()).isEqualTo(BODY);
        }
    }

    @Test
    void nobodyListens_isUnreachable() throws Exception {
        LoopbackServer gone = LoopbackServer.start(request -> Reply.close());
        gone.close();
        try (Transport transport = direct(gone)) {
            StationFailure failure = failure(transport, 10);
            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure.hint()).isNotBlank();
        }
    }

    @Test
    void progress_isToldEveryByteReceivedAndSent() throws Exception {
        byte[] large = new byte[300_000];
        List<Integer> told = new CopyOnWriteArrayList<>();
        try (LoopbackServer server = LoopbackServer.start(request -> Reply.of(200, large));
                Transport transport = direct(server)) {
            transport.get("/v1/x", large.length, told::add);
            assertThat(told).isSorted().endsWith(large.length);
            told.clear();
            transport.put("/v1/x", ByteBuffer.wrap(large), large.length, told::add, () -> {});
            assertThat(told).isSorted().endsWith(large.length);
        }
    }

    @Test
    void socks_getsTheNameUnresolved() throws Exception {
        assertThat(askedForName(Optional.empty()))
                .singleElement()
                .satisfies(asked -> assertThat(asked.host()).isEqualTo(ONION))
                .satisfies(asked -> assertThat(asked.addressType()).isEqualTo(3))
                .satisfies(asked -> assertThat(asked.port()).isEqualTo(80));
    }

    /** Shows that the check above sees a client that resolves first: one that hands the proxy an address instead of a name. */
    @Test
    void socks_plantedFault_resolvingFirst_isSeen() throws Exception {
        assertThat(askedForName(Optional.of("127.0.0.1")))
                .singleElement()
                .satisfies(asked -> assertThat(asked.addressType()).isEqualTo(1));
    }

    @Test
    void socks_asksNoResolverForTheStation() throws Exception {
        List<String> resolved = new CopyOnWriteArrayList<>();
        SocketAddressResolver recording = (host, port, context, promise) -> {
            resolved.add(host);
            promise.succeeded(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        };
        try (LoopbackServer server = LoopbackServer.start(request -> Reply.of(200, BODY));
                LoopbackSocks proxy = LoopbackSocks.start(server.port(), Manner.HONEST);
                Transport transport = Transport.open(
                        through(proxy, "http://" + ONION), Purpose.MAILBOX, random, Backoff.none(), recording)) {
            transport.get("/v1/head", 10, received -> {});
            assertThat(resolved).doesNotContain(ONION).allMatch("127.0.0.1"::equals);
        }
        // The same recorder sees a direct client that does resolve.
        try (LoopbackServer server = LoopbackServer.start(request -> Reply.of(200, BODY));
                Transport transport = Transport.open(
                        Route.of(StationAddress.parse("http://localhost:" + server.port()), Optional.empty()),
                        Purpose.MAILBOX,
                        random,
                        Backoff.none(),
                        recording)) {
            transport.get("/v1/head", 10, received -> {});
            assertThat(resolved).contains("localhost");
        }
    }

    @Test
    void socks_credentialsDifferByTransportAndStayWithinOne() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(
                        request -> Reply.headed(200, "Content-Length: 10\r\nConnection: close", BODY)
                                .thenClose());
                LoopbackSocks proxy = LoopbackSocks.start(server.port(), Manner.HONEST)) {
            for (Purpose purpose : Purpose.values()) {
                try (Transport transport =
                        Transport.open(through(proxy, "http://" + ONION), purpose, random, Backoff.none())) {
                    transport.get("/v1/head", 10, received -> {});
                    transport.get("/v1/head", 10, received -> {});
                }
            }
            int purposes = Purpose.values().length;
            assertThat(proxy.asked()).hasSize(2 * purposes);
            assertThat(proxy.asked().stream().map(Asked::user).distinct()).hasSize(purposes);
            assertThat(proxy.asked().stream().map(Asked::password).distinct()).hasSize(purposes);
            assertThat(proxy.asked()).noneMatch(asked -> asked.user().isEmpty());
        }
    }

    @Test
    void socks_failures_areToldApart() throws Exception {
        assertThat(throughProxy(Manner.NO_CREDENTIALS)).isEqualTo(Kind.PROXY_REFUSED);
        assertThat(throughProxy(Manner.FORBIDS)).isEqualTo(Kind.PROXY_REFUSED);
        assertThat(throughProxy(Manner.NO_ROUTE)).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void socks_proxyNotThere_isProxyRefused() throws Exception {
        LoopbackSocks gone = LoopbackSocks.start(1, Manner.HONEST);
        gone.close();
        try (Transport transport =
                Transport.open(through(gone, "http://" + ONION), Purpose.MAILBOX, random, Backoff.none())) {
            assertThat(failure(transport, 10).kind()).isEqualTo(Kind.PROXY_REFUSED);
        }
    }

    private Kind throughProxy(Manner manner) throws Exception {
        try (LoopbackServer server = LoopbackServer.start(request -> Reply.of(200, BODY));
                LoopbackSocks proxy = LoopbackSocks.start(server.port(), manner);
                Transport transport =
                        Transport.open(through(proxy, "http://" + ONION), Purpose.MAILBOX, random, Backoff.none())) {
            return failure(transport, 10).kind();
        }
    }

    /** What the proxy is asked for, by an honest client or by one that put {@code resolved} in the place of the name. */
    private List<Asked> askedForName(Optional<String> resolved) throws Exception {
        try (LoopbackServer server = LoopbackServer.start(request -> Reply.of(200, BODY));
                LoopbackSocks proxy = LoopbackSocks.start(server.port(), Manner.HONEST);
                Transport transport = Transport.open(
                        through(proxy, "http://" + resolved.orElse(ONION)), Purpose.MAILBOX, random, Backoff.none())) {
            transport.get("/v1/head", 10, received -> {});
            return proxy.asked();
        }
    }

    private static Route through(LoopbackSocks proxy, String station) throws MalformedException {
        return Route.of(StationAddress.parse(station), Optional.of(proxy.url()));
    }

    private Transport direct(LoopbackServer server) throws MalformedException, IOException {
        Route route = Route.of(StationAddress.parse(server.url()), Optional.empty());
        return Transport.open(route, Purpose.MAILBOX, random, Backoff.none());
    }

    private static StationFailure failure(Transport transport, int ceiling) {
        return catchThrowableOfType(StationFailure.class, () -> transport.get("/v1/head", ceiling, received -> {}));
    }
}
