package org.lamplighter.bench.station;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code wrk} has seen: one thread, connections that are kept.
 *
 * @param rate requests a second
 * @param requests all of them
 * @param p99 milliseconds within which 99 of 100 were answered
 */
record Wrk(double rate, long requests, double p99) {
    /**
     * Asks for {@code url} as fast as it can.
     *
     * @throws IOException also when an answer was not 200
     */
    static Wrk run(String url, int connections, int seconds) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--latency", url))
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || printed.contains("Non-2xx") || printed.contains("Socket errors")) {
            throw new IOException("wrk " + url + ": " + printed);
        }
        Matcher p99 = find(" 99% +([0-9.]+)(us|ms|s)", printed);
        double factor = switch (p99.group(2)) {
            case "us" -> 1e-3;
            case "ms" -> 1;
            default -> 1e3;
        };
        return new Wrk(
                Double.parseDouble(find("Requests/sec: +([0-9.]+)", printed).group(1)),
                Long.parseLong(find("([0-9]+) requests in ", printed).group(1)),
                Double.parseDouble(p99.group(1)) * factor);
    }

    private static Matcher find(String pattern, String text) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IOException("wrk did not print " + pattern + ": " + text);
        }
        return matcher;
    }
}
