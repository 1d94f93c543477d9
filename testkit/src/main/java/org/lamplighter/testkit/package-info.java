/**
 * What tests of every module share: seeded randomness, readers of vectors, checks that a parser is strict. Not shipped.
 *
 * <p>Start with {@link org.lamplighter.testkit.SeededRandom} and {@link org.lamplighter.testkit.Malleability}. Depends on no
 * module of the product.
 */
@org.jspecify.annotations.NullMarked
package org.lamplighter.testkit;
