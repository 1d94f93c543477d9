/**
 * Talks to a station: one session of fixed shape, whose files are all verified before anybody reads them, and the upload
 * and collection of sealed chunks. Start with {@link org.lamplighter.client.StationSession}.
 *
 * <p>Nothing here seals or opens, and nothing here writes to disk or to the terminal.
 */
@org.jspecify.annotations.NullMarked
package org.lamplighter.client;
