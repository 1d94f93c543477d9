package org.lamplighter.core.evidence;

import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** The end of a submission (docs/spec 3.3): whether the part keys stand in the files or are sealed k of n. */
public sealed interface Sealing {
    /** The keys stand in the files. */
    record None() implements Sealing {}

    /** The keys of all files, in order, are sealed. */
    record KOfN(SealedKeys keys) implements Sealing {}

    /** Reads the byte that tells which, and the sealed keys. */
    static Sealing read(ByteReader in) throws MalformedException {
        return switch (in.u8()) {
            case 0 -> new None();
            case 1 -> new KOfN(SealedKeys.read(in));
            default -> throw new MalformedException(Reason.BAD_FIELD, "submission: sealing");
        };
    }

    /** Writes what {@link #read} reads. */
    default void writeTo(ByteWriter out) {
        switch (this) {
            case None none -> out.u8(0);
            case KOfN sealed -> sealed.keys().writeTo(out.u8(1));
        }
    }
}
