/**
 * The key that station and recipient both derive for one row of one epoch (docs/spec/04-mailbox.md 4.5, 4.10), and the loop
 * over rows that both run on several threads.
 *
 * <p>Start with {@link org.lamplighter.core.hint.HintKey}. Not exported; must not depend on the mailbox, scan or message packages.
 */
package org.lamplighter.core.hint;
