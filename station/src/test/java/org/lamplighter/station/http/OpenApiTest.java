package org.lamplighter.station.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/spec/openapi.yaml} says what the routes can answer, no more and no less. */
final class OpenApiTest {
    private static final Path FILE = Path.of(System.getProperty("lamplighter.root"), "docs/spec/openapi.yaml");

    @Test
    void everyRouteAndStatus_isInTheFile_andNothingElse() throws IOException {
        assertThat(described()).containsExactlyInAnyOrderElementsOf(answered());
    }

    @Test
    void everyReference_leadsSomewhere() throws IOException {
        List<String> lines = Files.readAllLines(FILE);
        assertThat(lines.stream().filter(line -> line.contains("$ref")).map(line -> line.replaceAll(".*/|\"", "")))
                .isNotEmpty()
                .allMatch(name -> lines.contains("    " + name + ":"));
    }

    /** Lines {@code GET /v1/head 200} of what the code can answer. */
    private static List<String> answered() {
        return Arrays.stream(Route.values())
                .flatMap(route -> {
                    TreeSet<Integer> statuses = new TreeSet<>(route.statuses());
                    statuses.addAll(Route.OF_THE_LISTENER);
                    statuses.add(Route.UNAVAILABLE);
                    return statuses.stream().map(status -> route.method() + " " + route.path() + " " + status);
                })
                .toList();
    }

    /** The same lines of what the file says; it is written so that its indentation tells what a line is. */
    private static List<String> described() throws IOException {
        List<String> out = new ArrayList<>();
        String path = "";
        String method = "";
        try (Stream<String> lines = Files.lines(FILE)) {
            for (String line :
                    lines.takeWhile(l -> !l.startsWith("components:")).toList()) {
                if (line.matches("  /.*:")) {
                    path = line.strip().replace(":", "");
                } else if (line.matches("    (get|put|post):")) {
                    method = line.strip().replace(":", "").toUpperCase(Locale.ROOT);
                } else if (line.matches("        \"\\d{3}\":")) {
                    out.add(method + " " + path + " " + line.replaceAll("\\D", ""));
                }
            }
        }
        return out;
    }
}
