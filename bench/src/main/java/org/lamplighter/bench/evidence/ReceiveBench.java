package org.lamplighter.bench.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.lamplighter.bench.evidence.Program.Spent;
import org.lamplighter.bench.report.Bench;
import org.lamplighter.bench.report.Figure;
import org.lamplighter.bench.report.Setting;
import org.lamplighter.bench.report.Spread;
import org.lamplighter.bench.report.Table;

/**
 * Megabytes a second of what a journalist's commands do with a file that a source has handed over: {@code read} downloads,
 * checks and keeps its chunks, {@code export} opens them and writes the file, forced to disk. From the time of each command the
 * time of one that has nothing to move is taken away: {@code read} without news, and {@code status}.
 */
public final class ReceiveBench implements Bench {
    private static final String COLLECT = "journalist read: download, check, keep";
    private static final String EXPORT = "journalist export: open, check, write";

    @Override
    public String name() {
        return "receive";
    }

    @Override
    public String what() {
        return "1 GiB from a station to a journalist's folder";
    }

    @Override
    public int aboutSeconds(boolean quick) {
        return quick ? 60 : 180;
    }

    @Override
    public List<Table> run(Setting setting) throws IOException, InterruptedException {
        long size = setting.quick() ? 64L << 20 : 1L << 30;
        int rounds = setting.quick() ? 1 : 3;
        Path file = UploadBench.write(setting.work().resolve("file"), size);
        setting.say("a newsroom, a station and a journalist");
        Series collect = new Series(size, rounds);
        Series export = new Series(size, rounds);
        try (Town town = Town.in(Files.createDirectory(setting.work().resolve("town")))) {
            for (int round = 0; round < rounds; round++) {
                setting.say("round " + (round + 1) + " of " + rounds);
                town.send(file);
                Spent read = town.read();
                String handle = town.handle(read.printed());
                collect.add(round, read, town.read());
                Path out = setting.work().resolve("out-" + round);
                export.add(round, town.export(handle, out), town.status());
                requireSame(file, out.resolve("file"));
            }
        }
        return List.of(new Table(
                "receive",
                String.format(Locale.ROOT, "a file of %d MiB from a station to a journalist's folder", size >> 20),
                "MB/s",
                true,
                List.of(
                        collect.figure(COLLECT),
                        export.figure(EXPORT),
                        UploadBench.copy(CopyPeer.CP, file, rounds),
                        UploadBench.copy(CopyPeer.DD_EACH, file, rounds)),
                List.of(),
                List.of()));
    }

    private static void requireSame(Path file, Path exported) throws IOException {
        if (Files.mismatch(file, exported) != -1) {
            throw new IOException("what was exported is not what was sent");
        }
    }

    /** Rounds of one command. */
    private static final class Series {
        private final long size;
        private final double[] rates;
        private double processor;
        private long peak;

        Series(long size, int rounds) {
            this.size = size;
            this.rates = new double[rounds];
        }

        void add(int round, Spent whole, Spent idle) {
            rates[round] = size / 1e6 / (whole.seconds() - idle.seconds());
            processor += whole.processor() - idle.processor();
            peak = Math.max(peak, whole.peakMegabytes());
        }

        Figure figure(String operation) {
            return Figure.ours(operation, Spread.of(rates, true))
                    .with(String.format(
                            Locale.ROOT,
                            "processor %.1f s a GiB, %d MB",
                            processor / rates.length * (1L << 30) / size,
                            peak));
        }
    }
}
