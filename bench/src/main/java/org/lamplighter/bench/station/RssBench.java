package org.lamplighter.bench.station;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.lamplighter.bench.report.Bench;
import org.lamplighter.bench.report.Figure;
import org.lamplighter.bench.report.Goal;
import org.lamplighter.bench.report.Peer;
import org.lamplighter.bench.report.Setting;
import org.lamplighter.bench.report.Spread;
import org.lamplighter.bench.report.Table;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.Decoys;
import org.lamplighter.core.wire.Digest;

/**
 * The memory of a station with a full mailbox of 4096 slots, as Linux counts it (RSS): after its start, at most while {@code wrk} asks
 * for hints, and at most while it turns an epoch every ten seconds under everything at once: hints, bodies, bundles, evidence.
 */
public final class RssBench implements Bench {
    private static final int SLOTS = 4096;
    private static final int EPOCH_SECONDS = 10;
    private static final int CONNECTIONS = 64;
    private static final int ENVELOPES = 3;
    private static final double GOAL_MEBIBYTES = 300;

    private volatile boolean over;

    @Override
    public String name() {
        return "rss";
    }

    @Override
    public String what() {
        return "memory of a station under load";
    }

    @Override
    public int aboutSeconds(boolean quick) {
        return quick ? 40 : 110;
    }

    @Override
    public List<Table> run(Setting setting) throws Exception {
        List<Figure> figures = new ArrayList<>();
        List<Goal> goals = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        if (Peer.isInstalled("wrk")) {
            measure(setting, figures, goals);
        } else {
            missing.add("wrk, which asks (Debian: wrk)");
        }
        return List.of(new Table(
                "rss", "memory of a station, N = " + SLOTS + ", full", "MiB", false, figures, goals, missing));
    }

    private void measure(Setting setting, List<Figure> figures, List<Goal> goals) throws Exception {
        int seconds = setting.quick() ? 10 : 40;
        setting.say("making a mailbox");
        FilledFolder folder = FilledFolder.make(setting.work().resolve("n"), SLOTS, EPOCH_SECONDS, List.of(100));
        try (Program.Station station =
                Program.station(setting.root(), setting.work().resolve("errors"), folder.folder())) {
            Program program = station.program();
            String path = hints(station.port());
            String url = "http://127.0.0.1:" + station.port() + path;
            add(figures, "after its start", program.mebibytes("VmRSS"));
            setting.say("asking for hints");
            Wrk.run(url, CONNECTIONS, seconds / 2);
            add(figures, "at most, hints asked for", program.mebibytes("VmHWM"));
            setting.say("everything at once");
            try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Callable<Void>> all = new ArrayList<>();
                IntStream.range(0, 32).forEach(i -> all.add(() -> bundles(station.port())));
                IntStream.range(0, 8).forEach(i -> all.add(() -> evidence(station.port())));
                IntStream.range(0, 16).forEach(i -> all.add(() -> bodies(station.port())));
                List<Future<Void>> ends = all.stream().map(senders::submit).toList();
                try {
                    Wrk.run("http://127.0.0.1:" + station.port() + hints(station.port()), CONNECTIONS, seconds);
                } finally {
                    over = true;
                }
                for (Future<Void> end : ends) {
                    end.get();
                }
            }
            double most = program.mebibytes("VmHWM");
            add(figures, "at most, everything at once", most);
            goals.add(Goal.atMost("MiB, everything at once", most, GOAL_MEBIBYTES));
        }
    }

    private static void add(List<Figure> figures, String operation, double mebibytes) {
        figures.add(Figure.ours(operation, Spread.single(mebibytes)));
    }

    /** Bundles unlike any other, without a pause. */
    private Void bundles(int port) throws IOException {
        SecureRandom random = new SecureRandom();
        try (Asking asking = new Asking(port)) {
            while (!over) {
                byte[] bundle = Bundle.of(
                                IntStream.range(0, ENVELOPES)
                                        .mapToObj(i -> Decoys.generate(random))
                                        .toList(),
                                Digest.copyOf(bytes(random, Digest.LENGTH)),
                                bytes(random, Bundle.TOKEN_LENGTH))
                        .encode();
                require(202, asking.ask("POST", "/v1/bundles", bundle));
            }
        }
        return null;
    }

    /** Large chunks, one a second. */
    private Void evidence(int port) throws IOException, InterruptedException {
        SecureRandom random = new SecureRandom();
        byte[] chunk = bytes(random, SizeClass.MAX_CHUNK_BYTES);
        try (Asking asking = new Asking(port)) {
            while (!over) {
                String id = HexFormat.of().formatHex(bytes(random, 16));
                require(200, asking.ask("PUT", "/v1/chunks/" + id, chunk));
                Thread.sleep(1000);
            }
        }
        return null;
    }

    /** All bodies of one epoch after the other. */
    private Void bodies(int port) throws IOException {
        try (Asking asking = new Asking(port)) {
            while (!over) {
                String epoch = epoch(asking);
                for (int i = 0; i < EpochLayout.BODY_FILES && !over; i++) {
                    require(200, asking.ask("GET", "/v1/epochs/" + epoch + "/" + EpochLayout.bodyFile(i), new byte[0]));
                }
            }
        }
        return null;
    }

    /** Where the hints of the current epoch are; they are served for a minute after it. */
    private static String hints(int port) throws IOException {
        try (Asking asking = new Asking(port)) {
            return "/v1/epochs/" + epoch(asking) + "/" + EpochLayout.HINTS;
        }
    }

    private static String epoch(Asking asking) throws IOException {
        return asking.text("/v1/head")
                .lines()
                .filter(line -> line.startsWith("epoch "))
                .map(line -> line.substring("epoch ".length()))
                .findFirst()
                .orElseThrow(() -> new IOException("no epoch in the head"));
    }

    private static void require(int status, int seen) throws IOException {
        if (seen != status) {
            throw new IOException("answered " + seen + " and not " + status);
        }
    }

    private static byte[] bytes(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
