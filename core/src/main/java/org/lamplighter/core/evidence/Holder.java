package org.lamplighter.core.evidence;

import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** One holder in the sealed keys: who it is, and the share that only this holder's key opens (docs/spec 7.4). Immutable. */
public final class Holder {
    /** Whose key the share is sealed to. */
    public enum Kind {
        /** The PKE prekey of the slot that the message names. */
        JOURNALIST(1),
        /** The PKE key in the roster. */
        TRUSTEE(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        static Kind read(ByteReader in) throws MalformedException {
            return switch (in.u8()) {
                case 1 -> JOURNALIST;
                case 2 -> TRUSTEE;
                default -> throw new MalformedException(Reason.BAD_FIELD, "sealed keys: kind of holder");
            };
        }
    }

    /** Bytes of an encapsulated X-Wing key, and of a sealed share with it. */
    public static final int ENCAPSULATION_BYTES = 1120;

    /** X-Wing ciphertext and the sealed 32 bytes. */
    public static final int SEALED_SHARE_BYTES = ENCAPSULATION_BYTES + 48;

    private final Digest shareHash;
    private final Kind kind;
    private final HolderId id;
    private final byte[] sealedShare;

    /** Takes a copy of {@code sealedShare}, which must be {@value #SEALED_SHARE_BYTES} bytes. */
    public Holder(Digest shareHash, Kind kind, HolderId id, byte[] sealedShare) {
        if (sealedShare.length != SEALED_SHARE_BYTES) {
            throw new IllegalArgumentException("a sealed share of another length");
        }
        this.shareHash = shareHash;
        this.kind = kind;
        this.id = id;
        this.sealedShare = sealedShare.clone();
    }

    static Holder read(ByteReader in) throws MalformedException {
        return new Holder(
                Digest.copyOf(in.bytes(Digest.LENGTH)),
                Kind.read(in),
                HolderId.copyOf(in.bytes(HolderId.LENGTH)),
                in.bytes(SEALED_SHARE_BYTES));
    }

    void writeTo(ByteWriter out) {
        out.bytes(shareHash.toByteArray()).u8(kind.code).bytes(id.toByteArray()).bytes(sealedShare);
    }

    /** By which a bad share is found out. */
    public Digest shareHash() {
        return shareHash;
    }

    public Kind kind() {
        return kind;
    }

    public HolderId id() {
        return id;
    }

    /** A copy of the sealed share. */
    public byte[] sealedShare() {
        return sealedShare.clone();
    }
}
