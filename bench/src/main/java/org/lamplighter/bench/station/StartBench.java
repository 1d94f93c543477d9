package org.lamplighter.bench.station;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lamplighter.bench.report.Bench;
import org.lamplighter.bench.report.Figure;
import org.lamplighter.bench.report.Goal;
import org.lamplighter.bench.report.Setting;
import org.lamplighter.bench.report.Spread;
import org.lamplighter.bench.report.Table;

/**
 * Seconds from the moment that a program is started to its first answer 200, by turns: {@code lamplighter station run} on a full
 * mailbox of 2048 slots with its cache and without it, and the least that a server in Java takes.
 */
public final class StartBench implements Bench {
    private static final int SLOTS = 2048;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String what() {
        return "from the start of a station to its first answer";
    }

    @Override
    public int aboutSeconds(boolean quick) {
        return quick ? 30 : 100;
    }

    /** One way to start something, and how long it took each time. */
    private record Way(
            String operation,
            String who,
            String path,
            Map<String, String> environment,
            List<String> command,
            List<Double> seconds,
            List<Double> cpu) {
        Way(String operation, String who, String path, Map<String, String> environment, List<String> command) {
            this(operation, who, path, environment, command, new ArrayList<>(), new ArrayList<>());
        }

        Figure figure() {
            double processor = Spread.of(array(cpu), false).median();
            return new Figure(operation, who, Spread.of(array(seconds), false), Optional.empty())
                    .with(String.format(Locale.ROOT, "%.2f s of processor time", processor));
        }

        private static double[] array(List<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    @Override
    public List<Table> run(Setting setting) throws Exception {
        int rounds = setting.quick() ? 2 : 15;
        Path errors = setting.work().resolve("errors");
        setting.say("rehearsing, for the cache");
        try (Program cache = Program.start(errors, Map.of(), Program.launcher(setting.root(), "cache"))) {
            cache.succeed();
        }
        FilledFolder folder =
                FilledFolder.make(setting.work().resolve("n"), SLOTS, FilledFolder.LONG_EPOCH, List.of(100));
        int port = freePort();
        List<String> station = Program.launcher(
                setting.root(), "station", "run", folder.folder().toString(), "--listen", "127.0.0.1:" + port);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<Way> ways = List.of(
                new Way("with its cache", Figure.OURS, "/v1/head", Map.of(), station),
                new Way("without", Figure.OURS, "/v1/head", Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=off"), station),
                new Way(
                        "one answer",
                        "com.sun.net.httpserver alone",
                        "/",
                        Map.of(),
                        List.of(
                                java,
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LeastServer.class.getName(),
                                Integer.toString(port))));
        for (int round = -1; round < rounds; round++) {
            for (Way way : ways) {
                start(way, port, errors, round >= 0);
            }
        }
        Table table = new Table(
                "start",
                "from the start of the process to its first answer, N = " + SLOTS,
                "s",
                false,
                ways.stream().map(Way::figure).toList(),
                List.of(),
                List.of());
        return List.of(table.goal(
                Goal.atMost("s to the first answer, with its cache", table.median("with its cache", Figure.OURS), 1)));
    }

    private static void start(Way way, int port, Path errors, boolean counts) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try (Program program = Program.start(errors, way.environment(), way.command())) {
            if (!Asking.answers(port, way.path(), program)) {
                throw new IOException("it did not start; see " + errors);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (counts) {
                way.seconds().add(seconds);
                way.cpu().add(program.cpu());
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
