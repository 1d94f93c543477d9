package org.lamplighter.desk.evidence;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/**
 * SHA-256 of every chunk that was collected, in the vault: 256 entries at most, by the first byte of the chunk's id, so that a
 * chunk costs one small write. By these a check tells a chunk that changed or went away on this disk from one that its source
 * sealed wrongly. One thread at a time.
 */
public final class ChunkHashes {
    private static final String PREFIX = "hashes/";
    private static final int VERSION = 1;
    /** Half a petabyte of evidence; a bound for the parser, and below what an entry holds. */
    private static final int MOST = 1 << 19;

    private final Vault vault;

    private ChunkHashes(Vault vault) {
        this.vault = vault;
    }

    public static ChunkHashes of(Vault vault) {
        return new ChunkHashes(vault);
    }

    /** Whether the hash of this chunk is kept. */
    boolean knows(ChunkId id) throws VaultException {
        return known(id).containsKey(id);
    }

    /** Keeps the hash of a chunk whose file is on the disk; in the vault when this returns. */
    void remember(ChunkId id, Digest hash) throws VaultException {
        Map<ChunkId, Digest> known = known(id);
        if (!hash.equals(known.put(id, hash))) {
            vault.put(entryName(id), encode(known));
        }
    }

    /**
     * All of them, by id.
     *
     * @throws MalformedException when an entry does not parse
     */
    public Map<ChunkId, Digest> all() throws VaultException, MalformedException {
        Map<ChunkId, Digest> all = new TreeMap<>();
        for (String name : vault.names(PREFIX)) {
            Optional<byte[]> bytes = vault.getIntact(name);
            if (bytes.isPresent()) {
                all.putAll(parse(bytes.get()));
            }
        }
        return all;
    }

    /** Those that are kept in one entry; a damaged one is begun anew, and the check says what is missing in it. */
    private Map<ChunkId, Digest> known(ChunkId id) throws VaultException {
        Optional<byte[]> bytes = vault.getIntact(entryName(id));
        if (bytes.isEmpty()) {
            return new TreeMap<>();
        }
        try {
            return parse(bytes.get());
        } catch (MalformedException e) {
            return new TreeMap<>();
        }
    }

    private static String entryName(ChunkId id) {
        return PREFIX + id.hex().substring(0, 2);
    }

    private static byte[] encode(Map<ChunkId, Digest> hashes) {
        ByteWriter out = new ByteWriter().u8(VERSION).u32(hashes.size());
        hashes.forEach((id, hash) -> out.bytes(id.toByteArray()).bytes(hash.toByteArray()));
        return out.toByteArray();
    }

    private static Map<ChunkId, Digest> parse(byte[] bytes) throws MalformedException {
        ByteReader in = ByteReader.of(bytes, "hashes of chunks");
        in.version(VERSION);
        long count = in.u32();
        if (count > MOST) {
            throw new MalformedException(Reason.TOO_LARGE, "hashes of chunks: too many");
        }
        Map<ChunkId, Digest> hashes = new TreeMap<>();
        for (long i = 0; i < count; i++) {
            hashes.put(ChunkId.copyOf(in.bytes(ChunkId.LENGTH)), Digest.copyOf(in.bytes(Digest.LENGTH)));
        }
        in.end();
        return hashes;
    }
}
