/**
 * The hot spots alone, measured by JMH in processes of their own: one method each, in the classes named {@code …Speed}, which
 * the annotation processor of JMH finds. The name of a method, split into words, is what the table calls it.
 */
@NullMarked
package org.lamplighter.bench.jmh;

import org.jspecify.annotations.NullMarked;
