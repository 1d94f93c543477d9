/**
 * Tests of hypotheses for the promises of the mailbox: p-values, a t-test and a distinguisher that learns. Distributions are
 * Hipparchus's.
 *
 * <p>Start with {@link org.lamplighter.testkit.statistics.Significance}.
 */
@org.jspecify.annotations.NullMarked
package org.lamplighter.testkit.statistics;
