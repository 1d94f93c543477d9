/**
 * Fuzzing with Jazzer (docs/reliability.md): targets that say what a parser must do with any bytes, the driver that Jazzer calls,
 * and the corpus that is kept. An ordinary build runs every kept input once; {@code mvn -Pfuzz} looks for new ones.
 *
 * <p>Start with {@link org.lamplighter.testkit.fuzz.FuzzTarget} and {@link org.lamplighter.testkit.fuzz.FuzzRun}.
 */
@org.jspecify.annotations.NullMarked
package org.lamplighter.testkit.fuzz;
