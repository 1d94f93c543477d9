package org.lamplighter.e2e.flood;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Requests that are almost HTTP: valid ones, changed in one to three places, the same for the same seed. */
final class Fuzzer {
    private static final List<String> LENGTHS = List.of(
            "-1",
            "+5",
            "0x10",
            "99999999999999999999",
            "9223372036854775807",
            "4294967296",
            "1,2",
            "1 2",
            "",
            "00000000000000000000000000000016",
            "\u0000",
            "16;q=1");
    private static final List<String> CHUNK_SIZES = List.of(
            "-1", "FFFFFFFFFFFFFFFF", "7fffffffffffffff", "1;ext=\u0000", "", " 10", "g", "10\r", "0x10", "00000010");
    private static final List<String> LINES = List.of(
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: identity, chunked",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding:\tchunked",
            "Content-Length: 3",
            "Content-Length: 16\r\nContent-Length: 17",
            "Expect: 100-continue",
            "Expect: nothing",
            "Connection: upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
            "Connection: close, keep-alive",
            "Host: a\r\nHost: b",
            " folded",
            ": no name",
            "Name",
            "Na me: x",
            "X: \u0000",
            "X: \u0001\u007f\u00ff",
            "Range: bytes=0-1",
            "Accept-Encoding: gzip",
            "X-Forwarded-For: 192.0.2.1");
    private static final List<String> TARGETS = List.of(
            "*",
            "//v1/head",
            "/v1/../v1/head",
            "/v1/%68ead",
            "/v1/head%00",
            "http://other/v1/head",
            "http://[::1",
            "/v1/head?x",
            "/v1/head#x",
            "/v1/epochs/-1/hints",
            "/v1/epochs/99999999999999999999999/hints",
            "/v1/epochs/1/bodies/64",
            "/v1/chunks/" + "0".repeat(33),
            "/" + "a/".repeat(2500),
            "\\v1\\head",
            "");
    private static final List<String> METHODS = List.of(
            "",
            "get",
            "HEAD",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "PRI",
            "G\u0000T",
            "DELETE",
            "POST POST",
            "X".repeat(300));
    private static final List<String> VERSIONS = List.of(
            "HTTP/1.0",
            "HTTP/0.9",
            "HTTP/2.0",
            "HTTP/1.2",
            "HTTP/1.1 ",
            "http/1.1",
            "",
            "HTTP/1",
            "HTTP/11",
            "ICY/1.1");

    private final Random random;
    private final byte[] bundle;

    /** @param bundle a valid one, for the body of requests */
    Fuzzer(long seed, byte[] bundle) {
        this.random = new Random(seed);
        this.bundle = bundle.clone();
    }

    /** What is written on one connection. */
    byte[] next() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int pipelined = random.nextInt(4) == 0 ? 1 + random.nextInt(6) : 1;
        for (int i = 0; i < pipelined; i++) {
            all.writeBytes(random.nextInt(3) > 0 ? changed() : valid());
        }
        byte[] bytes = all.toByteArray();
        return random.nextInt(5) == 0 ? scramble(bytes) : bytes;
    }

    private byte[] valid() {
        return request("", "", "", "", List.of());
    }

    private byte[] changed() {
        return switch (random.nextInt(7)) {
            case 0 -> request(pick(METHODS), "", "", "", List.of());
            case 1 -> request("", pick(TARGETS), "", "", List.of());
            case 2 -> request("", "", pick(VERSIONS), "", List.of());
            case 3 -> request("", "", "", pick(LENGTHS), List.of());
            case 4 -> request("", "", "", "", List.of(pick(LINES), pick(LINES)));
            case 5 -> chunked(true);
            default -> chunked(false);
        };
    }

    /** A request of one of six kinds; a word that is not empty stands in the stead of the right one. */
    private byte[] request(String method, String target, String version, String length, List<String> lines) {
        int kind = random.nextInt(6);
        byte[] body = kind == 3
                ? bundle
                : kind == 4 ? new byte[145] : kind == 5 ? new byte[1 + random.nextInt(70_000)] : new byte[0];
        String id = String.format("%032x", random.nextLong(Long.MAX_VALUE));
        String rightTarget = switch (kind) {
            case 0 -> "/v1/head";
            case 1 -> "/v1/epochs/1/hints";
            case 2 -> "/v1/chunks/" + id;
            case 3 -> "/v1/bundles";
            case 4 -> "/v1/collect";
            default -> "/v1/chunks/" + id;
        };
        String rightMethod = kind < 3 ? "GET" : kind < 5 ? "POST" : "PUT";
        StringBuilder head = new StringBuilder()
                .append(method.isEmpty() ? rightMethod : method)
                .append(' ')
                .append(target.isEmpty() ? rightTarget : target)
                .append(' ')
                .append(version.isEmpty() ? "HTTP/1.1" : version)
                .append("\r\nHost: h\r\n");
        if (!length.isEmpty() || body.length > 0) {
            head.append("Content-Length: ")
                    .append(length.isEmpty() ? String.valueOf(body.length) : length)
                    .append("\r\n");
        }
        lines.forEach(line -> head.append(line).append("\r\n"));
        return join(Wire.ascii(head.append("\r\n").toString()), body);
    }

    private byte[] chunked(boolean broken) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Wire.ascii("POST /v1/bundles HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"));
        int wrong = broken ? random.nextInt(4) : -1;
        int from = 0;
        for (int i = 0; i < 4; i++) {
            int size = i == 3 ? bundle.length - from : random.nextInt(bundle.length - from);
            String line = i == wrong ? pick(CHUNK_SIZES) : Integer.toHexString(size);
            out.writeBytes(Wire.ascii(line + (random.nextInt(20) == 0 ? "\n" : "\r\n")));
            out.write(bundle, from, size);
            out.writeBytes(Wire.ascii("\r\n"));
            from += size;
        }
        out.writeBytes(Wire.ascii(random.nextInt(6) == 0 ? "0\r\nTrailer: x\r\n\r\n" : "0\r\n\r\n"));
        return out.toByteArray();
    }

    /** Flips, drops, doubles or cuts bytes, most of them near the beginning, where the headers are. */
    private byte[] scramble(byte[] bytes) {
        byte[] out = bytes.clone();
        for (int n = 1 + random.nextInt(3); n > 0 && out.length > 2; n--) {
            int at = random.nextInt(Math.min(out.length - 1, random.nextInt(3) == 0 ? out.length - 1 : 200));
            out = switch (random.nextInt(5)) {
                case 0 -> {
                    out[at] ^= (byte) (1 << random.nextInt(8));
                    yield out;
                }
                case 1 -> {
                    out[at] = 0;
                    yield out;
                }
                case 2 -> join(java.util.Arrays.copyOf(out, at), java.util.Arrays.copyOfRange(out, at + 1, out.length));
                case 3 -> join(java.util.Arrays.copyOf(out, at), java.util.Arrays.copyOfRange(out, at / 2, out.length));
                default -> java.util.Arrays.copyOf(out, at + 1);
            };
        }
        return out;
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] out = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, out, first.length, second.length);
        return out;
    }
}
