/**
 * Manners of the commands. A command takes a {@link org.lamplighter.console.Terminal} in its constructor, throws
 * {@link org.lamplighter.console.CommandFailure} for what a user can put right, and writes files with
 * {@link org.lamplighter.console.AtomicFile}; the {@code main} of an application hands its root command to
 * {@link org.lamplighter.console.CommandRunner}. Knows nothing of newsrooms, stations or journalists.
 */
package org.lamplighter.console;
