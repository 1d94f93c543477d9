package org.lamplighter.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    static void run(Path root) throws MalformedException, IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(1);
        Scalar scalar = Scalar.fromWideBytes(bytes(random, Scalar.WIDE_BYTES));
        byte[] start = RistrettoElement.fromUniformBytes(bytes(random, RistrettoElement.UNIFORM_BYTES))
                .encode();
        RistrettoElement element = RistrettoElement.decode(start);
        Optional<Libsodium> libsodium = Libsodium.find();
        libsodium.ifPresent(peer -> compare(peer, random));
        Optional<Dalek> dalek = Dalek.build(root);
        Map<String, Dalek.Nanos> peers = new LinkedHashMap<>();
        if (dalek.isPresent()) {
            compare(dalek.get(), random);
            peers.putAll(dalek.get().bench(ROUNDS, OPERATIONS));
        }

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
        peers.forEach((name, nanos) -> print("curve25519-dalek, " + name, nanos.median(), nanos.least()));
    }

    private static void compare(Dalek peer, SplittableRandom random)
            throws MalformedException, IOException, InterruptedException {
        List<byte[]> scalars = new ArrayList<>();
        List<byte[]> elements = new ArrayList<>();
        List<byte[]> ours = new ArrayList<>();
        for (int i = 0; i < COMPARED; i++) {
            Scalar scalar = Scalar.fromWideBytes(bytes(random, Scalar.WIDE_BYTES));
            RistrettoElement element = RistrettoElement.fromUniformBytes(bytes(random, RistrettoElement.UNIFORM_BYTES));
            scalars.add(scalar.encode());
            elements.add(element.encode());
            ours.add(element.multiply(scalar).encode());
        }
        List<byte[]> theirs = peer.multiply(scalars, elements);
        for (int i = 0; i < COMPARED; i++) {
            if (!Arrays.equals(ours.get(i), theirs.get(i))) {
                throw new AssertionError("curve25519-dalek disagrees at comparison " + i);
            }
        }
        System.out.println("curve25519-dalek agrees on " + COMPARED + " random elements and scalars");
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
        print(name, nanos[ROUNDS / 2], nanos[0]);
    }

    private static void print(String name, double median, double least) {
        System.out.printf(Locale.ROOT, "%-36s %9.0f ns median %9.0f ns least%n", name, median, least);
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
