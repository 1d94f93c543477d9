/**
 * The system as processes that are killed with SIGKILL: station, source, journalist. Start with {@link
 * org.lamplighter.e2e.crash.KillTest}.
 *
 * <p>A killed process leaves what it gave to the operating system; a machine that loses power does not: see {@code
 * org.lamplighter.e2e.powerloss}.
 */
package org.lamplighter.e2e.crash;
