package org.lamplighter.core.primitive.ristretto;

/**
 * The square root of a ratio of field elements.
 *
 * @param wasSquare mask of whether the ratio has a root
 * @param value the non-negative root, or if there is none, that of {@link FieldElement#SQRT_M1} times the ratio
 */
record SquareRoot(long wasSquare, FieldElement value) {
    /** SQRT_RATIO_M1 of RFC 9496 §4.2: the root of {@code u / v}, and zero if either is zero. */
    static SquareRoot ofRatio(FieldElement u, FieldElement v) {
        FieldElement v3 = v.square().multiply(v);
        FieldElement v7 = v3.square().multiply(v);
        FieldElement r = u.multiply(v3).multiply(powerOfFiveEighths(u.multiply(v7)));
        FieldElement check = v.multiply(r.square());
        FieldElement minusU = u.negate();
        long correctSign = check.matches(u);
        long flippedSign = check.matches(minusU);
        long flippedSignTimesI = check.matches(minusU.multiply(FieldElement.SQRT_M1));
        FieldElement root = r.orElse(r.multiply(FieldElement.SQRT_M1), flippedSign | flippedSignTimesI);
        return new SquareRoot(correctSign | flippedSign, root.absolute());
    }

    /** {@code x} to the power (p - 5) / 8 = 2^252 - 3, through the powers 2^n - 1, which are n ones in binary. */
    private static FieldElement powerOfFiveEighths(FieldElement x) {
        FieldElement ones2 = x.square().multiply(x);
        FieldElement ones4 = ones2.squareRepeatedly(2).multiply(ones2);
        FieldElement ones5 = ones4.square().multiply(x);
        FieldElement ones10 = ones5.squareRepeatedly(5).multiply(ones5);
        FieldElement ones20 = ones10.squareRepeatedly(10).multiply(ones10);
        FieldElement ones40 = ones20.squareRepeatedly(20).multiply(ones20);
        FieldElement ones50 = ones40.squareRepeatedly(10).multiply(ones10);
        FieldElement ones100 = ones50.squareRepeatedly(50).multiply(ones50);
        FieldElement ones200 = ones100.squareRepeatedly(100).multiply(ones100);
        FieldElement ones250 = ones200.squareRepeatedly(50).multiply(ones50);
        return ones250.squareRepeatedly(2).multiply(x);
    }
}
