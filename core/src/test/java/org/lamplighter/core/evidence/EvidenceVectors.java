package org.lamplighter.core.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes {@code vectors/lamplighter/evidence.json} from the words of docs/spec 5 alone ({@link Forge}, {@link NaiveTree}), not
 * from the code under test. Run {@link #main} after a change of the specification.
 */
final class EvidenceVectors {
    static final String FILE = "lamplighter/evidence.json";

    private static final byte[] KEY = key(1);
    private static final byte[] OTHER_KEY = key(2);
    private static final int SMALL = 100;
    private static final int FOUR_SEGMENTS = 200_000;

    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    private EvidenceVectors() {}

    public static void main(String[] arguments) {
        Vectors.write(FILE, make());
    }

    static ObjectNode make() {
        return new EvidenceVectors().all();
    }

    private ObjectNode all() {
        root.put("about", "Evidence: docs/spec/05-evidence.md and 3.3; described in vectors/README.md");
        root.put("pattern", "byte i of a pattern is (131 i + 7 floor(i / 65536) + floor(i / 256)) mod 256");
        partKeys(root.putArray("part_keys"));
        layouts(root.putArray("layouts"));
        chunkTrees(root.putArray("chunk_trees"));
        proofs(root.putArray("piece_proofs"));
        sealedPart(root.putObject("sealed_part"));
        openings(root.putArray("openings"));
        entries(root.putArray("entries"));
        return root;
    }

    private static void partKeys(ArrayNode out) {
        for (byte[] key : List.of(KEY, OTHER_KEY, new byte[32])) {
            ObjectNode node = out.addObject();
            node.put("part_key", hex(key));
            node.put("encryption_key", hex(Forge.derive(key, "ll-part-key/v1", 32)));
            node.put("commitment", hex(Forge.derive(key, "ll-part-commit/v1", 32)));
            ObjectNode ids = node.putObject("chunk_ids");
            for (int index : new int[] {0, 1, 63}) {
                ids.put(String.valueOf(index), id(key, index));
            }
        }
    }

    private static void layouts(ArrayNode out) {
        long[] classes = {1L << 16, 1L << 18, 1L << 20, 1L << 22, 1L << 24, 1L << 25, 1L << 26, 1L << 27, 1L << 28};
        List<Long> sizes = new ArrayList<>(List.of(0L, 1L));
        Arrays.stream(classes).forEach(size -> sizes.addAll(List.of(size - 1, size, size + 1)));
        sizes.addAll(List.of(300L << 20, 512L << 20, (512L << 20) + 1, 1L << 42));
        for (long size : sizes) {
            long parts = Math.max(1, (size + (1 << 28) - 1) / (1 << 28));
            long padded = parts > 1
                    ? 1L << 28
                    : Arrays.stream(classes).filter(c -> c >= size).findFirst().orElseThrow();
            out.addObject()
                    .put("size", size)
                    .put("parts", parts)
                    .put("padded_part", padded)
                    .put("chunks_per_part", Math.max(1, padded >> 22))
                    .put("chunk_length", Math.min(padded, 1 << 22) / 65_536 * 65_552);
        }
    }

    private static void chunkTrees(ArrayNode out) {
        for (int size : new int[] {0, 1, 65_535, 65_536, 65_537, 131_072, 131_073, 196_608, 262_145, 13 * 65_536 - 5}) {
            byte[] file = Pattern.bytes(size);
            out.addObject()
                    .put("size", size)
                    .put("root", hex(NaiveTree.root(NaiveTree.pieces(file))))
                    .put("sha256", NaiveTree.digest(file).hex());
        }
    }

    private static void proofs(ArrayNode out) {
        int size = 6 * 65_536 + 7;
        List<byte[]> pieces = NaiveTree.pieces(Pattern.bytes(size));
        Digest rootOfAll = Digest.copyOf(NaiveTree.root(pieces));
        for (int index : new int[] {0, 3, 6}) {
            proof(out, "piece " + index + " of 7", size, index, 7, NaiveTree.path(index, pieces), rootOfAll, "valid");
        }
        List<Digest> path = NaiveTree.path(3, pieces);
        List<Digest> reversed = path.reversed();
        proof(out, "another index", size, 3, 7, NaiveTree.path(2, pieces), rootOfAll, "refused");
        proof(out, "hashes in another order", size, 3, 7, reversed, rootOfAll, "refused");
        proof(out, "one hash fewer", size, 3, 7, path.subList(0, 2), rootOfAll, "refused");
        proof(out, "one hash more", size, 3, 7, twiceFirst(path), rootOfAll, "refused");
        List<byte[]> two = pieces.subList(0, 2);
        Digest rootOfTwo = Digest.copyOf(NaiveTree.root(two));
        Digest first = Digest.copyOf(NaiveTree.root(two.subList(0, 1)));
        Digest second = Digest.copyOf(NaiveTree.root(two.subList(1, 2)));
        proof(out, "piece of a file of 2 as one of a file of 4", size, 0, 4, List.of(second), rootOfTwo, "refused");
        ObjectNode whole =
                proof(out, "piece 1 of a file of 2 as the only one", size, 0, 1, List.of(first), rootOfTwo, "refused");
        whole.put("piece", 1);
        Digest rootOfShort = Digest.copyOf(NaiveTree.root(List.of(pieces.get(6), pieces.get(0))));
        ObjectNode tooShort =
                proof(out, "a short piece that is not the last", size, 0, 2, List.of(first), rootOfShort, "refused");
        tooShort.put("piece", 6);
    }

    private static ObjectNode proof(
            ArrayNode out,
            String name,
            int size,
            int index,
            int pieces,
            List<Digest> path,
            Digest treeRoot,
            String result) {
        ObjectNode node = out.addObject()
                .put("name", name)
                .put("pattern_size", size)
                .put("piece", index)
                .put("index", index)
                .put("pieces", pieces);
        ArrayNode hashes = node.putArray("path");
        path.forEach(hash -> hashes.add(hash.hex()));
        return node.put("root", treeRoot.hex()).put("result", result);
    }

    private static void sealedPart(ObjectNode out) {
        out.put("part_key", hex(KEY));
        out.put("pattern_bytes", SMALL);
        byte[] padded = Arrays.copyOf(Pattern.bytes(SMALL), 65_536);
        out.put("chunk_id", id(KEY, 0));
        out.put("chunk_base64", Base64.getEncoder().encodeToString(Forge.segment(KEY, 0, 1, padded)));
    }

    private static void openings(ArrayNode out) {
        opening(out, "one segment", entry(KEY, SMALL), "opened", one(KEY, 1));
        opening(out, "an empty file", entry(KEY, 0), "opened", chunk(KEY, segment(0, 1, 0, 0)));
        opening(out, "four segments, padded", entry(KEY, FOUR_SEGMENTS), "opened", four(KEY, 0, 1, 2, 3));

        opening(out, "the final flag is 0", entry(KEY, SMALL), "SEGMENT", one(KEY, 0));
        opening(
                out,
                "the first segment of something longer",
                entry(KEY, 65_536),
                "SEGMENT",
                chunk(KEY, data(0, 0, 65_536)));
        opening(out, "segments 0 and 1 changed places", entry(KEY, FOUR_SEGMENTS), "SEGMENT", four(KEY, 1, 0, 2, 3));
        opening(out, "segment 1 stands twice", entry(KEY, FOUR_SEGMENTS), "SEGMENT", four(KEY, 0, 1, 1, 3));
        opening(out, "all segments final", entry(KEY, FOUR_SEGMENTS), "SEGMENT", allFinal());
        opening(out, "a chunk of another part", entry(KEY, SMALL), "SEGMENT", as(KEY, one(OTHER_KEY, 1)));
        opening(out, "one bit of the ciphertext differs", entry(KEY, SMALL), "SEGMENT", xor(one(KEY, 1), 50));
        opening(
                out,
                "one bit of the padding's ciphertext differs",
                entry(KEY, SMALL),
                "SEGMENT",
                xor(one(KEY, 1), 60_000));
        opening(out, "one bit of the tag differs", entry(KEY, SMALL), "SEGMENT", xor(one(KEY, 1), 65_551));
        opening(
                out,
                "a byte too few",
                entry(KEY, SMALL),
                "CHUNK_LENGTH",
                one(KEY, 1).put("length", 65_551));
        opening(
                out,
                "a byte too many",
                entry(KEY, SMALL),
                "CHUNK_LENGTH",
                one(KEY, 1).put("length", 65_553));
        opening(out, "the chunk of a larger class", entry(KEY, SMALL), "CHUNK_LENGTH", four(KEY, 0, 1, 2, 3));
        opening(out, "the last byte of the padding is 1", entry(KEY, SMALL), "PADDING", padding());
        opening(out, "one byte shorter than sealed", resized(SMALL - 1), "PADDING", one(KEY, 1));
        opening(out, "one byte longer than sealed", resized(SMALL + 1), "CHUNK_ROOT", one(KEY, 1));
        opening(out, "another chunk root", with(Digest.copyOf(key(9)), true), "CHUNK_ROOT", one(KEY, 1));
        opening(out, "another SHA-256", with(Digest.copyOf(key(9)), false), "SHA256", one(KEY, 1));
        opening(out, "the commitment of another key", committed(OTHER_KEY), "COMMITMENT", one(KEY, 1));
        opening(out, "a chunk is missing", entry(KEY, SMALL), "missing 1", one(OTHER_KEY, 1));
        opening(out, "all four chunks are missing", entry(KEY, 16 << 20), "missing 4", one(OTHER_KEY, 1));
    }

    private static void opening(ArrayNode out, String name, FileEntry entry, String result, ObjectNode chunk) {
        chunk.put("sha256", NaiveTree.digest(Chunks.build(chunk)).hex());
        out.addObject()
                .put("name", name)
                .put("entry", hex(bytes(entry)))
                .put("result", result)
                .putArray("chunks")
                .add(chunk);
    }

    private static void entries(ArrayNode out) {
        byte[] keyed = bytes(entry(KEY, SMALL));
        byte[] locked = bytes(entry(KEY, SMALL).lock());
        int parts = keyed.length - 4 - Part.LENGTH;
        encoding(out, "with its key", keyed, "accepted");
        encoding(out, "locked", locked, "accepted");
        encoding(out, "a byte too few", Arrays.copyOf(keyed, keyed.length - 1), "TRUNCATED");
        encoding(out, "a byte too many", Arrays.copyOf(keyed, keyed.length + 1), "TRAILING_BYTES");
        encoding(out, "no part", changed(keyed, bytes -> bytes[parts + 3] = 0), "BAD_FIELD");
        encoding(out, "two parts of a small file", changed(keyed, bytes -> bytes[parts + 3] = 2), "BAD_FIELD");
        encoding(out, "a size of 2^63", changed(keyed, bytes -> bytes[22] = (byte) 0x80), "BAD_FIELD");
        for (String name : List.of("", ".", "..", "a/b", "a\\b", "a\u0000b", "a\u001fb", "a\u0085b")) {
            encoding(out, "the name " + escaped(name), named(name, "text/csv"), "BAD_FIELD");
        }
        encoding(out, "a name of 256 bytes", named("x".repeat(256), "text/csv"), "TOO_LARGE");
        encoding(out, "a name that is not UTF-8", changed(keyed, bytes -> bytes[2] = (byte) 0xff), "BAD_FIELD");
        encoding(out, "a media type that is not ASCII", named("a", "text/\u00fc"), "BAD_FIELD");
        encoding(out, "a media type of 128 bytes", named("a", "x".repeat(128)), "TOO_LARGE");
    }

    private static void encoding(ArrayNode out, String name, byte[] bytes, String result) {
        out.addObject().put("name", name).put("bytes", hex(bytes)).put("result", result);
    }

    private static ObjectNode one(byte[] key, int last) {
        return chunk(key, segment(0, last, 0, SMALL));
    }

    private static ObjectNode padding() {
        ObjectNode segment = segment(0, 1, 0, SMALL);
        segment.putObject("set").put("at", 65_535).put("to", 1);
        return chunk(KEY, segment);
    }

    private static ObjectNode four(byte[] key, int... order) {
        ObjectNode[] segments = IntStream.of(order)
                .mapToObj(j -> data(j, j == 3 ? 1 : 0, FOUR_SEGMENTS))
                .toArray(ObjectNode[]::new);
        return chunk(key, segments);
    }

    private static ObjectNode allFinal() {
        return chunk(
                KEY,
                IntStream.range(0, 4).mapToObj(j -> data(j, 1, FOUR_SEGMENTS)).toArray(ObjectNode[]::new));
    }

    /** Segment {@code j} of a padded pattern of {@code size} bytes. */
    private static ObjectNode data(int j, int last, int size) {
        return segment(j, last, j * 65_536, Math.max(0, Math.min(65_536, size - j * 65_536)));
    }

    private static ObjectNode segment(int counter, int last, int from, int bytes) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("counter", counter)
                .put("final", last)
                .put("pattern_from", from)
                .put("pattern_bytes", bytes);
    }

    private static ObjectNode chunk(byte[] key, ObjectNode... segments) {
        ObjectNode chunk = JsonNodeFactory.instance.objectNode();
        chunk.put("id", id(key, 0));
        chunk.put("part_key", hex(key));
        chunk.putArray("segments").addAll(List.of(segments));
        return chunk;
    }

    private static ObjectNode as(byte[] key, ObjectNode chunk) {
        return chunk.put("id", id(key, 0));
    }

    private static ObjectNode xor(ObjectNode chunk, int at) {
        chunk.putObject("xor").put("at", at).put("with", 1);
        return chunk;
    }

    private static FileEntry entry(byte[] key, int size) {
        byte[] file = Pattern.bytes(size);
        Digest treeRoot = Digest.copyOf(NaiveTree.root(NaiveTree.pieces(file)));
        return new FileEntry("ledger.csv", "text/csv", size, treeRoot, NaiveTree.digest(file), List.of(part(key, key)));
    }

    private static FileEntry resized(int size) {
        FileEntry entry = entry(KEY, SMALL);
        return new FileEntry("ledger.csv", "text/csv", size, entry.chunkRoot(), entry.sha256(), entry.parts());
    }

    private static FileEntry with(Digest digest, boolean asRoot) {
        FileEntry entry = entry(KEY, SMALL);
        Digest treeRoot = asRoot ? digest : entry.chunkRoot();
        Digest sha256 = asRoot ? entry.sha256() : digest;
        return new FileEntry("ledger.csv", "text/csv", SMALL, treeRoot, sha256, entry.parts());
    }

    private static FileEntry committed(byte[] other) {
        FileEntry entry = entry(KEY, SMALL);
        return new FileEntry(
                "ledger.csv", "text/csv", SMALL, entry.chunkRoot(), entry.sha256(), List.of(part(KEY, other)));
    }

    private static Part part(byte[] key, byte[] committed) {
        return new Part.Keyed(PartKey.copyOf(key), Digest.copyOf(Forge.derive(committed, "ll-part-commit/v1", 32)));
    }

    private static byte[] named(String name, String mediaType) {
        return new ByteWriter()
                .text16(name)
                .text16(mediaType)
                .u64(SMALL)
                .bytes(new byte[64])
                .u32(1)
                .bytes(KEY)
                .bytes(new byte[32])
                .toByteArray();
    }

    private static byte[] changed(byte[] bytes, Consumer<byte[]> change) {
        byte[] copy = bytes.clone();
        change.accept(copy);
        return copy;
    }

    private static List<Digest> twiceFirst(List<Digest> path) {
        List<Digest> longer = new ArrayList<>(path);
        longer.addFirst(path.getFirst());
        return longer;
    }

    private static String escaped(String name) {
        return name.isEmpty()
                ? "that is empty"
                : name.replace("\u0000", "with NUL")
                        .replace("\u001f", "with U+001F")
                        .replace("\u0085", "with U+0085");
    }

    private static byte[] key(int first) {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (first * 16 + i);
        }
        return key;
    }

    private static String id(byte[] key, int index) {
        return hex(Forge.derive(key, "ll-chunk-id/v1", 16, index));
    }

    private static byte[] bytes(FileEntry entry) {
        ByteWriter out = new ByteWriter();
        entry.writeTo(out);
        return out.toByteArray();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
