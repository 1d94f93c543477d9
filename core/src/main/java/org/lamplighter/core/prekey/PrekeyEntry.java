package org.lamplighter.core.prekey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.envelope.ApkePublicKey;
import org.lamplighter.core.envelope.PkePublicKey;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.wire.NewsroomId;

/**
 * One journalist's line in the keys file: the prekey of one slot, and the path to the signed root (docs/spec 1.7). Comes
 * from {@link PrekeyUpload#entry} or verified from bytes. Immutable.
 */
public final class PrekeyEntry {
    /** 2725. */
    public static final int BYTES = 1
            + 4
            + PrekeyTree.HASH_BYTES
            + SigningKey.SIGNATURE_BYTES
            + Prekey.BYTES
            + PrekeyTree.DEPTH * PrekeyTree.HASH_BYTES;

    private static final String WHAT = "keys file: entry";

    private final long firstSlot;
    private final byte[] root;
    private final byte[] signature;
    private final Prekey prekey;
    private final List<byte[]> path;

    PrekeyEntry(long firstSlot, byte[] root, byte[] signature, Prekey prekey, List<byte[]> path) {
        this.firstSlot = firstSlot;
        this.root = root.clone();
        this.signature = signature.clone();
        this.prekey = prekey;
        this.path = List.copyOf(path);
    }

    /** The entry of {@code journalist} for {@code slot}, or nothing when there is no prekey (all zero). */
    public static Optional<PrekeyEntry> verify(byte[] bytes, NewsroomId newsroom, VerifyingKey journalist, long slot)
            throws MalformedException {
        ByteReader reader = ByteReader.of(bytes, WHAT);
        int present = reader.u8();
        if (present == 0) {
            ByteReader absent = ByteReader.of(reader.bytes(BYTES - 1), WHAT);
            reader.end();
            absent.zerosToEnd();
            return Optional.empty();
        }
        if (present != 1) {
            throw new MalformedException(Reason.BAD_FIELD, WHAT + ": neither present nor absent");
        }
        long firstSlot = reader.u32();
        byte[] root = reader.bytes(PrekeyTree.HASH_BYTES);
        byte[] signature = reader.bytes(SigningKey.SIGNATURE_BYTES);
        ApkePublicKey apke = ApkePublicKey.parse(reader.bytes(ApkePublicKey.BYTES));
        PkePublicKey pke = PkePublicKey.parse(reader.bytes(PkePublicKey.BYTES));
        List<byte[]> path = new ArrayList<>();
        for (int i = 0; i < PrekeyTree.DEPTH; i++) {
            path.add(reader.bytes(PrekeyTree.HASH_BYTES));
        }
        reader.end();
        if (slot < firstSlot || slot >= firstSlot + PrekeyTree.LEAVES) {
            throw new MalformedException(Reason.OUT_OF_DATE, WHAT + ": of other slots");
        }
        if (!SlotSignature.verifies(newsroom, journalist, firstSlot, root, signature)) {
            throw new MalformedException(Reason.BAD_SIGNATURE, WHAT + ": signature does not verify");
        }
        Prekey prekey = new Prekey(slot, apke, pke);
        if (!Arrays.equals(root, PrekeyTree.root(prekey.leaf(), (int) (slot - firstSlot), path))) {
            throw new MalformedException(Reason.WRONG_HASH, WHAT + ": path does not lead to the root");
        }
        return Optional.of(new PrekeyEntry(firstSlot, root, signature, prekey, path));
    }

    /** The {@value #BYTES} bytes that {@link #verify} reads. */
    public byte[] toByteArray() {
        ByteWriter writer = new ByteWriter()
                .u8(1)
                .u32(firstSlot)
                .bytes(root)
                .bytes(signature)
                .bytes(prekey.keyBytes());
        path.forEach(writer::bytes);
        return writer.toByteArray();
    }

    public Prekey prekey() {
        return prekey;
    }
}
