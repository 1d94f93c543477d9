/**
 * The recipient's half of the mailbox: finds the rows of one fetch key in the public files of an epoch and opens their bodies
 * (docs/spec/04-mailbox.md 4.10).
 *
 * <p>Start with {@link org.lamplighter.core.scan.Scan}. For those who hold keys: never exported to the station. What is inside an
 * envelope is the package envelope's business. Depends on the packages epoch, envelope (keys), hint, primitive and wire.
 */
package org.lamplighter.core.scan;
