/**
 * What a journalist sends: replies waiting in the outbox, their way to the mailbox, and threads that keep replies there
 * until the source has answered (docs/spec 3.4, 3.7, 3.8).
 *
 * <p>Start with {@link org.lamplighter.desk.reply.Outbox}. Must not depend on stations or commands.
 */
package org.lamplighter.desk.reply;
