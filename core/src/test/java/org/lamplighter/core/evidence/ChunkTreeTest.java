package org.lamplighter.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.testkit.SeededRandom;

final class ChunkTreeTest {
    private static final int PIECE = 65_536;

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 131_073, 200_000, 64 * PIECE, 65 * PIECE - 1, 100 * PIECE})
    void root_isThatOfTheDefinition_howeverTheBytesCome(int size) {
        byte[] file = Pattern.bytes(size);
        SeededRandom random = SeededRandom.of(size);
        ChunkTree tree = ChunkTree.start();
        for (int at = 0; at < size; ) {
            int length = Math.min(size - at, 1 + random.nextInt(3 * PIECE));
            tree.update(file, at, length);
            at += length;
        }

        assertThat(tree.root().toByteArray()).isEqualTo(NaiveTree.root(NaiveTree.pieces(file)));
    }

    @Test
    void root_forEveryNumberOfPiecesUpTo70_isThatOfTheDefinition() {
        byte[] file = Pattern.bytes(70 * PIECE);
        for (int pieces = 1; pieces <= 70; pieces++) {
            ChunkTree tree = ChunkTree.start();
            tree.update(file, 0, pieces * PIECE - 1);
            byte[] content = Arrays.copyOf(file, pieces * PIECE - 1);
            assertThat(tree.root().toByteArray()).isEqualTo(NaiveTree.root(NaiveTree.pieces(content)));
        }
    }

    @Test
    void proof_ofEveryPiece_isThatOfTheDefinition_andVerifies() {
        for (int count = 1; count <= 17; count++) {
            byte[] file = Pattern.bytes(count * PIECE - 5);
            List<byte[]> pieces = NaiveTree.pieces(file);
            for (int index = 0; index < count; index++) {
                ChunkTree tree = ChunkTree.proving(index);
                tree.update(file, 0, file.length);
                Digest root = tree.root();
                PieceProof proof = tree.proof();

                assertThat(proof).isEqualTo(new PieceProof(index, count, NaiveTree.path(index, pieces)));
                assertThat(proof.verifies(pieces.get(index), root)).isTrue();
            }
        }
    }

    @Test
    void changedProofs_areRefused() {
        byte[] file = Pattern.bytes(13 * PIECE - 5);
        List<byte[]> pieces = NaiveTree.pieces(file);
        Digest root = Digest.copyOf(NaiveTree.root(pieces));
        for (int index = 0; index < pieces.size(); index++) {
            List<Digest> path = NaiveTree.path(index, pieces);
            byte[] piece = pieces.get(index);
            for (int other = 0; other < pieces.size(); other++) {
                boolean right = other == index;
                assertThat(new PieceProof(other, 13, path).verifies(piece, root))
                        .isEqualTo(right);
                assertThat(new PieceProof(index, 13, path).verifies(pieces.get(other), root))
                        .isEqualTo(right);
            }
            for (int level = 0; level < path.size(); level++) {
                List<Digest> without = new ArrayList<>(path);
                Digest dropped = without.remove(level);
                assertThat(new PieceProof(index, 13, without).verifies(piece, root))
                        .isFalse();
                List<Digest> twice = new ArrayList<>(path);
                twice.add(level, dropped);
                assertThat(new PieceProof(index, 13, twice).verifies(piece, root))
                        .isFalse();
            }
        }
    }

    @Test
    void pieceOfAFileOfTwo_asTheWholeOfAFileOfOne_isRefused() {
        Forgery forgery = Forgery.ofTwoPieces();
        PieceProof proof = new PieceProof(0, 1, List.of(forgery.first));

        assertThat(proof.verifies(forgery.secondPiece, forgery.root)).isFalse();
        // The planted fault: without the check of sn inside the loop the same proof passes.
        assertThat(verifiesWithout(Check.SN_IN_THE_LOOP, proof, forgery.second, forgery.root))
                .isTrue();
        assertThat(verifiesWithout(Check.NONE, proof, forgery.second, forgery.root))
                .isFalse();
    }

    @Test
    void pieceOfAFileOfTwo_asOneOfAFileOfFour_isRefused() {
        Forgery forgery = Forgery.ofTwoPieces();
        PieceProof proof = new PieceProof(0, 4, List.of(forgery.second));

        assertThat(proof.verifies(forgery.firstPiece, forgery.root)).isFalse();
        // The planted fault: without the check of sn at the end the same proof passes.
        assertThat(verifiesWithout(Check.SN_AT_THE_END, proof, forgery.first, forgery.root))
                .isTrue();
        assertThat(verifiesWithout(Check.NONE, proof, forgery.first, forgery.root))
                .isFalse();
    }

    @Test
    void node_asAPiece_isRefused() {
        Forgery forgery = Forgery.ofTwoPieces();
        byte[] node = new byte[64];
        System.arraycopy(forgery.first.toByteArray(), 0, node, 0, 32);
        System.arraycopy(forgery.second.toByteArray(), 0, node, 32, 32);

        assertThat(new PieceProof(0, 1, List.of()).verifies(node, forgery.root)).isFalse();
        // The planted fault: a tree that hashes pieces and nodes alike.
        assertThat(NaiveTree.sha256(new byte[] {1}, node)).isEqualTo(forgery.root.toByteArray());
    }

    @Test
    void pieceOfAnotherLengthThanItsPlaceDemands_isRefused() {
        byte[] half = Pattern.bytes(PIECE / 2);
        ChunkTree tree = ChunkTree.proving(0);
        tree.update(half, 0, half.length);
        Digest shortLeaf = tree.root();
        Digest root = Digest.copyOf(NaiveTree.sha256(new byte[] {1}, shortLeaf.toByteArray(), shortLeaf.toByteArray()));

        assertThat(new PieceProof(0, 2, List.of(shortLeaf)).verifies(half, root))
                .isFalse();
        assertThat(new PieceProof(1, 2, List.of(shortLeaf)).verifies(half, root))
                .isTrue();
        assertThat(new PieceProof(0, 1, List.of()).verifies(new byte[0], Digest.copyOf(NaiveTree.sha256(new byte[1]))))
                .isFalse();
    }

    private static final class Forgery {
        final byte[] firstPiece;
        final byte[] secondPiece;
        final Digest first;
        final Digest second;
        final Digest root;

        private Forgery(List<byte[]> pieces) {
            firstPiece = pieces.get(0);
            secondPiece = pieces.get(1);
            first = Digest.copyOf(NaiveTree.root(pieces.subList(0, 1)));
            second = Digest.copyOf(NaiveTree.root(pieces.subList(1, 2)));
            root = Digest.copyOf(NaiveTree.root(pieces));
        }

        static Forgery ofTwoPieces() {
            return new Forgery(NaiveTree.pieces(Pattern.bytes(2 * PIECE)));
        }
    }

    private enum Check {
        NONE,
        SN_IN_THE_LOOP,
        SN_AT_THE_END
    }

    /** The verification of RFC 9162 §2.1.3.2 with one check left out. */
    private static boolean verifiesWithout(Check omitted, PieceProof proof, Digest leaf, Digest root) {
        long fn = proof.index();
        long sn = proof.pieces() - 1;
        byte[] r = leaf.toByteArray();
        for (Digest p : proof.path()) {
            if (sn == 0 && omitted != Check.SN_IN_THE_LOOP) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = NaiveTree.sha256(new byte[] {1}, p.toByteArray(), r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = NaiveTree.sha256(new byte[] {1}, r, p.toByteArray());
            }
            fn >>= 1;
            sn >>= 1;
        }
        return (sn == 0 || omitted == Check.SN_AT_THE_END) && MessageDigest.isEqual(r, root.toByteArray());
    }
}
