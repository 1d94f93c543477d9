package org.lamplighter.core.hint;

import org.lamplighter.core.primitive.Hkdf;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.NewsroomId;

/**
 * Derives {@code okm} of docs/spec/04-mailbox.md 4.5: 16 bytes of tag, then the 32-byte key of the body. Bound to newsroom,
 * epoch and Q, so that nothing of one row or epoch is of use in another. Immutable and thread-safe.
 */
public final class HintKey {
    /** Bytes of the tag, the first part of okm. */
    public static final int TAG_LENGTH = 16;

    /** Bytes of okm: tag and body key. */
    public static final int LENGTH = TAG_LENGTH + 32;

    private static final byte[] SALT =
            new ByteWriter().ascii("lamplighter/hint/v1").toByteArray();

    private final byte[] newsroomAndEpoch;

    private HintKey(byte[] newsroomAndEpoch) {
        this.newsroomAndEpoch = newsroomAndEpoch;
    }

    /** The derivation for one newsroom and epoch. */
    public static HintKey of(NewsroomId newsroom, long epoch) {
        return new HintKey(
                new ByteWriter().bytes(newsroom.toByteArray()).u64(epoch).toByteArray());
    }

    /**
     * {@code HKDF(encode(K), salt "lamplighter/hint/v1", info NR || e u64 || Q 32, 48)}. The caller wipes both {@code shared}, the
     * encoding of K, and the result.
     */
    public byte[] okm(byte[] shared, byte[] q) {
        byte[] info = new ByteWriter().bytes(newsroomAndEpoch).bytes(q).toByteArray();
        return Hkdf.derive(shared, SALT, info, LENGTH);
    }
}
