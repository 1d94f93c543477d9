package org.lamplighter.core.mailbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * What one sending posts (docs/spec/04-mailbox.md 4.1): {@code M x (X 32 || Z 32 || envelope 8176) || commitment 32 || token 96},
 * the same size whoever sends and to however many. Immutable.
 */
public final class Bundle {
    /** Bytes of the token field. */
    public static final int TOKEN_LENGTH = 96;

    private final List<MailboxRow> rows;
    private final Digest commitment;
    private final byte[] token;

    private Bundle(List<MailboxRow> rows, Digest commitment, byte[] token) {
        this.rows = rows;
        this.commitment = commitment;
        this.token = token;
    }

    /** Bytes of a bundle of {@code envelopes} (M): 16,608 for 2, 24,848 for 3, 33,088 for 4. */
    public static int length(int envelopes) {
        return envelopes * MailboxRow.LENGTH + Digest.LENGTH + TOKEN_LENGTH;
    }

    /** A bundle of rows with different X, in the order in which they will be posted; {@code token} is 96 bytes. */
    public static Bundle of(List<MailboxRow> rows, Digest commitment, byte[] token) {
        if (token.length != TOKEN_LENGTH || rows.isEmpty() || !xDiffer(rows)) {
            throw new IllegalArgumentException("not a bundle");
        }
        return new Bundle(List.copyOf(rows), commitment, token.clone());
    }

    /**
     * Reads the body of a post and makes all checks of 4.1. The reason is for tests and never for the sender: the station
     * answers every refusal alike, at a time that does not depend on it.
     *
     * @throws MalformedException {@code TRUNCATED} or {@code TRAILING_BYTES} for another size than {@link #length}; {@code
     *     NOT_CANONICAL} or {@code IDENTITY} for an X or Z; {@code BAD_FIELD} when an X equals its Z or another X
     */
    public static Bundle parse(byte[] body, int envelopes) throws MalformedException {
        if (body.length != length(envelopes)) {
            throw new MalformedException(
                    body.length < length(envelopes) ? Reason.TRUNCATED : Reason.TRAILING_BYTES, "bundle: size");
        }
        ByteReader reader = ByteReader.of(body, "bundle");
        List<MailboxRow> rows = new ArrayList<>(envelopes);
        for (int i = 0; i < envelopes; i++) {
            rows.add(MailboxRow.read(reader));
        }
        if (!xDiffer(rows)) {
            throw new MalformedException(Reason.BAD_FIELD, "bundle: the same X twice");
        }
        Digest commitment = Digest.copyOf(reader.bytes(Digest.LENGTH));
        return new Bundle(List.copyOf(rows), commitment, reader.bytes(TOKEN_LENGTH));
    }

    public byte[] encode() {
        ByteWriter writer = new ByteWriter();
        rows.forEach(row -> writer.bytes(row.encode()));
        return writer.bytes(commitment.toByteArray()).bytes(token).toByteArray();
    }

    /** The rows in posted order. */
    public List<MailboxRow> rows() {
        return rows;
    }

    /** The value that enters the record. */
    public Digest commitment() {
        return commitment;
    }

    /** A copy of the token field; random until tokens exist. */
    public byte[] token() {
        return token.clone();
    }

    private static boolean xDiffer(List<MailboxRow> rows) {
        Set<RistrettoElement> seen = new HashSet<>();
        return rows.stream().allMatch(row -> seen.add(row.hint().x()));
    }
}
