/**
 * Derives everything again from the bytes of a journalist's folder (docs/spec 8), and says what is wrong.
 *
 * <p>Start with {@link org.lamplighter.desk.check.DeskCheck}. Must not talk to a station, and must not repair.
 */
package org.lamplighter.desk.check;
