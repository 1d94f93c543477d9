package org.lamplighter.core.prekey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lamplighter.core.envelope.ApkePublicKey;
import org.lamplighter.core.envelope.PkePublicKey;
import org.lamplighter.core.newsroom.RosterJournalist;
import org.lamplighter.core.signature.SigningKey;
import org.lamplighter.core.signature.VerifyingKey;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.JournalistId;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.core.wire.NewsroomId;

/**
 * 64 prekeys of consecutive slots, signed by their journalist (docs/spec 1.6). Exists only verified, except that whether
 * the journalist is enrolled is for the roster to say. Immutable and thread-safe.
 */
public final class PrekeyUpload {
    public static final int COUNT = PrekeyTree.LEAVES;
    /** 155,815. */
    public static final int BYTES = 1
            + NewsroomId.LENGTH
            + VerifyingKey.BYTES
            + 4
            + 2
            + PrekeyTree.HASH_BYTES
            + SigningKey.SIGNATURE_BYTES
            + COUNT * Prekey.BYTES;

    /** How many slots an upload may reach ahead of the current one (docs/spec 1.6). */
    public static final int MAX_SLOTS_AHEAD = 192;

    private static final String WHAT = "prekey upload";
    private static final long LAST_SLOT = 0xffff_ffffL - COUNT;

    private final NewsroomId newsroom;
    private final VerifyingKey journalist;
    private final long firstSlot;
    private final List<Prekey> prekeys;
    private final PrekeyTree tree;
    private final byte[] signature;

    private PrekeyUpload(
            NewsroomId newsroom,
            VerifyingKey journalist,
            long firstSlot,
            List<Prekey> prekeys,
            PrekeyTree tree,
            byte[] signature) {
        this.newsroom = newsroom;
        this.journalist = journalist;
        this.firstSlot = firstSlot;
        this.prekeys = prekeys;
        this.tree = tree;
        this.signature = signature;
    }

    /** Signs {@value #COUNT} prekeys of consecutive slots. */
    public static PrekeyUpload sign(NewsroomId newsroom, SigningKey journalist, List<Prekey> prekeys) {
        long firstSlot = prekeys.getFirst().slot();
        for (int i = 0; i < prekeys.size(); i++) {
            if (prekeys.size() != COUNT || prekeys.get(i).slot() != firstSlot + i) {
                throw new IllegalArgumentException("not " + COUNT + " consecutive slots");
            }
        }
        PrekeyTree tree = PrekeyTree.over(prekeys);
        byte[] signature = SlotSignature.sign(newsroom, journalist, firstSlot, tree.root());
        return new PrekeyUpload(newsroom, journalist.verifyingKey(), firstSlot, List.copyOf(prekeys), tree, signature);
    }

    /** Reads and verifies the {@value #BYTES} bytes of an upload to {@code newsroom}. */
    public static PrekeyUpload verify(byte[] bytes, NewsroomId newsroom) throws MalformedException {
        ByteReader reader = ByteReader.of(bytes, WHAT);
        reader.version(1);
        if (!NewsroomId.copyOf(reader.bytes(NewsroomId.LENGTH)).equals(newsroom)) {
            throw new MalformedException(Reason.WRONG_SIGNER, WHAT + ": for another newsroom");
        }
        VerifyingKey journalist = VerifyingKey.parse(reader.bytes(VerifyingKey.BYTES));
        long firstSlot = reader.u32();
        if (reader.u16() != COUNT || firstSlot > LAST_SLOT) {
            throw new MalformedException(Reason.BAD_FIELD, WHAT + ": number of slots");
        }
        byte[] root = reader.bytes(PrekeyTree.HASH_BYTES);
        byte[] signature = reader.bytes(SigningKey.SIGNATURE_BYTES);
        // The cheap check first: nobody but a journalist makes us parse 64 keys.
        if (!SlotSignature.verifies(newsroom, journalist, firstSlot, root, signature)) {
            throw new MalformedException(Reason.BAD_SIGNATURE, WHAT + ": signature does not verify");
        }
        List<Prekey> prekeys = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            prekeys.add(new Prekey(
                    firstSlot + i,
                    ApkePublicKey.parse(reader.bytes(ApkePublicKey.BYTES)),
                    PkePublicKey.parse(reader.bytes(PkePublicKey.BYTES))));
        }
        reader.end();
        PrekeyTree tree = PrekeyTree.over(prekeys);
        if (!Arrays.equals(root, tree.root())) {
            throw new MalformedException(Reason.WRONG_HASH, WHAT + ": root is not that of the keys");
        }
        return new PrekeyUpload(newsroom, journalist, firstSlot, List.copyOf(prekeys), tree, signature);
    }

    /** Refuses slots further ahead of {@code currentSlot} than anybody needs: they would only fill the station's disk. */
    public void checkHorizon(long currentSlot) throws MalformedException {
        if (firstSlot + COUNT - 1 > currentSlot + MAX_SLOTS_AHEAD) {
            throw new MalformedException(Reason.OUT_OF_DATE, WHAT + ": too far ahead");
        }
    }

    /** The {@value #BYTES} bytes that {@link #verify} reads. */
    public byte[] toByteArray() {
        ByteWriter writer = new ByteWriter()
                .u8(1)
                .bytes(newsroom.toByteArray())
                .bytes(journalist.toByteArray())
                .u32(firstSlot)
                .u16(COUNT)
                .bytes(tree.root())
                .bytes(signature);
        prekeys.forEach(prekey -> writer.bytes(prekey.keyBytes()));
        return writer.toByteArray();
    }

    public VerifyingKey journalist() {
        return journalist;
    }

    public JournalistId journalistId() {
        return RosterJournalist.id(journalist);
    }

    public long firstSlot() {
        return firstSlot;
    }

    /** In order of their slots. */
    public List<Prekey> prekeys() {
        return prekeys;
    }

    /** What the keys file says of {@code slot}, which is one of this upload's (docs/spec 1.7). */
    public PrekeyEntry entry(long slot) {
        int index = Math.toIntExact(slot - firstSlot);
        return new PrekeyEntry(firstSlot, tree.root(), signature, prekeys.get(index), tree.path(index));
    }
}
