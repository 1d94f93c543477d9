package org.lamplighter.core.mailbox;

import java.util.Arrays;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;

/**
 * What one slot holds: {@code X 32 || Z 32 || envelope 8176} (docs/spec/04-mailbox.md 4.1). Whether it is a message or a decoy is
 * not in it. Immutable.
 */
public final class MailboxRow {
    /** Bytes of an envelope (docs/spec/02-envelope.md 2.3). */
    public static final int ENVELOPE_LENGTH = 8176;

    /** Bytes of {@link #encode}. */
    public static final int LENGTH = HintPair.LENGTH + ENVELOPE_LENGTH;

    private final HintPair hint;
    private final byte[] envelope;

    private MailboxRow(HintPair hint, byte[] envelope) {
        this.hint = hint;
        this.envelope = envelope;
    }

    /** Takes a copy of {@code envelope}, which must be {@value #ENVELOPE_LENGTH} bytes. */
    public static MailboxRow of(HintPair hint, byte[] envelope) {
        if (envelope.length != ENVELOPE_LENGTH) {
            throw new IllegalArgumentException("an envelope is " + ENVELOPE_LENGTH + " bytes");
        }
        return new MailboxRow(hint, envelope.clone());
    }

    /** Reads {@link #encode}, {@value #LENGTH} bytes; refuses hints as {@link HintPair#decode} does. */
    public static MailboxRow parse(byte[] bytes) throws MalformedException {
        ByteReader reader = ByteReader.of(bytes, "mailbox row");
        MailboxRow row = read(reader);
        reader.end();
        return row;
    }

    static MailboxRow read(ByteReader reader) throws MalformedException {
        HintPair hint = HintPair.read(reader);
        return new MailboxRow(hint, reader.bytes(ENVELOPE_LENGTH));
    }

    public byte[] encode() {
        return new ByteWriter().bytes(hint.encode()).bytes(envelope).toByteArray();
    }

    public HintPair hint() {
        return hint;
    }

    /** A copy of the envelope. */
    public byte[] envelope() {
        return envelope.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MailboxRow that && hint.equals(that.hint) && Arrays.equals(envelope, that.envelope);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(envelope);
    }

    @Override
    public String toString() {
        return "MailboxRow[REDACTED]";
    }
}
