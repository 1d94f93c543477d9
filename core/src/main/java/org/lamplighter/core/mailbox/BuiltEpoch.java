package org.lamplighter.core.mailbox;

import java.util.List;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.Digest;

/** What {@link EpochBuilder} made: the hints file, and the hashes that the head names. All of it is public. Immutable. */
public final class BuiltEpoch {
    private final byte[] hints;
    private final List<Digest> bodyDigests;

    BuiltEpoch(byte[] hints, List<Digest> bodyDigests) {
        this.hints = hints;
        this.bodyDigests = bodyDigests;
    }

    /** A copy of the hints file, N x 48 bytes. */
    public byte[] hints() {
        return hints.clone();
    }

    public Digest hintsDigest() {
        return Digest.copyOf(Sha256.digest(hints));
    }

    /** Of the 64 body files, in order. */
    public List<Digest> bodyDigests() {
        return bodyDigests;
    }
}
