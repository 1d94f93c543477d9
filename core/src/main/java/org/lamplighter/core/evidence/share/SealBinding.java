package org.lamplighter.core.evidence.share;

import java.util.List;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.Part;
import org.lamplighter.core.evidence.SealedKeys;
import org.lamplighter.core.evidence.ShareSetId;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.FixedBytes;
import org.lamplighter.core.wire.Hex;
import org.lamplighter.core.wire.MalformedException;

/**
 * What sealed keys are for, 32 bytes: the set, its rule, and the commitment of every part key (docs/spec 7.3). Sealed keys and
 * shares hold for one binding alone, so that nobody lays those of one submission under the files of another. Immutable.
 */
public final class SealBinding extends FixedBytes {
    /** Size in bytes. */
    public static final int LENGTH = 32;

    private SealBinding(byte[] bytes) {
        super(bytes, LENGTH);
    }

    /** Takes a copy of {@code bytes}, which must be {@value #LENGTH} bytes. */
    public static SealBinding copyOf(byte[] bytes) {
        return new SealBinding(bytes);
    }

    /** The binding of {@code keys} under {@code files}, which are all files of the submission in its order. */
    public static SealBinding of(SealedKeys keys, List<FileEntry> files) {
        List<Digest> commitments = files.stream()
                .flatMap(file -> file.parts().stream())
                .map(Part::commitment)
                .toList();
        return of(keys.setId(), keys.threshold(), keys.holders().size(), commitments);
    }

    /** SHA-256 of label, set id, rule and commitments; every field has one length, so that no two inputs are alike. */
    static SealBinding of(ShareSetId setId, int threshold, int holders, List<Digest> commitments) {
        ByteWriter input = new ByteWriter()
                .ascii("ll-seal-bind/v1")
                .bytes(setId.toByteArray())
                .u8(threshold)
                .u8(holders);
        commitments.forEach(commitment -> input.bytes(commitment.toByteArray()));
        return new SealBinding(Sha256.digest(input.toByteArray()));
    }

    /** Reads the lower-case hex that {@link #hex} writes. */
    public static SealBinding parseHex(String hex, String what) throws MalformedException {
        return new SealBinding(Hex.parse(hex, LENGTH, what));
    }

    /** The words by which people tell whether two shares are for the same evidence. */
    public EvidenceWords words() {
        return EvidenceWords.of(toByteArray());
    }
}
