package org.lamplighter.core.primitive.ristretto;

import org.lamplighter.core.primitive.ristretto.EdwardsPoint.Completed;
import org.lamplighter.core.primitive.ristretto.EdwardsPoint.Projective;

/**
 * Multiplication of a point by a secret scalar, four bits at a time: the scalar is written in base 16 with digits from -8 to
 * 8, and each digit picks a multiple from a table.
 */
final class WindowedMultiplication {
    private static final int WINDOW_BITS = 4;

    private WindowedMultiplication() {}

    static EdwardsPoint multiply(EdwardsPoint point, Scalar scalar) {
        byte[] digits = scalar.signedDigits();
        PointTable table = PointTable.of(point);
        EdwardsPoint product = EdwardsPoint.IDENTITY.add(table.select(digits[Scalar.DIGITS - 1]));
        for (int i = Scalar.DIGITS - 2; i >= 0; i--) {
            product = timesSixteen(product).add(table.select(digits[i]));
        }
        return product;
    }

    /** Multiplication of the generator, with tables made once: additions only, but for four doublings. */
    static EdwardsPoint multiplyBase(Scalar scalar) {
        byte[] digits = scalar.signedDigits();
        EdwardsPoint product = EdwardsPoint.IDENTITY;
        for (int i = 1; i < Scalar.DIGITS; i += 2) {
            product = product.add(Base.TABLES[i / 2].select(digits[i]));
        }
        product = timesSixteen(product);
        for (int i = 0; i < Scalar.DIGITS; i += 2) {
            product = product.add(Base.TABLES[i / 2].select(digits[i]));
        }
        return product;
    }

    private static EdwardsPoint timesSixteen(EdwardsPoint point) {
        Completed doubled = new Projective(point.x(), point.y(), point.z()).doubled();
        for (int i = 1; i < WINDOW_BITS; i++) {
            doubled = doubled.projective().doubled();
        }
        return doubled.extended();
    }

    /** At index i, the multiples of 256^i times the generator; made when first used. */
    private static final class Base {
        static final PointTable[] TABLES = tables();

        private static PointTable[] tables() {
            PointTable[] tables = new PointTable[Scalar.DIGITS / 2];
            EdwardsPoint point = RistrettoElement.basepoint().representative();
            for (int i = 0; i < tables.length; i++) {
                tables[i] = PointTable.of(point);
                point = timesSixteen(timesSixteen(point));
            }
            return tables;
        }
    }
}
