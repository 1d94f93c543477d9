package org.lamplighter.core.primitive.ristretto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

/** Scalar arithmetic against BigInteger, and the handling of a secret. */
final class ScalarTest {
    private static final int ROUNDS = 20_000;
    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    @Test
    void arithmetic_onEdgeValues_isThatOfIntegersModuloL() {
        List<BigInteger> edges = edges();
        for (BigInteger a : edges) {
            assertUnaryOperations(a);
            for (BigInteger b : edges) {
                assertBinaryOperations(a, b);
            }
        }
    }

    @Test
    void arithmetic_onRandomValues_isThatOfIntegersModuloL() {
        SeededRandom random = SeededRandom.of(1);
        for (int i = 0; i < ROUNDS; i++) {
            BigInteger a = LittleEndian.number(random.bytes(Scalar.WIDE_BYTES));
            BigInteger b = LittleEndian.number(random.bytes(Scalar.WIDE_BYTES));
            assertUnaryOperations(a);
            assertBinaryOperations(a, b);
        }
    }

    @Test
    void invert_isTheInverseModuloLAndZeroForZero() throws Exception {
        SeededRandom random = SeededRandom.of(2);
        for (int i = 0; i < 200; i++) {
            BigInteger a = LittleEndian.number(random.bytes(Scalar.WIDE_BYTES));
            assertValue(scalar(a).invert(), a.modInverse(L));
        }
        assertValue(scalar(BigInteger.ONE).invert(), BigInteger.ONE);
        assertValue(scalar(L.subtract(BigInteger.ONE)).invert(), L.subtract(BigInteger.ONE));
        assertValue(scalar(BigInteger.ZERO).invert(), BigInteger.ZERO);
    }

    @Test
    void decode_takesWhatIsBelowLAndNothingElse() throws Exception {
        for (BigInteger number : edges()) {
            if (number.bitLength() > 256) {
                continue;
            }
            byte[] encoding = LittleEndian.bytes(number, Scalar.BYTES);
            if (number.compareTo(L) < 0) {
                assertThat(Scalar.decode(encoding).encode()).isEqualTo(encoding);
            } else {
                assertRefused(encoding);
            }
        }
        assertRefused(new byte[31]);
        assertRefused(new byte[33]);
    }

    @Test
    void decode_acceptsOneEncodingOfEachScalar() {
        byte[] valid = LittleEndian.bytes(L.subtract(BigInteger.TWO), Scalar.BYTES);
        assertThat(Malleability.check(
                        valid,
                        MalformedException.class,
                        2_000,
                        3,
                        bytes -> Scalar.decode(bytes).encode()))
                .isPositive();
        // The same check sees a decoder that reduces instead of refusing.
        assertThatThrownBy(() -> Malleability.check(
                        valid,
                        MalformedException.class,
                        2_000,
                        3,
                        bytes -> Scalar.fromWideBytes(Arrays.copyOf(bytes, 64)).encode()))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void signedDigits_areFromMinusEightToEightAndAddUp() {
        SeededRandom random = SeededRandom.of(4);
        List<BigInteger> numbers = edges();
        for (int i = 0; i < 2_000; i++) {
            numbers.add(LittleEndian.number(random.bytes(Scalar.WIDE_BYTES)));
        }
        for (BigInteger number : numbers) {
            byte[] digits = scalar(number).signedDigits();
            BigInteger sum = BigInteger.ZERO;
            for (int i = digits.length - 1; i >= 0; i--) {
                assertThat(digits[i]).isBetween((byte) -8, (byte) 8);
                sum = sum.shiftLeft(4).add(BigInteger.valueOf(digits[i]));
            }
            assertThat(sum).isEqualTo(number.mod(L));
        }
    }

    @Test
    void random_isNeverZero() {
        // 64 zero bytes first, then ones: a source that would give zero is asked again.
        SecureRandom random = new SecureRandom() {
            private static final long serialVersionUID = 1L;
            private byte next;

            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, next++);
            }
        };
        Scalar scalar = Scalar.random(random);
        byte[] ones = new byte[Scalar.WIDE_BYTES];
        Arrays.fill(ones, (byte) 1);
        assertThat(scalar.matches(Scalar.fromWideBytes(ones))).isTrue();
        assertThat(Scalar.random(SeededRandom.of(5)).isZero()).isFalse();
    }

    @Test
    void closedScalar_isWipedAndRefusesUse() {
        Scalar scalar = scalar(BigInteger.TEN);
        assertThat(scalar).hasToString("[REDACTED]");
        scalar.close();
        assertThat(scalar).hasToString("[REDACTED]");
        assertThatThrownBy(scalar::encode).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(scalar::isZero).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> RistrettoElement.multiplyBase(scalar)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void wideBytesOfAnotherLength_areAFaultOfTheCaller() {
        assertThatThrownBy(() -> Scalar.fromWideBytes(new byte[32])).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertUnaryOperations(BigInteger a) {
        assertValue(scalar(a), a);
        assertValue(scalar(a).negate(), a.negate());
        assertThat(scalar(a).isZero()).isEqualTo(a.mod(L).signum() == 0);
    }

    private static void assertBinaryOperations(BigInteger a, BigInteger b) {
        assertValue(scalar(a).add(scalar(b)), a.add(b));
        assertValue(scalar(a).multiply(scalar(b)), a.multiply(b));
        assertThat(scalar(a).matches(scalar(b))).isEqualTo(a.subtract(b).mod(L).signum() == 0);
    }

    /** Around zero, the order and its multiples, powers of two at the limbs' ends, and the largest inputs. */
    private static List<BigInteger> edges() {
        List<BigInteger> centres = new ArrayList<>(List.of(
                BigInteger.ONE,
                L,
                L.shiftRight(1),
                L.multiply(BigInteger.valueOf(15)),
                L.multiply(L),
                L.shiftLeft(259),
                BigInteger.TWO.pow(512).subtract(BigInteger.TWO)));
        for (int bits : new int[] {28, 125, 224, 251, 252, 253, 255, 256, 280, 448, 504, 511}) {
            centres.add(BigInteger.TWO.pow(bits));
        }
        List<BigInteger> edges = new ArrayList<>();
        for (BigInteger centre : centres) {
            edges.add(centre.subtract(BigInteger.ONE));
            edges.add(centre);
            edges.add(centre.add(BigInteger.ONE));
        }
        return edges;
    }

    private static Scalar scalar(BigInteger number) {
        return Scalar.fromWideBytes(LittleEndian.bytes(number, Scalar.WIDE_BYTES));
    }

    private static void assertValue(Scalar actual, BigInteger expected) {
        assertThat(actual.encode()).isEqualTo(LittleEndian.bytes(expected.mod(L), Scalar.BYTES));
    }

    private static void assertRefused(byte[] encoding) {
        assertThatThrownBy(() -> Scalar.decode(encoding))
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CANONICAL));
    }
}
