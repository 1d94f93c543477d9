package org.lamplighter.bench.crypto;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.lamplighter.bench.report.Bench;
import org.lamplighter.bench.report.Figure;
import org.lamplighter.bench.report.Goal;
import org.lamplighter.bench.report.Setting;
import org.lamplighter.bench.report.Spread;
import org.lamplighter.bench.report.Table;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.wire.MalformedException;

/**
 * Microseconds of the operation that a client does for each hint and the station for each slot: decode, multiply by a secret
 * scalar, encode; and of its parts. Beside curve25519-dalek and libsodium, after all agreed on random inputs.
 *
 * <p>Thread CPU time, so that waiting for a core does not count; the clock of the core and its caches still do.
 */
public final class RistrettoBench implements Bench {
    private static final int OPERATIONS = 2_000;
    private static final int COMPARED = 2_000;
    /** What both sides call the one operation that counts. */
    static final String WHOLE = "decode + multiply + encode";

    private static final String DALEK = "curve25519-dalek";
    private static final String LIBSODIUM = "libsodium";

    @Override
    public String name() {
        return "ristretto";
    }

    @Override
    public String what() {
        return "the group of the mailbox, an operation";
    }

    @Override
    public int aboutSeconds(boolean quick) {
        return quick ? 10 : 20;
    }

    @Override
    public List<Table> run(Setting setting) throws MalformedException, IOException, InterruptedException {
        int rounds = setting.quick() ? 3 : 15;
        SplittableRandom random = new SplittableRandom(1);
        List<String> missing = new ArrayList<>();
        List<Figure> figures = new ArrayList<>(ours(random, rounds));
        Optional<Libsodium> libsodium = Libsodium.find();
        if (libsodium.isPresent()) {
            compare(libsodium.get(), random);
            figures.addAll(theirs(libsodium.get(), random, rounds));
        } else {
            missing.add("libsodium (Debian: libsodium23)");
        }
        Optional<Dalek> dalek = Dalek.build(setting.root());
        if (dalek.isPresent()) {
            compare(dalek.get(), random);
            for (Map.Entry<String, Spread> figure :
                    dalek.get().bench(rounds, OPERATIONS).entrySet()) {
                figures.add(Figure.peer(figure.getKey(), DALEK, figure.getValue()));
            }
        } else {
            missing.add("curve25519-dalek (cargo builds it)");
        }
        return List.of(table(figures, missing));
    }

    private static Table table(List<Figure> figures, List<String> missing) {
        Table table = new Table(
                "ristretto",
                "ristretto255, processor time an operation",
                "µs",
                false,
                together(figures),
                List.of(),
                missing);
        if (!table.has(WHOLE, DALEK)) {
            return table;
        }
        double times = table.median(WHOLE, Figure.OURS) / table.median(WHOLE, DALEK);
        return table.goal(Goal.atMost("times what dalek needs for " + WHOLE, times, 2));
    }

    /** Those of one operation one after the other, in the order of their first. */
    static List<Figure> together(List<Figure> figures) {
        List<Figure> together = new ArrayList<>();
        figures.stream()
                .map(Figure::operation)
                .distinct()
                .forEach(operation -> figures.stream()
                        .filter(figure -> figure.operation().equals(operation))
                        .forEach(together::add));
        return together;
    }

    private static List<Figure> ours(SplittableRandom random, int rounds) throws MalformedException {
        Scalar scalar = Scalar.fromWideBytes(bytes(random, Scalar.WIDE_BYTES));
        byte[] uniform = bytes(random, RistrettoElement.UNIFORM_BYTES);
        byte[] start = RistrettoElement.fromUniformBytes(uniform).encode();
        RistrettoElement element = RistrettoElement.decode(start);
        return List.of(
                Figure.ours(
                        WHOLE,
                        measure(
                                rounds,
                                start,
                                in -> decoded(in).multiply(scalar).encode())),
                Figure.ours("multiply", measure(rounds, element, in -> in.multiply(scalar))),
                Figure.ours("multiply the base", measure(rounds, scalar, in -> {
                    RistrettoElement.multiplyBase(in);
                    return in;
                })),
                Figure.ours("decode", measure(rounds, start, in -> {
                    decoded(in);
                    return in;
                })),
                Figure.ours("encode", measure(rounds, element, in -> {
                    in.encode();
                    return in;
                })),
                Figure.ours("from 64 uniform bytes", measure(rounds, uniform, in -> {
                    RistrettoElement.fromUniformBytes(in);
                    return in;
                })));
    }

    private static List<Figure> theirs(Libsodium peer, SplittableRandom random, int rounds) {
        byte[] scalar = Scalar.fromWideBytes(bytes(random, Scalar.WIDE_BYTES)).encode();
        byte[] uniform = bytes(random, RistrettoElement.UNIFORM_BYTES);
        byte[] start = RistrettoElement.fromUniformBytes(uniform).encode();
        return List.of(
                Figure.peer(WHOLE, LIBSODIUM, measure(rounds, start, in -> peer.multiply(scalar, in))),
                Figure.peer("multiply the base", LIBSODIUM, measure(rounds, scalar, in -> {
                    peer.multiplyBase(in);
                    return in;
                })),
                Figure.peer("from 64 uniform bytes", LIBSODIUM, measure(rounds, uniform, in -> {
                    peer.fromUniformBytes(in);
                    return in;
                })));
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
    }

    private static <T> Spread measure(int rounds, T start, UnaryOperator<T> operation) {
        return ThreadTime.micros(rounds, OPERATIONS, start, operation);
    }

    static RistrettoElement decoded(byte[] encoding) {
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
