package org.lamplighter.bench.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.lamplighter.bench.evidence.Program.Spent;
import org.lamplighter.bench.report.Bench;
import org.lamplighter.bench.report.Figure;
import org.lamplighter.bench.report.Goal;
import org.lamplighter.bench.report.Setting;
import org.lamplighter.bench.report.Spread;
import org.lamplighter.bench.report.Table;

/**
 * Megabytes a second of a file on its way over loopback into a station, each chunk forced to disk before its receipt; a client
 * and a station, each a process of its own. Beside programs that copy the same file on the same disk, and force it.
 *
 * <p>Wall-clock time, as the disk is waited for; processor time of both processes stands beside it, as they share the cores.
 */
public final class UploadBench implements Bench {
    private static final String SEALED = "sealed chunks into the station";
    private static final String SEALING = "sealing and sending";
    private static final String COPY = "copy on the same disk";
    private static final double GIB = 1L << 30;
    private static final double GOAL = 0.6;
    /** What a heap may grow by while it fills up to its ceiling for the first time. */
    private static final double FLAT_MEGABYTES = 64;

    @Override
    public String name() {
        return "upload";
    }

    @Override
    public String what() {
        return "1 GiB into a station, forced to disk, beside cp + sync";
    }

    @Override
    public int aboutSeconds(boolean quick) {
        return quick ? 30 : 120;
    }

    @Override
    public List<Table> run(Setting setting) throws IOException, InterruptedException {
        long size = setting.quick() ? 64L << 20 : 1L << 30;
        int rounds = setting.quick() ? 1 : 3;
        Path file = write(setting.work().resolve("file"), size);
        setting.say("a newsroom, a station and a journalist");
        try (Town town = Town.in(Files.createDirectory(setting.work().resolve("town")))) {
            upload(town, "sealed", write(setting.work().resolve("first"), 256L << 20));
            long before = town.station().peakMegabytes();
            List<Figure> figures = new ArrayList<>();
            figures.add(measure(town, SEALED, "sealed", file, rounds));
            figures.add(measure(town, SEALING, "seal", file, rounds));
            long grown = town.station().peakMegabytes() - before;
            for (CopyPeer peer : CopyPeer.values()) {
                figures.add(copy(peer, file, rounds));
            }
            return List.of(table(figures, size, town.station().peakMegabytes(), grown));
        }
    }

    private static Table table(List<Figure> figures, long size, long peak, long grown) {
        String title = String.format(
                Locale.ROOT,
                "a file of %d MiB into a station on this machine, forced to disk; the station held %d MB at most",
                size >> 20,
                peak);
        Table table = new Table("upload", title, "MB/s", true, figures, List.of(), List.of());
        double cp = table.median(COPY, CopyPeer.CP.title());
        return table.goal(Goal.atLeast(
                        SEALED + ", of what cp + sync gives", table.median(SEALED, Figure.OURS) / cp, GOAL))
                .goal(Goal.atMost("MB by which the station grew meanwhile", (double) grown, FLAT_MEGABYTES));
    }

    private static Figure measure(Town town, String operation, String how, Path file, int rounds)
            throws IOException, InterruptedException {
        double[] rates = new double[rounds];
        double ours = 0;
        double stations = 0;
        long peak = 0;
        for (int round = 0; round < rounds; round++) {
            double before = town.station().processor();
            Spent spent = upload(town, how, file);
            rates[round] =
                    Files.size(file) / 1e6 / Double.parseDouble(spent.printed().strip());
            stations += town.station().processor() - before;
            ours += spent.processor();
            peak = Math.max(peak, spent.peakMegabytes());
        }
        double gib = rounds * Files.size(file) / GIB;
        return Figure.ours(operation, Spread.of(rates, true))
                .with(String.format(
                        Locale.ROOT,
                        "processor a GiB: client %.1f s (with its start), station %.1f s; client %d MB",
                        ours / gib,
                        stations / gib,
                        peak));
    }

    private static Spent upload(Town town, String how, Path file) throws IOException, InterruptedException {
        List<String> arguments = List.of(how, town.url(), town.newsroomKey().toString(), file.toString());
        try (Program program =
                Program.java(town.at("output-of-client"), List.of(), Uploading.class.getName(), arguments)) {
            return program.end();
        }
    }

    /** Also for other benches: a peer's copy. */
    static Figure copy(CopyPeer peer, Path file, int rounds) throws IOException, InterruptedException {
        double[] rates = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            Spent spent = peer.run(file, file.resolveSibling("copy"));
            rates[round] = Files.size(file) / 1e6 / spent.seconds();
        }
        return Figure.peer(COPY, peer.title(), Spread.of(rates, true));
    }

    /** A file that does not compress, in the cache of the system when this returns. */
    static Path write(Path file, long size) throws IOException {
        SplittableRandom random = new SplittableRandom(size);
        byte[] piece = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; left -= piece.length) {
                random.nextBytes(piece);
                out.write(piece, 0, (int) Math.min(piece.length, left));
            }
        }
        return file;
    }
}
