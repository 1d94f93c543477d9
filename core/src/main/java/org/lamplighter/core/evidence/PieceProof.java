package org.lamplighter.core.evidence;

import java.security.MessageDigest;
import java.util.List;
import org.lamplighter.core.wire.Digest;

/**
 * That one piece belongs to a file with a known chunk root: the hashes beside the way from the piece to the root
 * (RFC 9162 §2.1.3). Immutable.
 *
 * @param index of the piece, from 0
 * @param pieces of the whole file
 * @param path from the bottom up, at most 63 hashes
 */
public record PieceProof(long index, long pieces, List<Digest> path) {
    /** An index that is not below the number of pieces is a fault of the caller. */
    public PieceProof {
        path = List.copyOf(path);
        if (index < 0 || index >= pieces) {
            throw new IllegalArgumentException("piece " + index + " of " + pieces);
        }
    }

    /** Whether {@code piece} is that piece of the file of {@link #pieces} pieces whose chunk root is {@code root}. */
    public boolean verifies(byte[] piece, Digest root) {
        return hasRightLength(piece) && leadsTo(ChunkTree.leafHash(piece), root);
    }

    private boolean hasRightLength(byte[] piece) {
        return index < pieces - 1
                ? piece.length == ChunkTree.PIECE_BYTES
                : piece.length > 0 && piece.length <= ChunkTree.PIECE_BYTES;
    }

    /** RFC 9162 §2.1.3.2; fn, sn and r are its names. */
    private boolean leadsTo(byte[] leaf, Digest root) {
        long fn = index;
        long sn = pieces - 1;
        byte[] r = leaf;
        for (Digest p : path) {
            // Step 4.a: "If sn is 0, then stop the iteration and fail the proof verification."
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = ChunkTree.nodeHash(p.toByteArray(), r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = ChunkTree.nodeHash(r, p.toByteArray());
            }
            fn >>= 1;
            sn >>= 1;
        }
        // Step 5: "Compare sn to 0. Compare r against the root_hash. If sn is equal to 0 and r and the root_hash are
        // equal".
        return sn == 0 && MessageDigest.isEqual(r, root.toByteArray());
    }
}
