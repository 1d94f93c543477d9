package org.lamplighter.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.wire.MalformedException;

/**
 * Nanoseconds of the operation that a client does for each hint and the station for each slot: decode, multiply by a secret
 * scalar, encode. In one run beside libsodium, if the machine has it, after both agreed on random inputs.
 *
 * <p>Thread CPU time, so that waiting for a core does not count; the clock of the core and its caches still do.
 */
final class RistrettoBench {
    private static final int ROUNDS = 15;
    private static final int OPERATIONS = 2_000;
    private static final int COMPARED = 2_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private RistrettoBench() {}

    /** Prints one line an operation. */
    static void run() throws MalformedException {
        SplittableRandom random = new SplittableRandom(1);
        Scalar scalar = Scalar.fromWideBytes(bytes(random, Scalar.WIDE_BYTES));
        byte[] start = RistrettoElement.fromUniformBytes(bytes(random, RistrettoElement.UNIFORM_BYTES))
                .encode();
        RistrettoElement element = RistrettoElement.decode(start);
        Optional<Libsodium> libsodium = Libsodium.find();
        libsodium.ifPresent(peer -> compare(peer, random));

        measure(
                "decode + multiply + encode",
                start,
                in -> decoded(in).multiply(scalar).encode());
        libsodium.ifPresent(peer -> {
            byte[] encodedScalar = scalar.encode();
            measure("the same, libsodium", start, in -> peer.multiply(encodedScalar, in));
        });
        measure("multiply", element, in -> in.multiply(scalar));
        measure("multiplyBase", element, in -> RistrettoElement.multiplyBase(scalar));
        measure("decode", start, in -> {
            decoded(in);
            return in;
        });
        measure("encode", element, in -> {
            in.encode();
            return in;
        });
        measure("fromUniformBytes", bytes(random, RistrettoElement.UNIFORM_BYTES), in -> {
            RistrettoElement.fromUniformBytes(in);
            return in;
        });
    }

    private static void compare(Libsodium peer, SplittableRandom random) {
        for (int i = 0; i < COMPARED; i++) {
            byte[] uniform = bytes(random, RistrettoElement.UNIFORM_BYTES);
            Scalar scalar = Scalar.fromWideBytes(bytes(random, Scalar.WIDE_BYTES));
            RistrettoElement element = RistrettoElement.fromUniformBytes(uniform);
            byte[] ours = element.multiply(scalar).encode();
            if (!Arrays.equals(element.encode(), peer.fromUniformBytes(uniform))
                    || !Arrays.equals(ours, peer.multiply(scalar.encode(), element.encode()))
                    || !Arrays.equals(
                            RistrettoElement.multiplyBase(scalar).encode(), peer.multiplyBase(scalar.encode()))) {
                throw new AssertionError("libsodium disagrees at comparison " + i);
            }
        }
        System.out.println("libsodium agrees on " + COMPARED + " random elements and scalars");
    }

    /** Each result is the next input, so that no call can be left out or moved. */
    private static <T> void measure(String name, T start, UnaryOperator<T> operation) {
        double[] nanos = new double[ROUNDS];
        T value = start;
        for (int round = -2; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < OPERATIONS; i++) {
                value = operation.apply(value);
            }
            long after = THREADS.getCurrentThreadCpuTime();
            if (round >= 0) {
                nanos[round] = (double) (after - before) / OPERATIONS;
            }
        }
        Arrays.sort(nanos);
        System.out.printf(Locale.ROOT, "%-28s %9.0f ns median %9.0f ns least%n", name, nanos[ROUNDS / 2], nanos[0]);
    }

    private static RistrettoElement decoded(byte[] encoding) {
        try {
            return RistrettoElement.decode(encoding);
        } catch (MalformedException e) {
            throw new AssertionError("our own encoding was refused", e);
        }
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
