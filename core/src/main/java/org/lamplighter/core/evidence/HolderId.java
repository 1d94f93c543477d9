package org.lamplighter.core.evidence;

import java.util.Arrays;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.FixedBytes;
import org.lamplighter.core.wire.JournalistId;

/** Who holds a share, 8 bytes: a journalist's id, or the first bytes of the hash of a trustee's key (docs/spec 7.4). Immutable. */
public final class HolderId extends FixedBytes {
    /** Size in bytes. */
    public static final int LENGTH = 8;

    private HolderId(byte[] bytes) {
        super(bytes, LENGTH);
    }

    /** Takes a copy of {@code bytes}, which must be {@value #LENGTH} bytes. */
    public static HolderId copyOf(byte[] bytes) {
        return new HolderId(bytes);
    }

    /** The id of a journalist as a holder: the same 8 bytes. */
    public static HolderId of(JournalistId journalist) {
        return new HolderId(journalist.toByteArray());
    }

    /** The id of the trustee with this PKE key of 1216 bytes. */
    public static HolderId ofTrusteeKey(byte[] pkeKey) {
        return new HolderId(Arrays.copyOf(Sha256.digest(pkeKey), LENGTH));
    }
}
