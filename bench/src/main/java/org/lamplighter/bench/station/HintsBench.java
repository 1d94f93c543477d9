package org.lamplighter.bench.station;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lamplighter.bench.report.Bench;
import org.lamplighter.bench.report.Figure;
import org.lamplighter.bench.report.Goal;
import org.lamplighter.bench.report.Peer;
import org.lamplighter.bench.report.Setting;
import org.lamplighter.bench.report.Spread;
import org.lamplighter.bench.report.Table;

/**
 * Requests a second for the hints of an epoch, at 98 kB and 196 kB, of an empty and of a full mailbox by turns, beside nginx with a
 * file of the same length. {@code wrk} asks, on the same processors as the servers: one thread, sixteen connections that are kept.
 *
 * <p>One station process serves both mailboxes, as epochs of its own; whether their times differ is asked by {@link FillComparison}.
 */
public final class HintsBench implements Bench {
    private static final int CONNECTIONS = 16;
    private static final double GOAL = 10_000;
    private static final int GOAL_SLOTS = 2048;
    private static final List<Integer> FILLS = List.of(0, 100, 100, 0);
    private static final int BYTES_A_SLOT = 48;

    @Override
    public String name() {
        return "hints";
    }

    @Override
    public String what() {
        return "requests for the hints of an epoch";
    }

    @Override
    public int aboutSeconds(boolean quick) {
        return quick ? 70 : 320;
    }

    @Override
    public List<Table> run(Setting setting) throws Exception {
        List<Figure> rates = new ArrayList<>();
        List<Figure> costs = new ArrayList<>();
        List<Goal> goals = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        if (!Peer.isInstalled("nginx")) {
            missing.add("nginx (Debian: nginx-light)");
        }
        if (Peer.isInstalled("wrk")) {
            for (int slots : List.of(2048, 4096)) {
                new Size(setting, slots).measure(rates, costs, goals);
            }
        } else {
            missing.add("wrk, which asks (Debian: wrk)");
        }
        String how = ", wrk with " + CONNECTIONS + " connections on the same processors";
        return List.of(
                new Table("hints", "hints" + how, "requests/s", true, rates, goals, missing),
                new Table(
                        "hints-cost",
                        "processor time of the server" + how,
                        "µs a request",
                        false,
                        costs,
                        List.of(),
                        missing));
    }

    /** Rounds of one server at one thing. */
    private static final class Rounds {
        private final String operation;
        private final String who;
        private final Program program;
        private final String url;
        private final List<Double> rates = new ArrayList<>();
        private final List<Double> micros = new ArrayList<>();
        private final List<Double> p99 = new ArrayList<>();

        Rounds(String operation, String who, Program program, String url) {
            this.operation = operation;
            this.who = who;
            this.program = program;
            this.url = url;
        }

        void round(int seconds) throws IOException, InterruptedException {
            double before = program.cpu();
            Wrk seen = Wrk.run(url, CONNECTIONS, seconds);
            rates.add(seen.rate());
            micros.add((program.cpu() - before) * 1e6 / seen.requests());
            p99.add(seen.p99());
        }

        Figure rate() {
            double median = Spread.of(array(p99), false).median();
            return new Figure(operation, who, Spread.of(array(rates), true), Optional.empty())
                    .with(String.format(Locale.ROOT, "99 of 100 within %.1f ms", median));
        }

        Figure cost() {
            return new Figure(operation, who, Spread.of(array(micros), false), Optional.empty());
        }

        private static double[] array(List<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** All measurements at one number of slots. */
    private static final class Size {
        private final Setting setting;
        private final int slots;
        private final String label;

        Size(Setting setting, int slots) {
            this.setting = setting;
            this.slots = slots;
            this.label = "N = " + slots + ", " + slots * BYTES_A_SLOT / 1000 + " kB";
        }

        void measure(List<Figure> rates, List<Figure> costs, List<Goal> goals) throws Exception {
            setting.say("making a mailbox, " + label);
            Path base = setting.work().resolve("n" + slots);
            FilledFolder folder = FilledFolder.make(base, slots, FilledFolder.LONG_EPOCH, FILLS);
            try (Program.Station station =
                            Program.station(setting.root(), setting.work().resolve("errors"), folder.folder());
                    Peers peers = new Peers(setting.work().resolve("nginx" + slots), slots * BYTES_A_SLOT)) {
                List<Rounds> all = new ArrayList<>();
                all.add(rounds("empty", station, folder.epochs().get(3)));
                all.add(rounds("full", station, folder.epochs().get(2)));
                peers.nginx.ifPresent(nginx -> all.add(new Rounds(label, Nginx.NAME, nginx.program(), nginx.url())));
                measure(all);
                for (Rounds each : all) {
                    rates.add(each.rate());
                    costs.add(each.cost());
                    if (slots == GOAL_SLOTS && each.who.equals(Figure.OURS)) {
                        goals.add(Goal.atLeast(
                                "requests/s, " + each.operation,
                                each.rate().spread().median(),
                                GOAL));
                    }
                }
            }
            goals.add(new FillComparison(setting, folder, FILLS).run(label));
        }

        private Rounds rounds(String fill, Program.Station station, long epoch) {
            String url = "http://127.0.0.1:" + station.port() + FillComparison.path(epoch);
            return new Rounds(label + ", " + fill, Figure.OURS, station.program(), url);
        }

        private void measure(List<Rounds> all) throws IOException, InterruptedException {
            int count = setting.quick() ? 2 : 8;
            int seconds = setting.quick() ? 1 : 3;
            setting.say("asking, " + label);
            Wrk.run(all.getFirst().url, CONNECTIONS, setting.quick() ? 3 : 8); // until what is hot is compiled
            for (int round = 0; round < count; round++) {
                for (int i = 0; i < all.size(); i++) {
                    all.get((round + i) % all.size()).round(seconds);
                }
            }
        }
    }

    /** nginx, where the machine has it. */
    private static final class Peers implements AutoCloseable {
        private final Optional<Nginx> nginx;

        Peers(Path folder, int bytes) throws IOException, InterruptedException {
            nginx = Peer.isInstalled("nginx") ? Optional.of(Nginx.start(folder, bytes)) : Optional.empty();
        }

        @Override
        public void close() {
            if (nginx.isPresent()) {
                nginx.get().close();
            }
        }
    }
}
