package org.lamplighter.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lamplighter.bench.report.Figure;
import org.lamplighter.bench.report.Spread;
import org.lamplighter.bench.report.Table;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

final class JmhTest {
    private static final String RESULTS = """
            [{"benchmark": "org.lamplighter.bench.jmh.GroupSpeed.multiplyBase",
              "primaryMetric": {"score": 3, "scoreUnit": "us/op", "rawData": [[1, 2, 9], [3, 4]]},
              "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 1234.4, "scoreUnit": "B/op"}}},
             {"benchmark": "org.lamplighter.bench.jmh.GroupSpeed.encode",
              "primaryMetric": {"score": 5, "scoreUnit": "us/op", "rawData": [[5]]},
              "secondaryMetrics": {}}]
            """;

    @Test
    void table_results_givesTheRoundsOfAllForksAsOneFigure() {
        Table table = JmhResults.table(RESULTS);

        assertThat(table.figures())
                .containsExactly(
                        Figure.ours("multiply base", new Spread(3, 1, 9)).with("allocates 1,234 bytes"),
                        Figure.ours("encode", new Spread(5, 5, 5)));
    }

    @Test
    void table_anotherUnitOrNoRounds_isRefused() {
        assertThatThrownBy(() -> JmhResults.table(RESULTS.replace("us/op", "ns/op")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JmhResults.table(RESULTS.replace("[[5]]", "[]")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** What the annotation processor has found is what stands in the sources: without it JMH would run nothing. */
    @Test
    void methods_areAllKnownToJmh() {
        List<String> known = BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .stream()
                .map(entry -> entry.getUsername())
                .toList();

        assertThat(known)
                .containsExactlyInAnyOrderElementsOf(methods()
                        .map(method -> method.getDeclaringClass().getName() + "." + method.getName())
                        .toList());
        assertThat(known).hasSize(14);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void method_runs(Method method) throws Exception {
        Object state = method.getDeclaringClass().getDeclaredConstructor().newInstance();

        assertThat(method.invoke(state)).isNotNull();
    }

    static Stream<Method> methods() {
        List<Method> methods = new ArrayList<>();
        for (Class<?> type : List.of(GroupSpeed.class, MailboxSpeed.class, LetterSpeed.class, EvidenceSpeed.class)) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Benchmark.class))
                    .forEach(methods::add);
        }
        return methods.stream();
    }
}
