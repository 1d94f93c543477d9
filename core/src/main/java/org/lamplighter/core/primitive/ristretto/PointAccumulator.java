package org.lamplighter.core.primitive.ristretto;

import org.lamplighter.core.secret.SecretBytes;

/**
 * Multiplies a point by a secret scalar, four bits at a time: the scalar is written in base 16 with {@link
 * Scalar#DIGITS} digits from -8 to 8, and each digit picks its multiple from a {@link PointTable}. The sequence of
 * operations is the same for all.
 *
 * <p>Mutable, for one multiplication: everything in the loop happens in place.
 */
final class PointAccumulator {
    private static final int WINDOW_BITS = 4;

    private final CompletedPoint sum = CompletedPoint.identity();
    private final EdwardsPoint point = EdwardsPoint.identity();
    private final CachedPoint selected = new CachedPoint();

    private PointAccumulator() {}

    /** {@code scalar} times {@code point}. */
    static EdwardsPoint multiply(EdwardsPoint point, Scalar scalar) {
        PointTable table = PointTable.of(point);
        byte[] digits = scalar.signedDigits();
        PointAccumulator accumulator = new PointAccumulator();
        accumulator.add(table, digits[Scalar.DIGITS - 1]);
        for (int i = Scalar.DIGITS - 2; i >= 0; i--) {
            accumulator.multiplyBySixteen();
            accumulator.add(table, digits[i]);
        }
        SecretBytes.wipe(digits);
        return accumulator.toPoint();
    }

    /**
     * {@code scalar} times the generator. Tables of 256^i times the generator, made once, take the place of doublings:
     * the sum over the odd digits times 16, plus the sum over the even digits.
     */
    static EdwardsPoint multiplyBase(Scalar scalar) {
        byte[] digits = scalar.signedDigits();
        PointAccumulator accumulator = new PointAccumulator();
        for (int i = 1; i < Scalar.DIGITS; i += 2) {
            accumulator.add(BaseTables.TABLES[i / 2], digits[i]);
        }
        accumulator.multiplyBySixteen();
        for (int i = 0; i < Scalar.DIGITS; i += 2) {
            accumulator.add(BaseTables.TABLES[i / 2], digits[i]);
        }
        SecretBytes.wipe(digits);
        return accumulator.toPoint();
    }

    private void add(PointTable table, int digit) {
        table.select(digit, selected);
        point.setExtended(sum);
        sum.setSum(point, selected);
    }

    private void multiplyBySixteen() {
        for (int i = 0; i < WINDOW_BITS; i++) {
            point.setProjective(sum);
            sum.setTwice(point);
        }
    }

    private EdwardsPoint toPoint() {
        return EdwardsPoint.identity().setExtended(sum);
    }

    /** Made when first used: some 500 additions, 30 kB. */
    private static final class BaseTables {
        /** At index i, the multiples of 256^i times the generator. */
        static final PointTable[] TABLES = new PointTable[Scalar.DIGITS / 2];

        static {
            PointAccumulator power = new PointAccumulator();
            power.sum.setSum(
                    EdwardsPoint.identity(),
                    CachedPoint.of(RistrettoElement.basepoint().representative()));
            for (int i = 0; i < TABLES.length; i++) {
                TABLES[i] = PointTable.of(power.toPoint());
                power.multiplyBySixteen();
                power.multiplyBySixteen();
            }
        }
    }
}
