package org.lamplighter.core.primitive.ristretto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.lamplighter.core.primitive.ristretto.SodiumSelfTest.Multiplication;
import org.lamplighter.core.wire.MalformedException;

/** Two implementations of one multiplication; each is the other's oracle. */
final class EncodedProductTest {
    private final SplittableRandom random = new SplittableRandom(12);

    @Test
    void selfTest_passesOurOwn() {
        assertThat(SodiumSelfTest.passes(EncodedProductTest::ours)).isTrue();
    }

    /** The planted faults: each differs from a right multiplication in one respect that would do harm. */
    @TestFactory
    Stream<DynamicTest> selfTest_refusesAMultiplicationThatIsWrong() {
        return Stream.of(
                        fault("always refuses", (scalar, encoding) -> Optional.empty()),
                        fault("gives the element itself", (scalar, encoding) -> Optional.of(encoding)),
                        fault(
                                "takes the identity",
                                (scalar, encoding) ->
                                        isZero(encoding) ? Optional.of(encoding) : ours(scalar, encoding)),
                        fault("ignores the highest bit of an encoding", (scalar, encoding) -> {
                            byte[] masked = encoding.clone();
                            masked[31] &= 0x7f;
                            return ours(scalar, masked);
                        }),
                        fault("takes negative field elements", (scalar, encoding) -> {
                            byte[] even = encoding.clone();
                            even[0] &= (byte) 0xfe;
                            return isZero(even) ? Optional.of(even) : ours(scalar, even);
                        }),
                        fault("clamps scalars as X25519 does", (scalar, encoding) -> ours(clamped(scalar), encoding)),
                        fault("is wrong once in a hundred", new OnceInAHundred()))
                .map(fault -> DynamicTest.dynamicTest(
                        fault.name(),
                        () -> assertThat(SodiumSelfTest.passes(fault.multiplication()))
                                .isFalse()));
    }

    @Test
    void libsodium_agreesWithOurs_onRandomAndOnBrokenEncodings() {
        Optional<Sodium> sodium = Sodium.find();
        assumeTrue(sodium.isPresent(), "no libsodium here");
        assertThat(SodiumSelfTest.passes(sodium.get())).isTrue();
        for (int i = 0; i < 2_000; i++) {
            Scalar scalar = Scalar.fromWideBytes(bytes(Scalar.WIDE_BYTES));
            byte[] encoding = RistrettoElement.fromUniformBytes(bytes(RistrettoElement.UNIFORM_BYTES))
                    .encode();
            if (i % 2 == 1) { // some of these encode another element, most nothing
                encoding[random.nextInt(encoding.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertThat(sodium.get().multiply(scalar, encoding).map(HexFormat.of()::formatHex))
                    .isEqualTo(ours(scalar, encoding).map(HexFormat.of()::formatHex));
        }
    }

    @Test
    void of_computesInJava_unlessAskedOtherwise() throws Exception {
        assertThat(System.getProperty(EncodedProduct.PROPERTY)).isNull();
        assertThat(EncodedProduct.backend()).isEqualTo("Java");
        byte[] base = RistrettoElement.basepoint().encode();
        Scalar two = SodiumSelfTest.small(2);
        assertThat(EncodedProduct.of(two, base))
                .isEqualTo(RistrettoElement.multiplyBase(two).encode());
        assertThatThrownBy(() -> EncodedProduct.of(two, new byte[32])).hasMessageContaining("identity");
        assertThatThrownBy(() -> EncodedProduct.of(two, new byte[31])).isInstanceOf(MalformedException.class);
    }

    private record Fault(String name, Multiplication multiplication) {}

    private static Fault fault(String name, Multiplication multiplication) {
        return new Fault(name, multiplication);
    }

    /** Right but for the hundredth call. */
    private static final class OnceInAHundred implements Multiplication {
        private int calls;

        @Override
        public Optional<byte[]> multiply(Scalar scalar, byte[] encoding) {
            calls++;
            return ours(calls == 100 ? scalar.negate() : scalar, encoding);
        }
    }

    private static Optional<byte[]> ours(Scalar scalar, byte[] encoding) {
        try {
            byte[] product = RistrettoElement.decodeNonIdentity(encoding)
                    .multiply(scalar)
                    .encode();
            return isZero(product) ? Optional.empty() : Optional.of(product);
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static Scalar clamped(Scalar scalar) {
        byte[] wide = Arrays.copyOf(scalar.encode(), Scalar.WIDE_BYTES);
        wide[0] &= (byte) 0xf8;
        return Scalar.fromWideBytes(wide);
    }

    private static boolean isZero(byte[] bytes) {
        return Arrays.equals(bytes, new byte[bytes.length]);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
