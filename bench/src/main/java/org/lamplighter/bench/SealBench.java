package org.lamplighter.bench;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.evidence.seal.FileChangedException;
import org.lamplighter.core.evidence.seal.Sealer;
import org.lamplighter.core.evidence.stream.SegmentCipher;

/**
 * Megabytes a second of sealing a file of 256 MiB that is in memory: the encryption alone, then with chunk tree and SHA-256 as
 * a source does it, in one thread and with one more for hashing. In one run beside {@code age} and {@code openssl dgst}, if the
 * machine has them, fed with the same bytes through a pipe.
 *
 * <p>Wall-clock time, as two threads are the point of one of the lines; a busy machine shows in the spread, and in the processor
 * time beside it, which counts both threads, and for a peer the peer and its feeding.
 */
final class SealBench {
    private static final int ROUNDS = 7;
    private static final long SIZE = SizeClass.MIB_256.bytes();
    private static final int BLOCK = SizeClass.MIB_4.bytes();

    private SealBench() {}

    /** One pass over the whole file. */
    @FunctionalInterface
    private interface Pass {
        void run() throws IOException, FileChangedException, InterruptedException;
    }

    /** Prints one line a measurement. */
    static void run() throws IOException, FileChangedException, InterruptedException {
        byte[] block = new byte[BLOCK];
        new SplittableRandom(1).nextBytes(block);
        SecureRandom random = new SecureRandom();
        measure("encryption alone", () -> encrypt(block, random));
        measure("sealing, one thread", () -> seal(Sealer.of(random), block));
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Sealer sealer = Sealer.of(random, executor);
            measure("sealing, a second thread for SHA-256", () -> seal(sealer, block));
        }
        for (Peer peer : Peer.present()) {
            measure(peer.name(), () -> peer.run(block, SIZE / BLOCK));
        }
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

    private static void measure(String name, Pass pass) throws IOException, FileChangedException, InterruptedException {
        double[] rates = new double[ROUNDS];
        double cpu = 0;
        for (int round = -2; round < ROUNDS; round++) {
            double cpuStart = CpuTime.seconds();
            long start = System.nanoTime();
            pass.run();
            double seconds = (System.nanoTime() - start) / 1e9;
            if (round >= 0) {
                rates[round] = SIZE / 1e6 / seconds;
                cpu += CpuTime.seconds() - cpuStart;
            }
        }
        Arrays.sort(rates);
        System.out.println(String.format(
                Locale.ROOT,
                "%-38s %5.0f MB/s median, %5.0f best, %5.0f worst, processor %.2f s/GiB",
                name,
                rates[ROUNDS / 2],
                rates[ROUNDS - 1],
                rates[0],
                cpu / ROUNDS * (1L << 30) / SIZE));
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
