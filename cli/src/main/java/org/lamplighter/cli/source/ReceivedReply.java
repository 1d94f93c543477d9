package org.lamplighter.cli.source;

import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MessageId;

/**
 * A reply of a journalist of the newsroom.
 *
 * @param carrier id of the message it came in: its own, or that of a thread that carried it once more
 * @param sender who wrote it
 * @param from name in the roster
 * @param left whether the journalist has left the newsroom since
 * @param day days since 1970, as the journalist's machine had it
 * @param text of any content; made harmless by whoever shows it
 */
public record ReceivedReply(
        MessageId id, MessageId carrier, JournalistId sender, String from, boolean left, long day, String text) {
    @Override
    public String toString() {
        return "ReceivedReply[REDACTED]";
    }
}
