/**
 * What an epoch is to everybody: its clock, the layout of its files, the signed head and the chain of heads
 * (docs/spec/04-mailbox.md 4.5 to 4.9).
 *
 * <p>Start with {@link org.lamplighter.core.epoch.Head}; a client that kept {@link org.lamplighter.core.epoch.HeadMemory} notices a
 * station that forks. Must not depend on the mailbox, envelope, scan or message packages.
 */
package org.lamplighter.core.epoch;
