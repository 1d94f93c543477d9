package org.lamplighter.core.evidence;

import java.security.MessageDigest;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;

/** What a submission says about one part: 64 bytes, key and commitment, the key zero when it is sealed k of n (docs/spec 3.3). */
public sealed interface Part {
    /** Size in bytes. */
    int LENGTH = PartKey.LENGTH + Digest.LENGTH;

    /** {@link PartKey#commitment} of the part's key. */
    Digest commitment();

    /** A part whose key is at hand. That the commitment is the key's is checked when the part is opened. */
    record Keyed(PartKey key, Digest commitment) implements Part {
        /** The part that {@code key} seals. */
        public static Keyed of(PartKey key) {
            return new Keyed(key, key.commitment());
        }
    }

    /** A part whose key is found by opening the sealed keys (docs/spec 7). */
    record Locked(Digest commitment) implements Part {}

    /** Reads what {@link #writeTo} writes; a key of zeros stands for a locked part. */
    static Part read(ByteReader in) throws MalformedException {
        byte[] key = in.bytes(PartKey.LENGTH);
        Digest commitment = Digest.copyOf(in.bytes(Digest.LENGTH));
        return MessageDigest.isEqual(key, new byte[PartKey.LENGTH])
                ? new Locked(commitment)
                : new Keyed(PartKey.copyOf(key), commitment);
    }

    /** Writes {@value #LENGTH} bytes. */
    default void writeTo(ByteWriter out) {
        switch (this) {
            case Keyed keyed -> keyed.key().secret().use(out::bytes);
            case Locked locked -> out.bytes(new byte[PartKey.LENGTH]);
        }
        out.bytes(commitment().toByteArray());
    }
}
