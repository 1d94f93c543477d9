package org.lamplighter.core.evidence.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.Forge;
import org.lamplighter.core.evidence.MemoryChunks;
import org.lamplighter.core.evidence.NaiveTree;
import org.lamplighter.core.evidence.Part;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.PartLayout;
import org.lamplighter.core.evidence.Pattern;
import org.lamplighter.core.evidence.open.OpenResult.Damage;
import org.lamplighter.core.evidence.open.OpenResult.Damaged;
import org.lamplighter.core.evidence.open.OpenResult.Missing;
import org.lamplighter.core.evidence.open.OpenResult.Opened;
import org.lamplighter.core.evidence.open.ReferenceOpener.Fault;
import org.lamplighter.core.evidence.seal.Sealer;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.testkit.SeededRandom;

/** Every refusal stands beside a reference opener that lacks the check and takes what is refused. */
final class OpenerTest {
    private static final int MIB = 1 << 20;
    private static final int SEGMENT = 65_552;

    private final SeededRandom random = SeededRandom.of(31);
    private final MemoryChunks chunks = new MemoryChunks();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 262_144, 262_145, MIB, MIB + 1, 4 * MIB, 4 * MIB + 1, 9 * MIB})
    void sealedFile_isOpened(int size) throws Exception {
        FileEntry entry = seal(Pattern.bytes(size));

        assertThat(open(entry)).isEqualTo(new Opened(size));
        assertThat(out.toByteArray()).isEqualTo(Pattern.bytes(size));
        assertThat(new ReferenceOpener().open(entry, chunks)).contains(Pattern.bytes(size));
    }

    @Test
    void opening_withAThreadForHashing_givesTheSame() throws Exception {
        FileEntry entry = seal(Pattern.bytes(9 * MIB));
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            assertThat(Opener.of(chunks, executor).open(entry, out)).isEqualTo(new Opened(9 * MIB));
        }
        assertThat(out.toByteArray()).isEqualTo(Pattern.bytes(9 * MIB));
    }

    @Test
    void missingChunks_areCounted_andNothingIsWritten() throws Exception {
        FileEntry entry = seal(Pattern.bytes(9 * MIB));
        chunks.remove(chunks.order().get(3));
        chunks.remove(chunks.order().get(0));

        assertThat(open(entry)).isEqualTo(new Missing(2));
        assertThat(Opener.of(chunks).missing(entry)).isEqualTo(2);
        assertThat(out.size()).isZero();
    }

    @Test
    void missingChunks_areCountedUpToAThousandOrSo() throws Exception {
        Digest any = Digest.copyOf(new byte[32]);
        Part part = Part.Keyed.of(PartKey.generate(SeededRandom.of(9)));
        FileEntry vast = new FileEntry(
                "vast", "", PartLayout.MAX_FILE_BYTES, any, any, Collections.nCopies(PartLayout.MAX_PARTS, part));

        assertThat(Opener.of(chunks).missing(vast)).isBetween(1000L, 1063L);
    }

    @Test
    void wrongKey_isRefusedByTheCommitment() throws Exception {
        // Whoever holds a part key can fit chunks and hashes to another one: only the commitment says which key was
        // meant.
        FileEntry announced = seal(Pattern.bytes(100));
        FileEntry other = seal(Pattern.bytes(200));
        FileEntry changed = new FileEntry(
                "a",
                "",
                other.size(),
                other.chunkRoot(),
                other.sha256(),
                List.of(new Part.Keyed(
                        other.keys().getFirst(), announced.parts().getFirst().commitment())));

        assertDamaged(Damage.COMMITMENT, changed, Fault.COMMITMENT_UNCHECKED);
        assertThat(out.size()).isZero();
    }

    @Test
    void wrongFinalFlag_isRefused() throws Exception {
        byte[] key = random.bytes(32);
        byte[] content = Pattern.bytes(65_536);
        // The first segment of something longer, cut off and passed off as the whole.
        put(key, 0, Forge.segment(key, 0, 0, content));

        assertDamaged(Damage.SEGMENT, entry(key, content), Fault.FINAL_FLAG_IGNORED);
    }

    @Test
    void truncatedPart_isRefused_thoughSizeAndHashesFit() throws Exception {
        byte[] key = random.bytes(32);
        byte[] content = Pattern.bytes(262_144);
        byte[] longer = new byte[4 * SEGMENT];
        for (int j = 0; j < 4; j++) {
            byte[] plain = Arrays.copyOfRange(content, j * 65_536, (j + 1) * 65_536);
            System.arraycopy(Forge.segment(key, j, 0, plain), 0, longer, j * SEGMENT, SEGMENT);
        }
        put(key, 0, longer);

        assertDamaged(Damage.SEGMENT, entry(key, content), Fault.FINAL_FLAG_IGNORED);
    }

    @Test
    void reorderedSegments_areRefused() throws Exception {
        FileEntry entry = seal(Pattern.bytes(262_144));
        ChunkId id = chunks.order().getFirst();
        byte[] sealed = chunks.bytes(id);
        chunks.put(id, segments(sealed, 1, 0, 2, 3));

        assertDamaged(Damage.SEGMENT, entry, Fault.COUNTER_IGNORED, Fault.CHUNK_ROOT_UNCHECKED, Fault.SHA256_UNCHECKED);
        assertThat(new ReferenceOpener(Fault.CHUNK_ROOT_UNCHECKED, Fault.SHA256_UNCHECKED).open(entry, chunks))
                .isEmpty();
    }

    @Test
    void duplicatedSegment_isRefused() throws Exception {
        FileEntry entry = seal(Pattern.bytes(262_144));
        ChunkId id = chunks.order().getFirst();
        chunks.put(id, segments(chunks.bytes(id), 0, 0, 2, 3));

        assertDamaged(Damage.SEGMENT, entry, Fault.COUNTER_IGNORED, Fault.CHUNK_ROOT_UNCHECKED, Fault.SHA256_UNCHECKED);
    }

    @Test
    void swappedChunks_areRefused() throws Exception {
        FileEntry entry = seal(Pattern.bytes(9 * MIB));
        ChunkId first = chunks.order().get(0);
        ChunkId second = chunks.order().get(1);
        byte[] bytes = chunks.bytes(first);
        chunks.put(first, chunks.bytes(second));
        chunks.put(second, bytes);

        assertDamaged(Damage.SEGMENT, entry, Fault.COUNTER_IGNORED, Fault.CHUNK_ROOT_UNCHECKED, Fault.SHA256_UNCHECKED);
    }

    @Test
    void chunkOfAnotherPart_isRefused_becauseEachPartHasItsOwnKey() throws Exception {
        FileEntry entry = seal(Pattern.bytes(100));
        FileEntry other = seal(new byte[100]);
        ChunkId id = entry.keys().getFirst().chunkId(0);
        chunks.put(id, chunks.bytes(other.keys().getFirst().chunkId(0)));

        assertThat(open(entry)).isEqualTo(new Damaged(Damage.SEGMENT));
        // The planted fault: two parts under one key. The segment of one is then authentic in the other.
        byte[] shared = entry.keys().getFirst().secret().reveal();
        chunks.put(id, Forge.segment(shared, 0, 1, new byte[65_536]));
        assertThat(open(entry)).isEqualTo(new Damaged(Damage.CHUNK_ROOT));
    }

    @Test
    void chunkOfAnotherLength_isRefused() throws Exception {
        FileEntry entry = seal(Pattern.bytes(100));
        ChunkId id = chunks.order().getFirst();
        byte[] sealed = chunks.bytes(id);
        chunks.put(id, Arrays.copyOf(sealed, sealed.length + 1));
        assertDamaged(Damage.CHUNK_LENGTH, entry, Fault.LENGTH_UNCHECKED);
        chunks.put(id, Arrays.copyOf(sealed, sealed.length - 1));
        assertThat(open(entry)).isEqualTo(new Damaged(Damage.CHUNK_LENGTH));
        chunks.put(id, new byte[0]);
        assertThat(open(entry)).isEqualTo(new Damaged(Damage.CHUNK_LENGTH));
    }

    @Test
    void changedByte_isRefused() throws Exception {
        FileEntry entry = seal(Pattern.bytes(100));
        ChunkId id = chunks.order().getFirst();
        for (int at : new int[] {0, 99, 100, 65_535, 65_536, 65_551}) {
            byte[] changed = chunks.bytes(id);
            changed[at] ^= 1;
            MemoryChunks tampered = chunks.copy();
            tampered.put(id, changed);
            assertThat(Opener.of(tampered).open(entry, out)).isEqualTo(new Damaged(Damage.SEGMENT));
        }
    }

    @Test
    void paddingThatIsNotZero_isRefused() throws Exception {
        byte[] key = random.bytes(32);
        byte[] padded = Arrays.copyOf(Pattern.bytes(100), 65_536);
        padded[65_535] = 1;
        put(key, 0, Forge.segment(key, 0, 1, padded));

        assertDamaged(Damage.PADDING, entry(key, Pattern.bytes(100)), Fault.PADDING_UNCHECKED);
    }

    @Test
    void contentOtherThanAnnounced_isRefused() throws Exception {
        FileEntry entry = seal(Pattern.bytes(100));
        Digest wrong = Digest.copyOf(random.bytes(32));

        assertDamaged(
                Damage.CHUNK_ROOT,
                new FileEntry("a", "", 100, wrong, entry.sha256(), entry.parts()),
                Fault.CHUNK_ROOT_UNCHECKED);
        assertDamaged(
                Damage.SHA256,
                new FileEntry("a", "", 100, entry.chunkRoot(), wrong, entry.parts()),
                Fault.SHA256_UNCHECKED);
    }

    @Test
    void sizeOtherThanSealed_isRefused() throws Exception {
        FileEntry entry = seal(Pattern.bytes(100));
        FileEntry shorter = new FileEntry("a", "", 99, entry.chunkRoot(), entry.sha256(), entry.parts());
        FileEntry longer = new FileEntry("a", "", 101, entry.chunkRoot(), entry.sha256(), entry.parts());

        assertThat(open(shorter)).isEqualTo(new Damaged(Damage.PADDING));
        assertThat(open(longer)).isEqualTo(new Damaged(Damage.CHUNK_ROOT));
    }

    @Test
    void lockedFile_isAFaultOfTheCaller() throws Exception {
        FileEntry locked = seal(Pattern.bytes(100)).lock();

        assertThatThrownBy(() -> open(locked)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void document_isOpened_orRefused() throws Exception {
        byte[] document = Pattern.bytes(5 * MIB);
        Part.Keyed part = Sealer.of(random).sealDocument(document, chunks::accept);
        Opener opener = Opener.of(chunks);

        assertThat(opener.openDocument(part, document.length, out)).isEqualTo(new Opened(document.length));
        assertThat(out.toByteArray()).isEqualTo(document);
        assertThat(opener.openDocument(part, document.length - 1, out)).isEqualTo(new Damaged(Damage.PADDING));
        Part.Keyed other = new Part.Keyed(part.key(), PartKey.generate(random).commitment());
        assertThat(opener.openDocument(other, document.length, out)).isEqualTo(new Damaged(Damage.COMMITMENT));
        chunks.remove(chunks.order().get(2));
        assertThat(opener.openDocument(part, document.length, out)).isEqualTo(new Missing(1));
    }

    /** The opener refuses for {@code damage}; the reference refuses too, and takes it without the checks. */
    private void assertDamaged(Damage damage, FileEntry entry, Fault... faults) throws Exception {
        assertThat(open(entry)).isEqualTo(new Damaged(damage));
        assertThat(new ReferenceOpener().open(entry, chunks)).isEmpty();
        assertThat(new ReferenceOpener(faults).open(entry, chunks)).isPresent();
    }

    private OpenResult open(FileEntry entry) throws Exception {
        return Opener.of(chunks).open(entry, out);
    }

    private FileEntry seal(byte[] content) throws Exception {
        return Sealer.of(random).seal("a", "", content.length, new ByteArrayInputStream(content), chunks::accept);
    }

    private void put(byte[] key, int index, byte[] chunk) {
        chunks.put(ChunkId.copyOf(Forge.derive(key, "ll-chunk-id/v1", 16, index)), chunk);
    }

    /** An entry that announces {@code content} under {@code key}. */
    private static FileEntry entry(byte[] key, byte[] content) {
        return new FileEntry(
                "a",
                "",
                content.length,
                Digest.copyOf(NaiveTree.root(NaiveTree.pieces(content))),
                NaiveTree.digest(content),
                List.of(Part.Keyed.of(PartKey.copyOf(key))));
    }

    private static byte[] segments(byte[] chunk, int... order) {
        byte[] result = new byte[order.length * SEGMENT];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(chunk, order[i] * SEGMENT, result, i * SEGMENT, SEGMENT);
        }
        return result;
    }
}
