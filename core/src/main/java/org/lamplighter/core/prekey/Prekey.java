package org.lamplighter.core.prekey;

import org.lamplighter.core.envelope.ApkePublicKey;
import org.lamplighter.core.envelope.PkePublicKey;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.ByteWriter;

/** The public keys of one prekey slot. Immutable and thread-safe. */
public record Prekey(long slot, ApkePublicKey apke, PkePublicKey pke) {
    /** APKE 1216 || PKE 1216. */
    public static final int BYTES = ApkePublicKey.BYTES + PkePublicKey.BYTES;

    byte[] keyBytes() {
        return new ByteWriter()
                .bytes(apke.toByteArray())
                .bytes(pke.toByteArray())
                .toByteArray();
    }

    /** SHA-256(0x00 || slot u32 || APKE || PKE), docs/spec 1.6. */
    byte[] leaf() {
        return Sha256.digest(new ByteWriter().u8(0).u32(slot).bytes(keyBytes()).toByteArray());
    }
}
