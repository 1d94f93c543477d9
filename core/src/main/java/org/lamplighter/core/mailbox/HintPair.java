package org.lamplighter.core.mailbox;

import org.lamplighter.core.primitive.ristretto.RistrettoElement;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * The hint of one row as its sender made it, {@code X = xB} and {@code Z = x (fetch key)} (docs/spec/02-envelope.md 2.4), decoded.
 * Neither is ever the identity: a row with {@code X = Z = 0} would be found by every recipient.
 *
 * <p>Decoding costs a tenth of a multiplication; a station keeps the pairs of its slots decoded between epochs. Immutable.
 */
public final class HintPair {
    /** Bytes of {@link #encode}. */
    public static final int LENGTH = 2 * RistrettoElement.BYTES;

    private final RistrettoElement x;
    private final RistrettoElement z;

    private HintPair(RistrettoElement x, RistrettoElement z) {
        this.x = x;
        this.z = z;
    }

    static HintPair of(RistrettoElement x, RistrettoElement z) {
        if (x.isIdentity() || z.isIdentity() || x.equals(z)) {
            throw new IllegalArgumentException("not a hint");
        }
        return new HintPair(x, z);
    }

    /**
     * Decodes {@code X 32} and {@code Z 32}.
     *
     * @throws MalformedException {@code NOT_CANONICAL} or {@code IDENTITY}, or {@code BAD_FIELD} when the two are equal
     */
    public static HintPair decode(byte[] x, byte[] z) throws MalformedException {
        HintPair pair = new HintPair(RistrettoElement.decodeNonIdentity(x), RistrettoElement.decodeNonIdentity(z));
        if (pair.x.equals(pair.z)) {
            throw new MalformedException(Reason.BAD_FIELD, "hint: X equals Z");
        }
        return pair;
    }

    /** Reads {@link #encode}, 64 bytes, and refuses as {@link #decode} does. */
    public static HintPair parse(byte[] bytes) throws MalformedException {
        ByteReader reader = ByteReader.of(bytes, "hint");
        HintPair pair = read(reader);
        reader.end();
        return pair;
    }

    static HintPair read(ByteReader reader) throws MalformedException {
        return decode(reader.bytes(RistrettoElement.BYTES), reader.bytes(RistrettoElement.BYTES));
    }

    /** {@code X 32 || Z 32}. */
    public byte[] encode() {
        return new ByteWriter().bytes(x.encode()).bytes(z.encode()).toByteArray();
    }

    /** The encoding of X, 32 bytes: what tells that a bundle was posted before (4.2). */
    public byte[] encodedX() {
        return x.encode();
    }

    RistrettoElement x() {
        return x;
    }

    RistrettoElement z() {
        return z;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HintPair that && x.equals(that.x) && z.equals(that.z);
    }

    @Override
    public int hashCode() {
        return x.hashCode();
    }

    /** Names the type only: which rows exist is not for logs. */
    @Override
    public String toString() {
        return "HintPair[REDACTED]";
    }
}
