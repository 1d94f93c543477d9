package org.lamplighter.core.primitive.ristretto;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.primitive.Hkdf;

/**
 * Whether another's multiplication is ours: on a known multiple of RFC 9496, on random elements and scalars, on scalars at
 * the edges, and on what must be refused.
 */
final class SodiumSelfTest {
    private static final int PAIRS = 64;

    /** Twice the generator, RFC 9496 A.1. */
    private static final String TWICE = "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919";

    /** The identity, twice the generator with the highest bit set, and one of each kind that RFC 9496 A.2 lists. */
    private static final List<String> REFUSED = List.of(
            "0000000000000000000000000000000000000000000000000000000000000000",
            "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b999",
            "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
            "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

    private SodiumSelfTest() {}

    /** {@code encode(scalar x decode(encoding))}; nothing where encoding or product is refused. */
    @FunctionalInterface
    interface Multiplication {
        Optional<byte[]> multiply(Scalar scalar, byte[] encoding);
    }

    static boolean passes(Multiplication other) {
        return knows(other) && agrees(other) && refuses(other);
    }

    private static boolean knows(Multiplication other) {
        byte[] base = RistrettoElement.basepoint().encode();
        return is(other.multiply(small(2), base), HexFormat.of().parseHex(TWICE));
    }

    private static boolean agrees(Multiplication other) {
        Scalar last = small(1).negate();
        for (int i = 0; i < PAIRS; i++) {
            byte[] uniform = Hkdf.expand(new byte[32], new byte[] {(byte) i}, Scalar.WIDE_BYTES);
            RistrettoElement element = RistrettoElement.fromUniformBytes(uniform);
            byte[] encoding = element.encode();
            for (Scalar scalar : List.of(Scalar.fromWideBytes(uniform), small(i + 1), last)) {
                if (!is(
                        other.multiply(scalar, encoding),
                        element.multiply(scalar).encode())) {
                    return false;
                }
            }
        }
        return other.multiply(small(0), RistrettoElement.basepoint().encode()).isEmpty();
    }

    private static boolean refuses(Multiplication other) {
        return REFUSED.stream()
                .allMatch(hex ->
                        other.multiply(small(1), HexFormat.of().parseHex(hex)).isEmpty());
    }

    private static boolean is(Optional<byte[]> seen, byte[] expected) {
        return seen.isPresent() && Arrays.equals(seen.get(), expected);
    }

    static Scalar small(int value) {
        byte[] wide = new byte[Scalar.WIDE_BYTES];
        wide[0] = (byte) value;
        return Scalar.fromWideBytes(wide);
    }
}
