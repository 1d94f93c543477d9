package org.lamplighter.bench.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.lamplighter.bench.report.Bench;
import org.lamplighter.bench.report.CpuTime;
import org.lamplighter.bench.report.Figure;
import org.lamplighter.bench.report.Goal;
import org.lamplighter.bench.report.Peer;
import org.lamplighter.bench.report.Setting;
import org.lamplighter.bench.report.Spread;
import org.lamplighter.bench.report.Table;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.evidence.seal.FileChangedException;
import org.lamplighter.core.evidence.seal.Sealer;
import org.lamplighter.core.evidence.stream.SegmentCipher;

/**
 * Megabytes a second of sealing a file of 256 MiB that is in memory: the encryption alone, then with chunk tree and SHA-256 as
 * a source does it, in one thread and with one more for hashing. In one run beside {@code age} and {@code openssl dgst}, fed
 * with the same bytes through a pipe.
 *
 * <p>Wall-clock time, as two threads are the point of one of the lines; a busy machine shows in the spread, and in the processor
 * time beside it, which counts both threads, and for a peer the peer and its feeding.
 */
public final class SealBench implements Bench {
    private static final long SIZE = SizeClass.MIB_256.bytes();
    private static final int BLOCK = SizeClass.MIB_4.bytes();
    private static final String ENCRYPT = "encryption alone";
    private static final String SEAL = "sealing, a second thread for SHA-256";
    private static final String AGE = "age";
    private static final String OPENSSL = "openssl dgst -sha256";

    /** One pass over the whole file. */
    @FunctionalInterface
    private interface Pass {
        void run() throws IOException, FileChangedException, InterruptedException;
    }

    @Override
    public String name() {
        return "seal";
    }

    @Override
    public String what() {
        return "sealing evidence";
    }

    @Override
    public int aboutSeconds(boolean quick) {
        return quick ? 8 : 25;
    }

    @Override
    public List<Table> run(Setting setting) throws IOException, FileChangedException, InterruptedException {
        int rounds = setting.quick() ? 2 : 7;
        byte[] block = new byte[BLOCK];
        new SplittableRandom(1).nextBytes(block);
        SecureRandom random = new SecureRandom();
        List<Figure> figures = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        figures.add(measure(ENCRYPT, Figure.OURS, rounds, () -> encrypt(block, random)));
        figures.add(measure("sealing, one thread", Figure.OURS, rounds, () -> seal(Sealer.of(random), block)));
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Sealer sealer = Sealer.of(random, executor);
            figures.add(measure(SEAL, Figure.OURS, rounds, () -> seal(sealer, block)));
        }
        Optional<Peer> age = Age.find();
        if (age.isPresent()) {
            figures.add(measure("encryption", AGE, rounds, () -> age.get().run(block, SIZE / BLOCK)));
        } else {
            missing.add("age (Debian: age)");
        }
        if (Peer.isInstalled("openssl")) {
            Peer openssl = new Peer(OPENSSL, List.of("openssl", "dgst", "-sha256"));
            figures.add(measure("SHA-256", OPENSSL, rounds, () -> openssl.run(block, SIZE / BLOCK)));
        } else {
            missing.add("openssl (Debian: openssl)");
        }
        Table table = new Table("seal", "sealing 256 MiB, in memory", "MB/s", true, figures, List.of(), missing);
        return List.of(goals(table));
    }

    private static Table goals(Table table) {
        if (!table.has("encryption", AGE)) {
            return table;
        }
        double age = table.median("encryption", AGE);
        Table out =
                table.goal(Goal.atLeast("times age, encryption alone", table.median(ENCRYPT, Figure.OURS) / age, 1.5));
        if (!table.has("SHA-256", OPENSSL)) {
            return out;
        }
        double both = 1 / (1 / age + 1 / table.median("SHA-256", OPENSSL));
        return out.goal(Goal.atLeast(
                "times age and openssl one after the other, sealing with all hashes",
                table.median(SEAL, Figure.OURS) / both,
                1));
    }

    private static void encrypt(byte[] block, SecureRandom random) {
        byte[] sealed = new byte[SizeClass.MAX_CHUNK_BYTES];
        try (PartKey key = PartKey.generate(random)) {
            SegmentCipher cipher = SegmentCipher.sealing(key, SizeClass.MIB_256.segments());
            for (int segment = 0; segment < SizeClass.MIB_256.segments(); segment++) {
                int place = segment % SizeClass.SEGMENTS_PER_CHUNK;
                cipher.seal(block, place * SizeClass.SEGMENT_BYTES, sealed, place * SizeClass.SEALED_SEGMENT_BYTES);
            }
        }
    }

    private static void seal(Sealer sealer, byte[] block) throws IOException, FileChangedException {
        sealer.seal("file", "", SIZE, new Repeated(block), SealBench::drop);
    }

    private static void drop(SealedChunk chunk) {
        if (chunk.length() != SizeClass.MAX_CHUNK_BYTES) {
            throw new AssertionError("a chunk of another length");
        }
    }

    private static Figure measure(String operation, String who, int rounds, Pass pass)
            throws IOException, FileChangedException, InterruptedException {
        double[] rates = new double[rounds];
        double cpu = 0;
        for (int round = -2; round < rounds; round++) {
            double cpuStart = CpuTime.seconds();
            long start = System.nanoTime();
            pass.run();
            double seconds = (System.nanoTime() - start) / 1e9;
            if (round >= 0) {
                rates[round] = SIZE / 1e6 / seconds;
                cpu += CpuTime.seconds() - cpuStart;
            }
        }
        String beside = String.format(Locale.ROOT, "processor %.2f s/GiB", cpu / rounds * (1L << 30) / SIZE);
        return Figure.peer(operation, who, Spread.of(rates, true)).with(beside);
    }

    /** A file of {@link #SIZE} bytes that is one block over and over. */
    private static final class Repeated extends InputStream {
        private final byte[] block;
        private long at;

        Repeated(byte[] block) {
            this.block = block;
        }

        @Override
        public int read() {
            return at == SIZE ? -1 : block[(int) (at++ % block.length)] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (at == SIZE) {
                return -1;
            }
            int from = (int) (at % block.length);
            int count = (int) Math.min(Math.min(length, block.length - from), SIZE - at);
            System.arraycopy(block, from, buffer, offset, count);
            at += count;
            return count;
        }
    }
}
