package org.lamplighter.core.evidence;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.wire.Digest;

/**
 * The Merkle tree over a file's pieces of 65,536 bytes (docs/spec 5.1), computed while the bytes pass by: it keeps one hash
 * for each level. RFC 6962 §2.1 cuts a tree at the largest power of two below its size; merging two complete trees of equal
 * size as soon as both are there, and what remains from the right at the end, makes the same cuts.
 *
 * <p>One thread at a time.
 */
public final class ChunkTree {
    /** Bytes of a piece; only the last one is shorter. */
    public static final int PIECE_BYTES = SizeClass.SEGMENT_BYTES;

    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;
    private static final long NO_PIECE = -1;

    private final long wanted;
    private final MessageDigest leaf = Sha256.start();
    private final MessageDigest node = Sha256.start();
    private final Deque<Subtree> complete = new ArrayDeque<>();
    private final List<Digest> path = new ArrayList<>();
    private long pieces;
    private int filled;

    private record Subtree(Digest root, boolean holdsWanted) {}

    private ChunkTree(long wanted) {
        this.wanted = wanted;
    }

    /** A tree of which only the root is wanted. */
    public static ChunkTree start() {
        return new ChunkTree(NO_PIECE);
    }

    /** A tree that also proves that it has piece {@code piece}, from 0. */
    public static ChunkTree proving(long piece) {
        if (piece < 0) {
            throw new IllegalArgumentException("pieces count from 0");
        }
        return new ChunkTree(piece);
    }

    /** Takes the next {@code length} bytes of the file. */
    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (filled == 0) {
                leaf.update(LEAF);
            }
            int taken = Math.min(PIECE_BYTES - filled, end - at);
            leaf.update(bytes, at, taken);
            at += taken;
            filled += taken;
            if (filled == PIECE_BYTES) {
                addLeaf();
            }
        }
    }

    /** The root over all bytes taken; SHA-256 of nothing when there were none. To be called once. */
    public Digest root() {
        if (filled > 0) {
            addLeaf();
        }
        if (complete.isEmpty()) {
            return Digest.copyOf(Sha256.digest());
        }
        Subtree whole = complete.pop();
        while (!complete.isEmpty()) {
            whole = join(complete.pop(), whole);
        }
        return whole.root;
    }

    /** The proof for the piece of {@link #proving}, after {@link #root}; the file must have that piece. */
    public PieceProof proof() {
        return new PieceProof(wanted, pieces, path);
    }

    /** The hash of a piece. */
    static byte[] leafHash(byte[] piece) {
        return Sha256.digest(new byte[] {LEAF}, piece);
    }

    /** The hash of two subtrees side by side. */
    static byte[] nodeHash(byte[] left, byte[] right) {
        return Sha256.digest(new byte[] {NODE}, left, right);
    }

    private void addLeaf() {
        complete.push(new Subtree(Digest.copyOf(leaf.digest()), pieces == wanted));
        pieces++;
        filled = 0;
        // As many merges as the number of pieces has zeros at its end.
        for (long count = pieces; (count & 1) == 0; count >>= 1) {
            Subtree right = complete.pop();
            complete.push(join(complete.pop(), right));
        }
    }

    private Subtree join(Subtree left, Subtree right) {
        if (left.holdsWanted) {
            path.add(right.root);
        } else if (right.holdsWanted) {
            path.add(left.root);
        }
        node.update(NODE);
        node.update(left.root.toByteArray());
        node.update(right.root.toByteArray());
        return new Subtree(Digest.copyOf(node.digest()), left.holdsWanted || right.holdsWanted);
    }
}
