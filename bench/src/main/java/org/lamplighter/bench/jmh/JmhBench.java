package org.lamplighter.bench.jmh;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lamplighter.bench.report.Bench;
import org.lamplighter.bench.report.Setting;
import org.lamplighter.bench.report.Table;

/**
 * Runs JMH over this package, in a process of its own, which starts one more for each method and fork; and takes what it has
 * measured into the report. Wall-clock time, as JMH measures it: a busy machine shows in the spread.
 */
public final class JmhBench implements Bench {
    private static final String METHODS = "org\\.lamplighter\\.bench\\.jmh\\..*Speed\\..*";

    @Override
    public String name() {
        return "jmh";
    }

    @Override
    public String what() {
        return "the hot spots alone, by JMH";
    }

    @Override
    public int aboutSeconds(boolean quick) {
        return quick ? 45 : 210;
    }

    @Override
    public List<Table> run(Setting setting) throws IOException, InterruptedException {
        Path results = setting.work().resolve("jmh.json");
        Path log = setting.root().resolve("bench/target/jmh.log");
        Process process = new ProcessBuilder(command(setting, results))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder all = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                all.append(line).append('\n');
                if (line.startsWith("# Run progress: ")) {
                    setting.say(line.substring("# Run progress: ".length()));
                }
            }
            Files.writeString(log, all);
        } finally {
            process.destroy();
        }
        if (process.waitFor() != 0) {
            throw new IOException("JMH failed; read " + log);
        }
        return List.of(JmhResults.table(Files.readString(results)));
    }

    private static List<String> command(Setting setting, Path results) {
        String forks = setting.quick() ? "1" : "2";
        String warmUps = setting.quick() ? "1" : "3";
        String rounds = setting.quick() ? "2" : "3";
        String seconds = setting.quick() ? "200ms" : "1s";
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                // JMH 1.37 still looks at fields that way; its processes for each method get the same options.
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + setting.work(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jmh.Main",
                METHODS,
                "-f",
                forks,
                "-wi",
                warmUps,
                "-i",
                rounds,
                "-w",
                seconds,
                "-r",
                seconds,
                "-foe",
                "true",
                "-prof",
                "gc",
                "-rf",
                "json",
                "-rff",
                results.toString());
    }
}
