package org.lamplighter.core.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lamplighter.core.wire.Digest;

/** RFC 6962 §2.1 word for word, recursive, over a file in memory: what the streaming tree is held against. */
public final class NaiveTree {
    private NaiveTree() {}

    public static List<byte[]> pieces(byte[] file) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < file.length; at += 65_536) {
            pieces.add(Arrays.copyOfRange(file, at, Math.min(file.length, at + 65_536)));
        }
        return pieces;
    }

    /** MTH(D[n]). */
    public static byte[] root(List<byte[]> pieces) {
        if (pieces.isEmpty()) {
            return sha256();
        }
        if (pieces.size() == 1) {
            return sha256(new byte[] {0}, pieces.getFirst());
        }
        int k = split(pieces.size());
        return sha256(new byte[] {1}, root(pieces.subList(0, k)), root(pieces.subList(k, pieces.size())));
    }

    /** PATH(m, D[n]). */
    static List<Digest> path(int m, List<byte[]> pieces) {
        if (pieces.size() <= 1) {
            return List.of();
        }
        int k = split(pieces.size());
        List<byte[]> left = pieces.subList(0, k);
        List<byte[]> right = pieces.subList(k, pieces.size());
        List<Digest> path = new ArrayList<>(m < k ? path(m, left) : path(m - k, right));
        path.add(Digest.copyOf(root(m < k ? right : left)));
        return path;
    }

    /** SHA-256 of a file. */
    public static Digest digest(byte[] file) {
        return Digest.copyOf(sha256(file));
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** "Let k be the largest power of two smaller than n". */
    private static int split(int n) {
        return Integer.highestOneBit(n - 1);
    }
}
