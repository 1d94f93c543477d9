package org.lamplighter.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lamplighter.client.pacing.Backoff;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.FuzzTargets;

/** Addresses as people type them, and whatever a station or a proxy answers. */
public final class ClientFuzz implements FuzzTargets {
    private static final String ONION = "http://" + "lamp".repeat(14) + ".onion";
    private static final int CEILING = 200;

    @Override
    public List<FuzzTarget> all() throws Exception {
        return List.of(
                FuzzTarget.typedText(
                                "station-address",
                                128,
                                text -> StationAddress.parse(text).toString())
                        .refusing(MalformedException.class)
                        .seeded("http://127.0.0.1:8080/")
                        .seeded("https://Station.example.org")
                        .seeded(ONION),
                FuzzTarget.typedText(
                                "proxy-address",
                                64,
                                text -> ProxyAddress.parse(text).toString())
                        .refusing(MalformedException.class)
                        .seeded("socks5://127.0.0.1:9050")
                        .seeded("socks5://localhost:9150/"),
                FuzzTarget.of("route", 64, ClientFuzz::route)
                        .refusing(MalformedException.class)
                        .seeded("none")
                        .seeded("socks5://127.0.0.1:9050"),
                answer("answer-of-station", false)
                        .seeded("HTTP/1.1 200 x\r\nContent-Length: 3\r\n\r\nabc")
                        .seeded("HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
                        .seeded("HTTP/1.1 302 x\r\nLocation: /\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")
                        .seeded("HTTP/1.1 100 x\r\n\r\nHTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n")
                        .seeded("HTTP/1.0 200 x\r\nContent-Length: 999999999999\r\nContent-Encoding: gzip\r\n\r\n"),
                answer("answer-of-proxy", true)
                        .seeded(new byte[] {5, 2, 1, 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
                        .seeded(
                                "\u0005\u0002\u0001\0\u0005\0\0\u0001\0\0\0\0\0\0HTTP/1.1 200 x\r\nContent-Length: 0\r\n\r\n")
                        .seeded(new byte[] {5, 2, 1, 0, 5, 0, 0, 3, 2, 'a', 'b', 0, 80})
                        .seeded(new byte[] {5, -1}));
    }

    private static boolean route(byte[] input) throws MalformedException {
        String option = FuzzTarget.text(input);
        Route route = Route.of(StationAddress.parse(ONION), Optional.of(option));
        FuzzTarget.require(route.proxy().isPresent(), "an onion address without a proxy");
        return true;
    }

    /** The method, the word on the credentials, the word on the address, and the station behind. */
    private static List<byte[]> handshake(byte[] input) {
        int[] ends = {2, 4, 14, input.length};
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        for (int end : ends) {
            int to = Math.min(end, input.length);
            pieces.add(Arrays.copyOfRange(input, Math.min(at, to), to));
            at = to;
        }
        return pieces;
    }

    /** What comes back is an answer below the ceiling or a failure of the station, in time, and the next request works. */
    private static FuzzTarget answer(String name, boolean throughProxy) throws Exception {
        Speaker peer = Speaker.start();
        Route route = throughProxy
                ? Route.of(StationAddress.parse(ONION), Optional.of("socks5://127.0.0.1:" + peer.port()))
                : Route.of(StationAddress.parse("http://127.0.0.1:" + peer.port()), Optional.empty());
        Transport transport = Transport.open(route, Purpose.MAILBOX, SeededRandom.of(71), Backoff.none());
        return FuzzTarget.of(name, 1024, input -> {
                    peer.say(throughProxy ? handshake(input) : List.of(input));
                    Answer answer = transport.get("/v1/head", CEILING, received -> {});
                    FuzzTarget.require(answer.body().length <= CEILING, "more than the ceiling");
                    return true;
                })
                .refusing(StationFailure.class)
                .refusing(IOException.class);
    }
}
