package org.lamplighter.core.prekey;

import java.util.ArrayList;
import java.util.List;
import org.lamplighter.core.primitive.Sha256;

/** The full binary Merkle tree over the 64 leaves of an upload (docs/spec 1.6). Immutable and thread-safe. */
final class PrekeyTree {
    static final int LEAVES = 64;
    static final int DEPTH = 6;
    static final int HASH_BYTES = Sha256.BYTES;

    private static final byte[] NODE = {1};

    /** From the leaves up to the root. */
    private final List<List<byte[]>> levels;

    private PrekeyTree(List<List<byte[]>> levels) {
        this.levels = levels;
    }

    static PrekeyTree over(List<Prekey> prekeys) {
        List<List<byte[]>> levels = new ArrayList<>();
        levels.add(prekeys.stream().map(Prekey::leaf).toList());
        while (levels.getLast().size() > 1) {
            List<byte[]> below = levels.getLast();
            List<byte[]> level = new ArrayList<>();
            for (int i = 0; i < below.size(); i += 2) {
                level.add(Sha256.digest(NODE, below.get(i), below.get(i + 1)));
            }
            levels.add(level);
        }
        return new PrekeyTree(levels);
    }

    byte[] root() {
        return levels.getLast().getFirst();
    }

    /** The siblings from leaf {@code index} to the root. */
    List<byte[]> path(int index) {
        List<byte[]> path = new ArrayList<>();
        for (int depth = 0; depth < DEPTH; depth++) {
            path.add(levels.get(depth).get((index >> depth) ^ 1));
        }
        return path;
    }

    /** The root that {@code leaf} at {@code index} has under {@code path}. */
    static byte[] root(byte[] leaf, int index, List<byte[]> path) {
        byte[] hash = leaf;
        for (int depth = 0; depth < DEPTH; depth++) {
            byte[] sibling = path.get(depth);
            hash = ((index >> depth) & 1) == 0
                    ? Sha256.digest(NODE, hash, sibling)
                    : Sha256.digest(NODE, sibling, hash);
        }
        return hash;
    }
}
