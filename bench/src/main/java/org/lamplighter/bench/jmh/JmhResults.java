package org.lamplighter.bench.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lamplighter.bench.report.Figure;
import org.lamplighter.bench.report.Spread;
import org.lamplighter.bench.report.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON that JMH writes. */
final class JmhResults {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String UNIT = "us/op";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private JmhResults() {}

    /**
     * One figure a method, of all its rounds in all forks, in the order in which JMH ran them.
     *
     * @throws IllegalArgumentException when a result is not microseconds an operation, or has no rounds
     */
    static Table table(String json) {
        List<Figure> figures = new ArrayList<>();
        JSON.readTree(json).forEach(result -> figures.add(figure(result)));
        return new Table(
                "jmh", "hot spots, wall-clock time an operation, by JMH", "µs", false, figures, List.of(), List.of());
    }

    private static Figure figure(JsonNode result) {
        JsonNode metric = result.path("primaryMetric");
        if (!metric.path("scoreUnit").asString("").equals(UNIT)) {
            throw new IllegalArgumentException("not in " + UNIT + ": " + result.path("benchmark"));
        }
        List<Double> rounds = new ArrayList<>();
        metric.path("rawData").forEach(fork -> fork.forEach(round -> rounds.add(round.doubleValue())));
        Spread spread =
                Spread.of(rounds.stream().mapToDouble(Double::doubleValue).toArray(), false);
        Figure figure = Figure.ours(operation(result.path("benchmark").asString("")), spread);
        JsonNode allocated = result.path("secondaryMetrics").path(ALLOCATED).path("score");
        return allocated.isNumber()
                ? figure.with(String.format(Locale.ROOT, "allocates %,.0f bytes", allocated.doubleValue()))
                : figure;
    }

    /** {@code a.b.GroupSpeed.multiplyBase} becomes {@code multiply base}. */
    static String operation(String method) {
        return method.substring(method.lastIndexOf('.') + 1)
                .replaceAll("([A-Z])", " $1")
                .toLowerCase(Locale.ROOT);
    }
}
