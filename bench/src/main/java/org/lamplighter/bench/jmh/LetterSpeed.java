package org.lamplighter.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.lamplighter.bench.crypto.Correspondence;
import org.lamplighter.core.envelope.Envelope;
import org.lamplighter.core.envelope.OpenedEnvelope;
import org.lamplighter.core.envelope.SealedEnvelope;
import org.lamplighter.core.mailbox.Bundle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Envelopes of 8 KiB, and bundles of four. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LetterSpeed {
    private Correspondence letters = new Correspondence();
    private byte[] message = new byte[Envelope.STRUCTURED_BYTES];
    private byte[] envelope = letters.seal(message).envelope();
    private byte[] bundle = letters.compose();

    @Benchmark
    public SealedEnvelope sealEnvelope() {
        return letters.seal(message);
    }

    @Benchmark
    public OpenedEnvelope openEnvelope() {
        return letters.open(envelope);
    }

    @Benchmark
    public byte[] composeBundle() {
        return letters.compose();
    }

    @Benchmark
    public Bundle takeInBundle() {
        return Correspondence.takeIn(bundle);
    }
}
