package org.lamplighter.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ReportTest {
    private static final Machine MACHINE = new Machine("a <processor> & more", 2, "25", "2026-12-01", 0.1, "abc");
    private static final Table TABLE = new Table(
                    "speed",
                    "copying & counting",
                    "MB/s",
                    true,
                    List.of(
                            Figure.ours("copy", Spread.of(new double[] {3, 1, 2}, true))
                                    .with("1 s"),
                            Figure.peer("copy", "peer", Spread.single(4))),
                    List.of(Goal.atLeast("times the peer", 0.5, 1)),
                    List.of("another peer (Debian: another)"))
            .goal(Goal.atMost("seconds", 1, 1));

    @TempDir
    private Path folder;

    @Test
    void spread_knowsWhichEndIsBetter() {
        double[] rounds = {3, 1, 2, 10};
        assertThat(Spread.of(rounds, true)).isEqualTo(new Spread(2.5, 10, 1));
        assertThat(Spread.of(rounds, false)).isEqualTo(new Spread(2.5, 1, 10));
        assertThatThrownBy(() -> Spread.of(new double[0], true)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void goal_isMetAtItsLimit_andNeverByNothing() {
        assertThat(Goal.atLeast("x", 1, 1).met()).isTrue();
        assertThat(Goal.atLeast("x", 0.999, 1).met()).isFalse();
        assertThat(Goal.atMost("x", 1, 1).met()).isTrue();
        assertThat(Goal.atMost("x", 1.001, 1).met()).isFalse();
        assertThat(Goal.atMost("x", Double.NaN, 1).met()).isFalse();
        assertThat(Goal.atLeast("hints a second", 9_876.4, 10_000).line())
                .isEqualTo("hints a second: 9,876, goal at least 10,000: NOT met");
    }

    @Test
    void numbers_haveThreeDigitsThatCount() {
        assertThat(List.of(12345.6, 123.4, 12.34, 1.234, 0.1234, 0.01234, 0.0))
                .extracting(Numbers::three)
                .containsExactly("12,346", "123", "12.3", "1.23", "0.123", "0.0123", "0");
    }

    @Test
    void write_givesJsonMarkdownAndOnePictureATable() throws Exception {
        Report report = new Report(MACHINE, true, List.of(TABLE));

        assertThat(report.write(folder.resolve("new")))
                .extracting(path -> path.getFileName().toString())
                .containsExactly("bench.json", "bench.md", "speed.svg");

        JsonNode json = JsonMapper.shared().readTree(read("bench.json"));
        assertThat(json.at("/tables/0/figures/0/spread/median").asDouble()).isEqualTo(2);
        assertThat(json.at("/tables/0/goals/1/limit").asDouble()).isEqualTo(1);
        assertThat(json.at("/machine/commit").asString()).isEqualTo("abc");
        assertThat(read("bench.md"))
                .contains("| copy | Lamplighter | 2.00 | 3.00 | 1.00 | 1 s |")
                .contains("| copy | peer | 4.00 |")
                .contains("- times the peer: 0.500, goal at least 1.00: NOT met")
                .contains("- not measured, as this machine lacks it: another peer (Debian: another)")
                .contains("A quick run");
        Document picture = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(read("speed.svg").getBytes(StandardCharsets.UTF_8)));
        assertThat(picture.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("copying & counting");
        assertThat(picture.getElementsByTagName("path").getLength()).isEqualTo(2);
    }

    @Test
    void table_findsItsFigures_andRefusesNamesThatAreNoFileNames() {
        assertThat(TABLE.median("copy", "peer")).isEqualTo(4);
        assertThat(TABLE.has("copy", "nobody")).isFalse();
        assertThatThrownBy(() -> TABLE.median("copy", "nobody")).hasMessageContaining("copy, nobody");
        assertThatThrownBy(() -> new Table("../x", "", "", true, List.of(), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void machine_namesNoPathAndNoHost() throws Exception {
        String line = Machine.here(folder).line();
        assertThat(line).contains("cores of").endsWith("commit unknown").doesNotContain(folder.toString());
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve("new").resolve(name));
    }
}
