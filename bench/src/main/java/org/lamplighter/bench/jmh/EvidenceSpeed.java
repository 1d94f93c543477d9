package org.lamplighter.bench.jmh;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.lamplighter.core.evidence.ChunkTree;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.evidence.stream.SegmentCipher;
import org.lamplighter.core.wire.Digest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One segment of 64 KiB, of the 64 of a chunk. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EvidenceSpeed {
    private static final int SEGMENTS = SizeClass.SEGMENTS_PER_CHUNK;
    private static final int PLAIN = SizeClass.SEGMENT_BYTES;
    private static final int SEALED = SizeClass.SEALED_SEGMENT_BYTES;

    private SecureRandom random = new SecureRandom();
    private PartKey key = PartKey.generate(random);
    private byte[] plain = new byte[SEGMENTS * PLAIN];
    private byte[] sealed = sealWith(key, new byte[SEGMENTS * SEALED]);
    private byte[] out = new byte[SEGMENTS * SEALED];
    private byte[] opened = new byte[SEGMENTS * PLAIN];

    @Benchmark
    @OperationsPerInvocation(SEGMENTS)
    public byte[] sealSegment() {
        try (PartKey fresh = PartKey.generate(random)) {
            return sealWith(fresh, out);
        }
    }

    @Benchmark
    @OperationsPerInvocation(SEGMENTS)
    public byte[] openSegment() {
        SegmentCipher cipher = SegmentCipher.opening(key, SEGMENTS);
        for (int segment = 0; segment < SEGMENTS; segment++) {
            if (!cipher.open(sealed, segment * SEALED, opened, segment * PLAIN)) {
                throw new AssertionError("a segment of our own does not open");
            }
        }
        return opened;
    }

    @Benchmark
    @OperationsPerInvocation(SEGMENTS)
    public Digest hashPieceOfChunkTree() {
        ChunkTree tree = ChunkTree.start();
        tree.update(plain, 0, plain.length);
        return tree.root();
    }

    private byte[] sealWith(PartKey part, byte[] to) {
        SegmentCipher cipher = SegmentCipher.sealing(part, SEGMENTS);
        for (int segment = 0; segment < SEGMENTS; segment++) {
            cipher.seal(plain, segment * PLAIN, to, segment * SEALED);
        }
        return to;
    }
}
