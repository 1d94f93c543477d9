/**
 * ristretto255, the prime-order group of RFC 9496, in plain Java and in constant time.
 *
 * <p>Start with {@link org.lamplighter.core.primitive.ristretto.RistrettoElement} and {@link
 * org.lamplighter.core.primitive.ristretto.Scalar}. Beneath them, each seeing only what stands below it:
 *
 * <ol>
 *   <li>{@code RistrettoElement}: the codec, equality and derivation of RFC 9496 §4.3;
 *   <li>{@code PointAccumulator} and {@code PointTable}: multiplication by a secret scalar;
 *   <li>{@code EdwardsPoint}, {@code CompletedPoint} and {@code CachedPoint}: the curve edwards25519 and its formulas;
 *   <li>{@code FieldElement}: integers modulo 2^255 - 19, where nearly all the time goes.
 * </ol>
 *
 * <p>{@code EncodedProduct}, above them, may hand one operation to the machine's libsodium, when it is asked to and after a
 * self-test. {@code GroupOrder}, beneath {@code Scalar}, is apart from these: integers modulo the order of the group.
 *
 * <p>Constant time here means: no branch, no array index and no division whose operand depends on a secret. Conditions
 * are masks (0 or -1) and tables are read whole. What the just-in-time compiler makes of it is beyond the source.
 *
 * <p>Depends only on {@code wire}, for the exception that refuses malformed bytes, and {@code secret}, for wiping. Not
 * exported: the rest of this module decides what an element means.
 */
package org.lamplighter.core.primitive.ristretto;
