package org.lamplighter.core.primitive.ristretto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.testkit.SeededRandom;

/** Field arithmetic against BigInteger, at the edges of the field and at the edges of the bounds argument. */
final class FieldElementTest {
    private static final int ROUNDS = 20_000;
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final long LARGEST_LIMB = FieldElement.LIMB_LIMIT - 1;

    @Test
    void arithmetic_onEdgeValues_isThatOfIntegersModuloP() {
        List<FieldElement> edges = edges();
        for (FieldElement a : edges) {
            assertUnaryOperations(a);
            for (FieldElement b : edges) {
                assertBinaryOperations(a, b);
            }
        }
    }

    @Test
    void arithmetic_onRandomValues_isThatOfIntegersModuloP() {
        SeededRandom random = SeededRandom.of(1);
        for (int i = 0; i < ROUNDS; i++) {
            FieldElement a = FieldElement.decode(random.bytes(32), 0);
            FieldElement b = FieldElement.decode(random.bytes(32), 0);
            assertUnaryOperations(a);
            assertBinaryOperations(a, b);
        }
    }

    @Test
    void productsAndSquares_onRandomLimbsWithinTheLimit_areExactAndTight() {
        SeededRandom random = SeededRandom.of(2);
        for (int i = 0; i < ROUNDS; i++) {
            FieldElement a = randomLimbs(random);
            FieldElement b = randomLimbs(random);
            assertExactAndTight(a.multiply(b), value(a).multiply(value(b)));
            assertExactAndTight(a.square(), value(a).pow(2));
        }
    }

    @Test
    void productsAndSquares_onEveryCombinationOfExtremeLimbs_areExactAndTight() {
        List<FieldElement> extremes = new ArrayList<>();
        for (int signs = 0; signs < 32; signs++) {
            extremes.add(extreme(signs, LARGEST_LIMB));
        }
        for (FieldElement a : extremes) {
            assertExactAndTight(a.square(), value(a).pow(2));
            for (FieldElement b : extremes) {
                assertExactAndTight(a.multiply(b), value(a).multiply(value(b)));
            }
        }
    }

    @Test
    void operandsBeyondTheLimit_areCaughtByTheAssertion() {
        FieldElement beyond = FieldElement.of(0, 0, LARGEST_LIMB + 1, 0, 0);
        assertThatThrownBy(() -> FieldElement.ONE.multiply(beyond)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> beyond.multiply(FieldElement.ONE)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(beyond::square).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() ->
                        new FieldElement().setSquareOfSum(extreme(0, LARGEST_LIMB), FieldElement.of(1, 0, 0, 0, 0)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void check_onAWrongOrLooseResult_fails() {
        FieldElement a = extreme(0, LARGEST_LIMB);
        BigInteger square = value(a).pow(2);
        FieldElement wrong = a.square().add(FieldElement.ONE);
        assertThatThrownBy(() -> assertExactAndTight(wrong, square)).isInstanceOf(AssertionError.class);
        FieldElement loose = a.square().add(FieldElement.of(-(1L << 52), 2, 0, 0, 0));
        assertThatThrownBy(() -> assertExactAndTight(loose, square)).isInstanceOf(AssertionError.class);
    }

    @Test
    void inPlaceOperations_mayHaveTheResultAmongTheirOperands() {
        SeededRandom random = SeededRandom.of(3);
        for (int i = 0; i < 100; i++) {
            FieldElement a = FieldElement.decode(random.bytes(32), 0);
            FieldElement b = FieldElement.decode(random.bytes(32), 0);
            BigInteger x = value(a);
            BigInteger y = value(b);
            assertValue(copy(a).setProduct(a, b), x.multiply(y));
            FieldElement own = copy(a);
            assertValue(own.setProduct(own, own), x.multiply(x));
            own = copy(a);
            assertValue(own.setSquareOfSum(own, b), x.add(y).pow(2));
            own = copy(a);
            assertValue(own.setDifference(b, own), y.subtract(x));
            own = copy(a);
            own.setTwiceMinus(b);
            assertValue(own, x.add(x).subtract(y));
            own = copy(a);
            FieldElement other = copy(b);
            own.setDifferenceAndSum(other);
            assertValue(own, y.subtract(x));
            assertValue(other, y.add(x));
        }
    }

    @Test
    void choices_followTheMask() {
        FieldElement a = FieldElement.of(1, -2, 3, -4, 5);
        FieldElement b = FieldElement.of(-6, 7, -8, 9, -10);
        assertThat(limbs(a.orElse(b, 0))).containsExactly(1, -2, 3, -4, 5);
        assertThat(limbs(a.orElse(b, -1))).containsExactly(-6, 7, -8, 9, -10);
        assertThat(limbs(a.negatedIf(0))).containsExactly(1, -2, 3, -4, 5);
        assertThat(limbs(a.negatedIf(-1))).containsExactly(-1, 2, -3, 4, -5);
        a.setSwappedIf(b, 0);
        assertThat(limbs(a)).containsExactly(1, -2, 3, -4, 5);
        a.setSwappedIf(b, -1);
        assertThat(limbs(a)).containsExactly(-6, 7, -8, 9, -10);
        assertThat(limbs(b)).containsExactly(1, -2, 3, -4, 5);
    }

    @Test
    void decode_ofBytesFromPOn_isReducedAndIgnoresTheTopBit() {
        for (int excess = 0; excess < 19; excess++) {
            byte[] bytes = littleEndian(P.add(BigInteger.valueOf(excess)));
            assertValue(FieldElement.decode(bytes, 0), BigInteger.valueOf(excess));
            bytes[31] |= (byte) 0x80;
            assertValue(FieldElement.decode(bytes, 0), BigInteger.valueOf(excess));
        }
    }

    @Test
    void squareRoots_areNonNegativeAndSquareToTheRatio() {
        SeededRandom random = SeededRandom.of(4);
        BigInteger i = value(FieldElement.SQRT_M1);
        assertThat(i.pow(2).mod(P)).isEqualTo(P.subtract(BigInteger.ONE));
        int squares = 0;
        for (int round = 0; round < 1_000; round++) {
            FieldElement u = FieldElement.decode(random.bytes(32), 0);
            FieldElement v = FieldElement.decode(random.bytes(32), 0);
            SquareRoot root = SquareRoot.ofRatio(u, v);
            BigInteger ratio = value(u).multiply(value(v).modInverse(P)).mod(P);
            boolean isSquare = ratio.modPow(P.shiftRight(1), P).equals(BigInteger.ONE);
            assertThat(root.wasSquare()).isEqualTo(isSquare ? -1 : 0);
            assertThat(value(root.value()).pow(2).mod(P))
                    .isEqualTo(isSquare ? ratio : ratio.multiply(i).mod(P));
            assertThat(root.value().isNegative()).isZero();
            squares += isSquare ? 1 : 0;
        }
        assertThat(squares).isBetween(400, 600);
    }

    private static void assertUnaryOperations(FieldElement a) {
        BigInteger x = value(a).mod(P);
        assertThat(a.encode()).isEqualTo(littleEndian(x));
        assertValue(a.negate(), x.negate());
        assertExactAndTight(a.square(), x.multiply(x));
        assertValue(a.squareRepeatedly(3), x.modPow(BigInteger.valueOf(8), P));
        assertThat(a.isZero()).isEqualTo(x.signum() == 0 ? -1 : 0);
        assertThat(a.isNegative()).isEqualTo(x.testBit(0) ? -1 : 0);
        assertValue(a.absolute(), x.testBit(0) ? P.subtract(x) : x);
    }

    private static void assertBinaryOperations(FieldElement a, FieldElement b) {
        BigInteger x = value(a);
        BigInteger y = value(b);
        assertValue(a.add(b), x.add(y));
        assertValue(a.subtract(b), x.subtract(y));
        assertExactAndTight(a.multiply(b), x.multiply(y));
        assertThat(a.matches(b)).isEqualTo(x.subtract(y).mod(P).signum() == 0 ? -1 : 0);
    }

    /** Zero, one, the last of the field, all around 2^255, sparse and full limbs, each also with carries left where they are. */
    private static List<FieldElement> edges() {
        List<FieldElement> edges = new ArrayList<>();
        for (int i = -2; i <= 20; i++) {
            edges.add(FieldElement.decode(littleEndian(BigInteger.valueOf(i).mod(P)), 0));
            edges.add(
                    FieldElement.decode(littleEndian(BigInteger.valueOf(19L * i).mod(P)), 0));
            BigInteger below = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(i + 3));
            edges.add(FieldElement.decode(littleEndian(below), 0));
        }
        for (int i = 0; i < 5; i++) {
            edges.add(FieldElement.decode(littleEndian(BigInteger.TWO.pow(51 * i)), 0));
            edges.add(FieldElement.decode(
                    littleEndian(BigInteger.TWO.pow(51 * (i + 1)).subtract(BigInteger.ONE)), 0));
        }
        edges.add(FieldElement.SQRT_M1);
        edges.add(FieldElement.of(-1, -1, -1, -1, -1));
        edges.add(FieldElement.of(-19, 0, 0, 0, 1L << 51));
        edges.add(FieldElement.of(19, 0, 0, 0, -(1L << 51)));
        edges.add(FieldElement.of(0, 0, 0, 0, 1L << 52));
        edges.add(extreme(0, LARGEST_LIMB));
        edges.add(extreme(31, LARGEST_LIMB));
        edges.add(extreme(10, LARGEST_LIMB));
        return edges;
    }

    private static FieldElement extreme(int signs, long magnitude) {
        long[] limbs = new long[5];
        for (int i = 0; i < 5; i++) {
            limbs[i] = (signs >> i & 1) == 0 ? magnitude : -magnitude;
        }
        return FieldElement.of(limbs[0], limbs[1], limbs[2], limbs[3], limbs[4]);
    }

    private static FieldElement randomLimbs(SeededRandom random) {
        long[] limbs = new long[5];
        for (int i = 0; i < 5; i++) {
            limbs[i] = random.nextLong(-LARGEST_LIMB, LARGEST_LIMB + 1);
        }
        return FieldElement.of(limbs[0], limbs[1], limbs[2], limbs[3], limbs[4]);
    }

    private static void assertValue(FieldElement actual, BigInteger expected) {
        assertThat(actual.encode()).isEqualTo(littleEndian(expected.mod(P)));
    }

    /** The value, and point 4 of the bounds argument. */
    private static void assertExactAndTight(FieldElement actual, BigInteger expected) {
        assertValue(actual, expected);
        for (long limb : limbs(actual)) {
            assertThat(limb).isBetween(-(1L << 14), (1L << 51) + (1L << 14));
        }
    }

    private static BigInteger value(FieldElement element) {
        BigInteger value = BigInteger.ZERO;
        long[] limbs = limbs(element);
        for (int i = 4; i >= 0; i--) {
            value = value.shiftLeft(51).add(BigInteger.valueOf(limbs[i]));
        }
        return value;
    }

    private static FieldElement copy(FieldElement element) {
        return new FieldElement().setStored(limbs(element), 0);
    }

    private static long[] limbs(FieldElement element) {
        long[] limbs = new long[5];
        element.store(limbs, 0);
        return limbs;
    }

    private static byte[] littleEndian(BigInteger value) {
        return LittleEndian.bytes(value, 32);
    }
}
