package org.lamplighter.bench.station;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.lamplighter.bench.report.Goal;
import org.lamplighter.bench.report.Setting;
import org.lamplighter.testkit.statistics.Welch;

/**
 * Whether the time of an answer with hints tells how full the mailbox is. A station serves two empty and two full epochs; one
 * request after the other asks for one of them at random. Where an epoch's bytes happen to lie in memory moves its times by some
 * thousandths, for as long as that station runs and whatever is in them, so what is compared is one mean an epoch and start, of its
 * faster nine tenths, less the mean of all four: a single start would take the place for the fill.
 */
final class FillComparison {
    private final Setting setting;
    private final FilledFolder folder;
    private final List<Integer> fills;
    private final List<Double> empty = new ArrayList<>();
    private final List<Double> full = new ArrayList<>();
    private final Welch welch = new Welch();

    FillComparison(Setting setting, FilledFolder folder, List<Integer> fills) {
        this.setting = setting;
        this.folder = folder;
        this.fills = fills;
    }

    Goal run(String label) throws IOException {
        int starts = setting.quick() ? 2 : 12;
        Path errors = setting.work().resolve("errors");
        for (int start = 0; start < starts; start++) {
            setting.say("comparing times, " + label + ", start " + (start + 1) + " of " + starts);
            try (Program.Station station = Program.station(setting.root(), errors, folder.folder());
                    Asking asking = new Asking(station.port())) {
                addStart(asking, new SplittableRandom(start));
            }
        }
        String what = String.format(
                Locale.ROOT,
                "Welch's t of the times of empty and full, %s, %d starts of 4 epochs, means %.2f and %.2f µs",
                label,
                starts,
                mean(empty),
                mean(full));
        return Goal.atMost(what, welch.t(), Welch.LIMIT);
    }

    private void addStart(Asking asking, SplittableRandom order) throws IOException {
        int samples = setting.quick() ? 4_000 : 16_000;
        double[][] micros = new double[fills.size()][samples];
        int[] counts = new int[fills.size()];
        for (int i = -samples / 4; i < samples; i++) {
            int which = order.nextInt(fills.size());
            long before = System.nanoTime();
            int status = asking.ask("GET", path(folder.epochs().get(which)), new byte[0]);
            long took = System.nanoTime() - before;
            if (status != 200) {
                throw new IOException("hints were answered " + status);
            }
            if (i >= 0) {
                micros[which][counts[which]++] = took / 1e3;
            }
        }
        double[] means = new double[fills.size()];
        for (int which = 0; which < means.length; which++) {
            means[which] = fasterMean(Arrays.copyOf(micros[which], counts[which]));
        }
        double all = Arrays.stream(means).average().orElseThrow();
        for (int which = 0; which < means.length; which++) {
            boolean isEmpty = fills.get(which) == 0;
            (isEmpty ? empty : full).add(means[which]);
            welch.add(isEmpty, means[which] - all);
        }
    }

    static String path(long epoch) {
        return "/v1/epochs/" + epoch + "/hints";
    }

    private static double fasterMean(double[] times) {
        Arrays.sort(times);
        return Arrays.stream(times, 0, times.length * 9 / 10).average().orElseThrow();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
