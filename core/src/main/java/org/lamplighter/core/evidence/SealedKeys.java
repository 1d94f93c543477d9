package org.lamplighter.core.evidence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * The part keys of a submission, sealed so that {@code threshold} of the holders open them together (docs/spec 7.4). Only
 * the form: sealing and opening are in the package {@code share}. Immutable.
 *
 * <p>The bytes inside are ciphertext and hashes; nothing here is secret.
 */
public final class SealedKeys {
    /** The most holders of one set. */
    public static final int MAX_HOLDERS = 16;

    /** Bytes of the salt of the secret's hash. */
    public static final int SALT_BYTES = 32;

    /** The most sealed bytes that a submission can hold with all that is around them. */
    private static final int MAX_SEALED_BYTES = 16 << 20;

    private static final int TAG_BYTES = 16;

    private final ShareSetId setId;
    private final int threshold;
    private final byte[] salt;
    private final Digest secretHash;
    private final List<Holder> holders;
    private final byte[] sealedPartKeys;

    /** Takes what docs/spec 7.4 lists; fields that cannot stand together are a fault of the caller. */
    public SealedKeys(
            ShareSetId setId,
            int threshold,
            byte[] salt,
            Digest secretHash,
            List<Holder> holders,
            byte[] sealedPartKeys) {
        this.setId = setId;
        this.threshold = threshold;
        this.salt = salt.clone();
        this.secretHash = secretHash;
        this.holders = List.copyOf(holders);
        this.sealedPartKeys = sealedPartKeys.clone();
        if (salt.length != SALT_BYTES
                || !isRule(threshold, holders.size())
                || !areDistinct(holders)
                || !isSealedLength(sealedPartKeys.length)) {
            throw new IllegalArgumentException("sealed keys that no submission can hold");
        }
    }

    /** Whether any {@code threshold} of {@code holders} can be a rule: 2 to n of n, n at most 16 (docs/spec 7.1). */
    public static boolean isRule(int threshold, int holders) {
        return threshold >= 2 && threshold <= holders && holders <= MAX_HOLDERS;
    }

    /** Reads sealed keys, from the set id on. */
    public static SealedKeys read(ByteReader in) throws MalformedException {
        ShareSetId setId = ShareSetId.copyOf(in.bytes(ShareSetId.LENGTH));
        int threshold = in.u8();
        int count = in.u8();
        require(isRule(threshold, count), "threshold and number of holders");
        byte[] salt = in.bytes(SALT_BYTES);
        Digest secretHash = Digest.copyOf(in.bytes(Digest.LENGTH));
        List<Holder> holders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            holders.add(Holder.read(in));
        }
        require(areDistinct(holders), "a holder twice");
        long length = in.u32();
        require(isSealedLength(length), "length of the sealed part keys");
        return new SealedKeys(setId, threshold, salt, secretHash, holders, in.bytes((int) length));
    }

    /** Writes what {@link #read} reads. */
    public void writeTo(ByteWriter out) {
        out.bytes(setId.toByteArray())
                .u8(threshold)
                .u8(holders.size())
                .bytes(salt)
                .bytes(secretHash.toByteArray());
        holders.forEach(holder -> holder.writeTo(out));
        out.u32(sealedPartKeys.length).bytes(sealedPartKeys);
    }

    public ShareSetId setId() {
        return setId;
    }

    /** How many shares open. */
    public int threshold() {
        return threshold;
    }

    /** A copy of the salt of {@link #secretHash}, 32 bytes. */
    public byte[] salt() {
        return salt.clone();
    }

    /** SHA-256 of salt and secret. */
    public Digest secretHash() {
        return secretHash;
    }

    /** In order of their shares: the first one has share 1. */
    public List<Holder> holders() {
        return holders;
    }

    /** How many part keys are inside. */
    public int keyCount() {
        return (sealedPartKeys.length - TAG_BYTES) / PartKey.LENGTH;
    }

    /** A copy of the sealed part keys. */
    public byte[] sealedPartKeys() {
        return sealedPartKeys.clone();
    }

    private static boolean areDistinct(List<Holder> holders) {
        Set<Object> seen = new HashSet<>();
        return holders.stream().allMatch(holder -> seen.add(List.of(holder.kind(), holder.id())));
    }

    private static boolean isSealedLength(long length) {
        return length >= PartKey.LENGTH + TAG_BYTES
                && length <= MAX_SEALED_BYTES
                && (length - TAG_BYTES) % PartKey.LENGTH == 0;
    }

    private static void require(boolean holds, String field) throws MalformedException {
        if (!holds) {
            throw new MalformedException(Reason.BAD_FIELD, "sealed keys: " + field);
        }
    }
}
