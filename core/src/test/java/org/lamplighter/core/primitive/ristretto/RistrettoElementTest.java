package org.lamplighter.core.primitive.ristretto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

/** The laws of a group of prime order, and that a class is one element whatever point stands for it. */
final class RistrettoElementTest {
    private static final int ROUNDS = 100;
    private static final byte[] ZEROS = new byte[RistrettoElement.BYTES];

    private final SeededRandom random = SeededRandom.of(1);

    @Test
    void group_isAbelian() {
        for (int i = 0; i < ROUNDS; i++) {
            RistrettoElement p = element();
            RistrettoElement q = element();
            RistrettoElement r = element();
            assertThat(p.add(q)).isEqualTo(q.add(p));
            assertThat(p.add(q).add(r)).isEqualTo(p.add(q.add(r)));
            assertThat(p.add(q).subtract(q)).isEqualTo(p);
            assertThat(p.subtract(q)).isEqualTo(p.add(q.negate()));
            assertThat(p.subtract(p).isIdentity()).isTrue();
            assertThat(p.add(identity())).isEqualTo(p);
            assertThat(p).isNotEqualTo(q);
        }
    }

    @Test
    void multiplication_distributesAndCommutes() {
        for (int i = 0; i < ROUNDS; i++) {
            Scalar a = Scalar.random(random);
            Scalar b = Scalar.random(random);
            RistrettoElement p = element();
            RistrettoElement q = element();
            assertThat(p.add(q).multiply(a)).isEqualTo(p.multiply(a).add(q.multiply(a)));
            assertThat(p.multiply(a.add(b))).isEqualTo(p.multiply(a).add(p.multiply(b)));
            assertThat(p.multiply(a).multiply(b)).isEqualTo(p.multiply(a.multiply(b)));
            assertThat(p.multiply(a).multiply(a.invert())).isEqualTo(p);
            assertThat(p.multiply(a.negate())).isEqualTo(p.multiply(a).negate());
            assertThat(RistrettoElement.multiplyBase(a).multiply(b))
                    .isEqualTo(RistrettoElement.multiplyBase(b).multiply(a));
            assertThat(RistrettoElement.multiplyBase(a))
                    .isEqualTo(RistrettoElement.basepoint().multiply(a));
        }
    }

    @Test
    void everyElement_hasTheOrderOfTheGroup() {
        Scalar minusOne = one().negate(); // l - 1
        for (int i = 0; i < ROUNDS; i++) {
            RistrettoElement p = element();
            assertThat(p.multiply(minusOne)).isEqualTo(p.negate());
            assertThat(p.multiply(minusOne).add(p).isIdentity()).isTrue();
        }
        assertThat(RistrettoElement.multiplyBase(minusOne).add(RistrettoElement.basepoint()))
                .isEqualTo(identity());
    }

    @Test
    void multiplication_byZero_orOfTheIdentity_isTheIdentity() {
        Scalar zero = one().add(one().negate());
        assertThat(element().multiply(zero).encode()).isEqualTo(ZEROS);
        assertThat(RistrettoElement.multiplyBase(zero).encode()).isEqualTo(ZEROS);
        assertThat(identity().multiply(Scalar.random(random)).encode()).isEqualTo(ZEROS);
    }

    @Test
    void decode_ofTheIdentity_isRefusedOnlyWhereAKeyIsExpected() throws Exception {
        assertThat(RistrettoElement.decode(ZEROS).isIdentity()).isTrue();
        assertThatThrownBy(() -> RistrettoElement.decodeNonIdentity(ZEROS))
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IDENTITY));
        byte[] encoding = element().encode();
        assertThat(RistrettoElement.decodeNonIdentity(encoding).encode()).isEqualTo(encoding);
        assertThat(RistrettoElement.decode(encoding).isIdentity()).isFalse();
    }

    @Test
    void decode_ofAnotherLength_isRefused() {
        for (int length : new int[] {0, 31, 33, 64}) {
            assertThatThrownBy(() -> RistrettoElement.decode(new byte[length]))
                    .isInstanceOfSatisfying(
                            MalformedException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CANONICAL));
        }
    }

    @Test
    void decode_acceptsOneEncodingOfEachElement() {
        // A small encoding, so that among the changed ones many are again below p.
        byte[] valid = RistrettoElement.basepoint().encode();
        assertThat(Malleability.check(
                        valid,
                        MalformedException.class,
                        2_000,
                        2,
                        bytes -> RistrettoElement.decode(bytes).encode()))
                .isPositive();
        // The same check sees a decoder that ignores the top bit, as that of X25519 does.
        assertThatThrownBy(() -> Malleability.check(valid, MalformedException.class, 2_000, 2, bytes -> {
                    byte[] masked = bytes.clone();
                    masked[masked.length - 1] &= 0x7f;
                    return RistrettoElement.decode(masked).encode();
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void pointsOfOneClass_areEqualAndEncodeAlike() {
        List<EdwardsPoint> torsion = torsion();
        for (int i = 0; i < 20; i++) {
            EdwardsPoint point = element().representative();
            RistrettoElement element = new RistrettoElement(point);
            for (EdwardsPoint small : torsion) {
                RistrettoElement same = new RistrettoElement(point.add(CachedPoint.of(small)));
                assertThat(same).isEqualTo(element).hasSameHashCodeAs(element);
                assertThat(same.encode()).isEqualTo(element.encode());
                assertThat(new RistrettoElement(small).isIdentity()).isTrue();
                assertThat(new RistrettoElement(small).encode()).isEqualTo(ZEROS);
            }
        }
    }

    /** What the check above would tell apart: as points they differ, so that comparing coordinates would be wrong. */
    @Test
    void pointsOfOneClass_differAsPoints() {
        EdwardsPoint point = element().representative();
        for (EdwardsPoint small : torsion().subList(1, 4)) {
            EdwardsPoint other = point.add(CachedPoint.of(small));
            long equalX = other.x.multiply(point.z).matches(point.x.multiply(other.z));
            long equalY = other.y.multiply(point.z).matches(point.y.multiply(other.z));
            assertThat(equalX & equalY).isZero();
        }
    }

    @Test
    void select_takesEachMultipleOfTheTable() {
        EdwardsPoint point = element().representative();
        PointTable table = PointTable.of(point);
        EdwardsPoint expected = EdwardsPoint.identity();
        for (int digit = 0; digit <= 8; digit++) {
            assertThat(selected(table, digit)).isEqualTo(new RistrettoElement(expected));
            assertThat(selected(table, -digit)).isEqualTo(new RistrettoElement(expected.negate()));
            expected = expected.add(CachedPoint.of(point));
        }
    }

    @Test
    void element_isNotPrinted() {
        assertThat(RistrettoElement.basepoint()).hasToString("RistrettoElement[REDACTED]");
    }

    @Test
    void uniformBytesOfAnotherLength_areAFaultOfTheCaller() {
        assertThatThrownBy(() -> RistrettoElement.fromUniformBytes(new byte[32]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RistrettoElement selected(PointTable table, int digit) {
        CachedPoint selected = new CachedPoint();
        table.select(digit, selected);
        return new RistrettoElement(EdwardsPoint.identity().add(selected));
    }

    /** The four points that a class of ristretto255 identifies: (0, 1), (0, -1), (i, 0) and (-i, 0). */
    private static List<EdwardsPoint> torsion() {
        FieldElement zero = FieldElement.ZERO;
        FieldElement one = FieldElement.ONE;
        FieldElement i = FieldElement.SQRT_M1;
        return List.of(
                EdwardsPoint.identity(),
                new EdwardsPoint(zero, one.negate(), one, zero),
                new EdwardsPoint(i, zero, one, zero),
                new EdwardsPoint(i.negate(), zero, one, zero));
    }

    private RistrettoElement element() {
        return RistrettoElement.fromUniformBytes(random.bytes(RistrettoElement.UNIFORM_BYTES));
    }

    private static RistrettoElement identity() {
        return new RistrettoElement(EdwardsPoint.identity());
    }

    private static Scalar one() {
        byte[] wide = new byte[Scalar.WIDE_BYTES];
        Arrays.fill(wide, 0, 1, (byte) 1);
        return Scalar.fromWideBytes(wide);
    }
}
