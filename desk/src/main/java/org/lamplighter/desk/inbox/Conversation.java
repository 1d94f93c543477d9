package org.lamplighter.desk.inbox;

import org.lamplighter.core.envelope.ApkePublicKey;
import org.lamplighter.core.envelope.FetchPublicKey;
import org.lamplighter.core.envelope.PkePublicKey;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * A source, as far as it is known: its keys, and the two words by which it is called. Immutable.
 *
 * @param keys to which an answer is sealed
 * @param shown number of the last message that was shown; later ones are unread
 */
public record Conversation(ConversationId id, Designation designation, RecipientKeys keys, int shown) {
    static final String PREFIX = "conversation/";

    private static final int VERSION = 1;
    private static final int MAX_DESIGNATION_BYTES = 17;

    String entryName() {
        return PREFIX + id.hex();
    }

    Conversation shownThrough(int number) {
        return new Conversation(id, designation, keys, Math.max(shown, number));
    }

    byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .text16(designation.text())
                .bytes(keys.apke().toByteArray())
                .bytes(keys.pke().toByteArray())
                .bytes(keys.fetch().toByteArray())
                .u32(shown)
                .toByteArray();
    }

    static Conversation parse(byte[] bytes) throws MalformedException {
        ByteReader in = ByteReader.of(bytes, "stored conversation");
        in.version(VERSION);
        Designation designation = new Designation(in.text16(MAX_DESIGNATION_BYTES));
        RecipientKeys keys = new RecipientKeys(
                ApkePublicKey.parse(in.bytes(ApkePublicKey.BYTES)),
                PkePublicKey.parse(in.bytes(PkePublicKey.BYTES)),
                FetchPublicKey.parse(in.bytes(FetchPublicKey.BYTES)));
        long shown = in.u32();
        in.end();
        if (shown > Integer.MAX_VALUE) {
            throw new MalformedException(Reason.TOO_LARGE, "stored conversation: number of a message");
        }
        return new Conversation(ConversationId.of(keys), designation, keys, (int) shown);
    }
}
