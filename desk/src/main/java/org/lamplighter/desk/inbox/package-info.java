/**
 * What a journalist received and wrote: conversations, messages, and what is accepted into them (docs/spec 3.6, 8.4).
 *
 * <p>Start with {@link org.lamplighter.desk.inbox.Inbox}, which keeps, and {@link org.lamplighter.desk.inbox.Sorter}, which
 * decides. Must not depend on stations, on commands, or on the packages reply and evidence.
 */
package org.lamplighter.desk.inbox;
