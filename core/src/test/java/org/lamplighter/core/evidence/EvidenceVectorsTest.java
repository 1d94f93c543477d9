package org.lamplighter.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.lamplighter.core.evidence.open.OpenResult;
import org.lamplighter.core.evidence.open.Opener;
import org.lamplighter.core.evidence.seal.Sealer;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.JsonNode;

/** The code against {@code vectors/lamplighter/evidence.json}, as another implementation would use it. */
final class EvidenceVectorsTest {
    private static final JsonNode VECTORS = Vectors.read(EvidenceVectors.FILE);

    @Test
    void file_isWhatTheGeneratorMakes() {
        assertThat(VECTORS.toString()).isEqualTo(EvidenceVectors.make().toString());
    }

    @Test
    void moreOpeningsFailThanSucceed() {
        long good = VECTORS.get("openings")
                .valueStream()
                .filter(opening -> opening.get("result").asString().equals("opened"))
                .count();

        assertThat(good).isPositive().isLessThan(VECTORS.get("openings").size() / 2);
    }

    @Test
    void partKeys_giveTheDerivedValues() {
        for (JsonNode vector : VECTORS.get("part_keys")) {
            PartKey key = PartKey.copyOf(bytes(vector, "part_key"));
            assertThat(key.encryptionKey().reveal()).isEqualTo(bytes(vector, "encryption_key"));
            assertThat(key.commitment().hex()).isEqualTo(text(vector, "commitment"));
            vector.get("chunk_ids")
                    .forEachEntry((index, id) -> assertThat(
                                    key.chunkId(Integer.parseInt(index)).hex())
                            .isEqualTo(id.asString()));
        }
    }

    @Test
    void layouts_areThese() {
        for (JsonNode vector : VECTORS.get("layouts")) {
            long size = vector.get("size").asLong();
            SizeClass sizeClass = PartLayout.of(size, 0).sizeClass();
            assertThat((long) PartLayout.count(size))
                    .isEqualTo(vector.get("parts").asLong());
            assertThat((long) sizeClass.bytes())
                    .isEqualTo(vector.get("padded_part").asLong());
            assertThat((long) sizeClass.chunks())
                    .isEqualTo(vector.get("chunks_per_part").asLong());
            assertThat((long) sizeClass.chunkLength())
                    .isEqualTo(vector.get("chunk_length").asLong());
        }
    }

    @Test
    void chunkTrees_areThese() throws Exception {
        for (JsonNode vector : VECTORS.get("chunk_trees")) {
            int size = vector.get("size").asInt();
            Content content = Sealer.of(new SecureRandom()).read(size, new Pattern(size));
            assertThat(content.chunkRoot().hex()).isEqualTo(text(vector, "root"));
            assertThat(content.sha256().hex()).isEqualTo(text(vector, "sha256"));
        }
    }

    @TestFactory
    Stream<DynamicTest> pieceProof() {
        return tests("piece_proofs", vector -> {
            byte[] file = Pattern.bytes(vector.get("pattern_size").asInt());
            int from = vector.get("piece").asInt() * ChunkTree.PIECE_BYTES;
            byte[] piece = Arrays.copyOfRange(file, from, Math.min(file.length, from + ChunkTree.PIECE_BYTES));
            List<Digest> path = new ArrayList<>();
            for (JsonNode hash : vector.get("path")) {
                path.add(Digest.parseHex(hash.asString(), "vector"));
            }
            PieceProof proof = new PieceProof(
                    vector.get("index").asLong(), vector.get("pieces").asLong(), path);
            assertThat(proof.verifies(piece, Digest.parseHex(text(vector, "root"), "vector")))
                    .isEqualTo(text(vector, "result").equals("valid"));
        });
    }

    @Test
    void sealedPart_isThisByteForByte() throws Exception {
        JsonNode vector = VECTORS.get("sealed_part");
        byte[] key = bytes(vector, "part_key");
        List<SealedChunk> chunks = new ArrayList<>();
        int size = vector.get("pattern_bytes").asInt();

        Sealer.of(new FixedRandom(key)).seal("ledger.csv", "text/csv", size, new Pattern(size), chunks::add);

        assertThat(chunks).hasSize(1);
        assertThat(chunks.getFirst().id().hex()).isEqualTo(text(vector, "chunk_id"));
        assertThat(chunks.getFirst().toByteArray())
                .isEqualTo(Base64.getDecoder().decode(text(vector, "chunk_base64")));
    }

    @TestFactory
    Stream<DynamicTest> opening() {
        return tests("openings", vector -> {
            MemoryChunks chunks = new MemoryChunks();
            for (JsonNode recipe : vector.get("chunks")) {
                byte[] chunk = Chunks.build(recipe);
                assertThat(NaiveTree.digest(chunk).hex()).isEqualTo(text(recipe, "sha256"));
                chunks.put(ChunkId.parseHex(text(recipe, "id"), "vector"), chunk);
            }
            FileEntry entry = FileEntry.read(ByteReader.of(bytes(vector, "entry"), "vector"));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            String result = name(Opener.of(chunks).open(entry, out));

            assertThat(result).isEqualTo(text(vector, "result"));
            if (result.equals("opened")) {
                assertThat(out.toByteArray()).isEqualTo(Pattern.bytes((int) entry.size()));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> entry() {
        return tests("entries", vector -> {
            String result = text(vector, "result");
            if (result.equals("accepted")) {
                assertThat(reencode(bytes(vector, "bytes"))).isEqualTo(bytes(vector, "bytes"));
            } else {
                assertThatThrownBy(() -> reencode(bytes(vector, "bytes")))
                        .isInstanceOfSatisfying(
                                MalformedException.class,
                                e -> assertThat(e.reason().name()).isEqualTo(result));
            }
        });
    }

    private interface Check {
        void of(JsonNode vector) throws Exception;
    }

    private static Stream<DynamicTest> tests(String list, Check check) {
        return VECTORS.get(list)
                .valueStream()
                .map(vector -> DynamicTest.dynamicTest(text(vector, "name"), () -> check.of(vector)));
    }

    private static String name(OpenResult result) {
        return switch (result) {
            case OpenResult.Opened opened -> "opened";
            case OpenResult.Missing missing -> "missing " + missing.chunks();
            case OpenResult.Damaged damaged -> damaged.reason().name();
        };
    }

    private static byte[] reencode(byte[] bytes) throws MalformedException {
        ByteReader in = ByteReader.of(bytes, "vector");
        FileEntry entry = FileEntry.read(in);
        in.end();
        ByteWriter out = new ByteWriter();
        entry.writeTo(out);
        return out.toByteArray();
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }

    private static byte[] bytes(JsonNode node, String field) {
        return HexFormat.of().parseHex(text(node, field));
    }

    /** Gives the part key of a vector. */
    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] next;

        FixedRandom(byte[] next) {
            this.next = next.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(next, 0, bytes, 0, bytes.length);
        }
    }
}
