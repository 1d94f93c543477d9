package org.lamplighter.bench.jmh;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.wire.MalformedException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** ristretto255. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GroupSpeed {
    private Scalar scalar = Scalar.random(new SecureRandom());
    private RistrettoElement element = RistrettoElement.multiplyBase(Scalar.random(new SecureRandom()));
    private byte[] encoding = element.encode();

    @Benchmark
    public byte[] decodeMultiplyEncode() throws MalformedException {
        return RistrettoElement.decode(encoding).multiply(scalar).encode();
    }

    @Benchmark
    public RistrettoElement decode() throws MalformedException {
        return RistrettoElement.decode(encoding);
    }

    @Benchmark
    public RistrettoElement multiply() {
        return element.multiply(scalar);
    }

    @Benchmark
    public byte[] encode() {
        return element.encode();
    }

    @Benchmark
    public RistrettoElement multiplyBase() {
        return RistrettoElement.multiplyBase(scalar);
    }
}
