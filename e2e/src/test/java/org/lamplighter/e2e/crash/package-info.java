/**
 * The system as processes that are killed with SIGKILL: station, source, journalist. Start with {@link
 * org.lamplighter.e2e.crash.CrashTest}.
 *
 * <p>A killed process leaves what it gave to the operating system; a machine that loses power does not. The order in which
 * files are forced to disk is tested in the module station.
 */
package org.lamplighter.e2e.crash;
