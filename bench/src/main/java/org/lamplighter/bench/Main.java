package org.lamplighter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lamplighter.bench.crypto.MailboxBench;
import org.lamplighter.bench.crypto.RistrettoBench;
import org.lamplighter.bench.evidence.ReceiveBench;
import org.lamplighter.bench.evidence.SealBench;
import org.lamplighter.bench.evidence.UploadBench;
import org.lamplighter.bench.jmh.JmhBench;
import org.lamplighter.bench.report.Bench;
import org.lamplighter.bench.report.Machine;
import org.lamplighter.bench.report.Report;
import org.lamplighter.bench.report.Setting;
import org.lamplighter.bench.report.Table;
import org.lamplighter.bench.station.HintsBench;
import org.lamplighter.bench.station.RssBench;
import org.lamplighter.bench.station.StartBench;

/** {@code lamplighter bench}: each measure of the design beside its peers, in one run. */
public final class Main {
    private static final List<Bench> BENCHES = List.of(
            new RistrettoBench(),
            new MailboxBench(),
            new SealBench(),
            new UploadBench(),
            new ReceiveBench(),
            new HintsBench(),
            new RssBench(),
            new StartBench(),
            new JmhBench());

    private final Path root = Path.of(System.getProperty("lamplighter.root", "."));
    private final List<Bench> chosen = new ArrayList<>();
    private boolean quick;
    private Path out = root.resolve("bench/target/report");

    private Main() {}

    public static void main(String[] args) throws Exception {
        Main main = new Main();
        try {
            if (!main.parse(List.of(args))) {
                usage();
                return;
            }
        } catch (IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            System.err.println("hint: lamplighter bench --help names them all");
            System.exit(2);
        }
        main.run();
    }

    private static void usage() {
        System.out.println("usage: lamplighter bench [NAME...] [--quick] [--out DIR]");
        System.out.println();
        System.out.println(
                "Measures what the design promises, beside its peers, and writes bench.json, bench.md and a picture each.");
        System.out.println();
        for (Bench bench : BENCHES) {
            System.out.printf("  %-12s %s; about %d s%n", bench.name(), bench.what(), bench.aboutSeconds(false));
        }
        System.out.println();
        System.out.println("  --quick      fewer rounds and smaller inputs, to see that everything works");
        System.out.println("  --out DIR    where to; bench/target/report");
    }

    /** False when help was asked for. */
    private boolean parse(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "-h", "--help" -> {
                    return false;
                }
                case "--quick" -> quick = true;
                case "--out" -> {
                    i++;
                    if (i == words.size()) {
                        throw new IllegalArgumentException("--out wants a folder");
                    }
                    out = Path.of(words.get(i));
                }
                default ->
                    chosen.add(
                            named(word).orElseThrow(() -> new IllegalArgumentException("no bench is called " + word)));
            }
        }
        if (chosen.isEmpty()) {
            chosen.addAll(BENCHES);
        }
        return true;
    }

    private static Optional<Bench> named(String name) {
        return BENCHES.stream().filter(bench -> bench.name().equals(name)).findFirst();
    }

    private void run() throws Exception {
        Machine machine = Machine.here(root);
        System.err.println(machine.line());
        if (machine.load() > machine.cores() / 2.0) {
            System.err.println("warning: the machine is busy; times will be too long");
        }
        List<Table> tables = new ArrayList<>();
        int left = chosen.stream().mapToInt(bench -> bench.aboutSeconds(quick)).sum();
        for (Bench bench : chosen) {
            System.err.printf("%s: %s; about %d s left%n", bench.name(), bench.what(), left);
            Path work = Files.createDirectories(root.resolve("bench/target/work-" + bench.name()));
            try {
                tables.addAll(bench.run(new Setting(root, work, quick)));
            } finally {
                delete(work);
            }
            left -= bench.aboutSeconds(quick);
        }
        Report report = new Report(machine, quick, tables);
        System.out.print(report.markdown());
        report.write(out);
        System.err.println("written: " + out.toAbsolutePath().normalize());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
