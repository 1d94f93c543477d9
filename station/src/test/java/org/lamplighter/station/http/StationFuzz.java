package org.lamplighter.station.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.lamplighter.core.collect.CollectRequest;
import org.lamplighter.station.app.Station;
import org.lamplighter.station.app.StationFixture;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.FuzzTargets;

/** Any bytes at the socket of a station, and the texts that it is started with. */
public final class StationFuzz implements FuzzTargets {
    private static final int MILLIS_OF_SILENCE = 15_000;

    @Override
    public List<FuzzTarget> all() throws Exception {
        return List.of(
                FuzzTarget.typedText(
                                "listen-address",
                                64,
                                text -> ListenAddress.parse(text)
                                        .orElseThrow(() -> new IOException("refused"))
                                        .text())
                        .refusing(IOException.class)
                        .seeded("127.0.0.1:8080")
                        .seeded("[::1]:8080")
                        .seeded("unix:/run/lamplighter/station.socket"),
                FuzzTarget.of("route", 200, StationFuzz::route)
                        .seeded("GET /v1/head")
                        .seeded("GET /v1/epochs/1/bodies/00")
                        .seeded("PUT /v1/chunks/" + "a5".repeat(16)),
                FuzzTarget.of(
                                "circuit-line",
                                120,
                                input -> CircuitLines.parse(FuzzTarget.text(input))
                                        .isPresent())
                        .seeded("PROXY TCP6 fc00:dead:beef:4dad::ffff:a5 ::1 65535 8080"),
                http());
    }

    private static boolean route(byte[] input) {
        String[] words = FuzzTarget.text(input).split(" ", 2);
        return Route.find(words[0], words[words.length - 1]).isPresent();
    }

    private static FuzzTarget http() throws Exception {
        StationFixture fixture = StationFixture.installed(Files.createTempDirectory("station-fuzz"));
        Station station = fixture.start();
        station.turn();
        URI url = URI.create(station.url());
        byte[] collect = CollectRequest.sign(
                fixture.newsroom().id(),
                fixture.journalist().signing(),
                fixture.clock().instant().getEpochSecond(),
                0);
        return FuzzTarget.of("http", 2048, input -> http(url, input))
                .seeded("GET /v1/head HTTP/1.1\r\nHost: a\r\n\r\n")
                .seeded("GET /v1/epochs/1/hints HTTP/1.1\r\nHost: a\r\n\r\nGET /v1/head HTTP/1.1\r\nHost: a\r\n\r\n")
                .seeded("POST /v1/bundles HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
                .seeded(
                        "POST /v1/bundles HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
                .seeded("PUT /v1/chunks/" + "a5".repeat(16)
                        + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nab")
                .seeded("HEAD /v1/../v1/head?x=%00 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                .seeded("GET http://a/v1/head HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")
                .seeded("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                .seeded(RawHttp.ascii("GET /v1/head HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(4200) + "\r\n\r\n"))
                .seeded(post("/v1/collect", collect));
    }

    private static byte[] post(String target, byte[] body) {
        byte[] head =
                RawHttp.ascii("POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n");
        byte[] out = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, out, head.length, body.length);
        return out;
    }

    /** Whatever comes, the answers are whole, have a status of the interface, and the connection ends. */
    private static boolean http(URI url, byte[] input) throws IOException {
        byte[] answers;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            socket.setSoTimeout(MILLIS_OF_SILENCE);
            socket.getOutputStream().write(input);
            socket.shutdownOutput();
            answers = socket.getInputStream().readAllBytes();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the station leaves a connection open that was closed", e);
        } catch (SocketException e) {
            return false; // cut off
        }
        boolean served = false;
        ByteArrayInputStream in = new ByteArrayInputStream(answers);
        while (in.available() > 0) {
            served |= checked(in, input);
        }
        return served;
    }

    private static boolean checked(InputStream in, byte[] input) throws IOException {
        String line = line(in);
        FuzzTarget.require(line.matches("HTTP/1\\.[01] [0-9]{3}( .*)?"), "not an answer: " + line);
        int status = Integer.parseInt(line.substring(9, 12));
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        if (status == 100) {
            return false;
        }
        FuzzTarget.require(statuses().contains(status), "a status that the interface does not have: " + line);
        FuzzTarget.require("no-store".equals(headers.get("cache-control")), "headers of another kind: " + headers);
        int length = Integer.parseInt(headers.getOrDefault("content-length", "-1"));
        FuzzTarget.require(length >= 0, "an answer without a length");
        if (new String(input, StandardCharsets.ISO_8859_1).contains("HEAD")) {
            in.readAllBytes(); // an answer without its body: where the next one begins cannot be told
            return status < 300;
        }
        FuzzTarget.require(in.readNBytes(length).length == length, "an answer that is cut short");
        return status < 300;
    }

    /** Those of the routes, of the listener, and for what is not HTTP/1 (docs/spec 6.1); 503 is none of a station that works. */
    private static Set<Integer> statuses() {
        Set<Integer> all = new HashSet<>(Route.OF_THE_LISTENER);
        all.addAll(Set.of(426, 505));
        for (Route route : Route.values()) {
            all.addAll(route.statuses());
        }
        return all;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            FuzzTarget.require(next >= 0, "an answer that ends within its head");
            line.append(next == '\r' ? "" : (char) next);
        }
        return line.toString();
    }
}
