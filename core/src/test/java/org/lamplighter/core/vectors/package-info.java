/**
 * Makers of {@code vectors/lamplighter/mailbox.json} and {@code message.json}: written from the words of docs/spec, with the JDK and
 * Bouncy Castle alone where they can, and not from the code that the vectors check.
 */
@org.jspecify.annotations.NullMarked
package org.lamplighter.core.vectors;
