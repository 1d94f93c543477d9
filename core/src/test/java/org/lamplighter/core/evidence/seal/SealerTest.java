package org.lamplighter.core.evidence.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lamplighter.core.evidence.ChunkId;
import org.lamplighter.core.evidence.Content;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.Forge;
import org.lamplighter.core.evidence.MemoryChunks;
import org.lamplighter.core.evidence.NaiveTree;
import org.lamplighter.core.evidence.Part;
import org.lamplighter.core.evidence.PartLayout;
import org.lamplighter.core.evidence.Pattern;
import org.lamplighter.core.evidence.SealedChunk;
import org.lamplighter.core.evidence.seal.FileChangedException.Reason;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.testkit.SeededRandom;

final class SealerTest {
    private static final int MIB = 1 << 20;

    private final SeededRandom random = SeededRandom.of(21);
    private final Sealer sealer = Sealer.of(random);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 262_144, 262_145, MIB, MIB + 1, 4 * MIB, 4 * MIB + 1})
    void file_ofAnySize_becomesTheChunksOfItsClass(int size) throws Exception {
        MemoryChunks chunks = new MemoryChunks();
        byte[] file = Pattern.bytes(size);

        FileEntry entry = sealer.seal("inspection.mp4", "video/mp4", size, new Pattern(size), chunks::accept);

        PartLayout layout = PartLayout.of(size, 0);
        assertThat(entry.size()).isEqualTo(size);
        assertThat(entry.sha256()).isEqualTo(NaiveTree.digest(file));
        assertThat(entry.chunkRoot()).isEqualTo(Digest.copyOf(NaiveTree.root(NaiveTree.pieces(file))));
        assertThat(entry.parts()).hasSize(1);
        assertThat(chunks.order()).hasSize(layout.sizeClass().chunks());
        byte[] key = entry.keys().getFirst().secret().reveal();
        assertThat(entry.parts().getFirst().commitment().toByteArray())
                .isEqualTo(Forge.derive(key, "ll-part-commit/v1", 32));
        for (int i = 0; i < chunks.order().size(); i++) {
            ChunkId id = chunks.order().get(i);
            assertThat(id.toByteArray()).isEqualTo(Forge.derive(key, "ll-chunk-id/v1", 16, i));
            assertThat(chunks.bytes(id)).hasSize(layout.sizeClass().chunkLength());
        }
    }

    @Test
    void segments_areThoseOfTheSpecification_paddingIncluded() throws Exception {
        MemoryChunks chunks = new MemoryChunks();
        FileEntry entry = sealer.seal("a", "", 65_537, new Pattern(65_537), chunks::accept);

        byte[] key = entry.keys().getFirst().secret().reveal();
        byte[] padded = Arrays.copyOf(Pattern.bytes(65_537), 262_144);
        byte[] chunk = chunks.bytes(chunks.order().getFirst());
        for (int j = 0; j < 4; j++) {
            byte[] plain = Arrays.copyOfRange(padded, j * 65_536, (j + 1) * 65_536);
            assertThat(Arrays.copyOfRange(chunk, j * 65_552, (j + 1) * 65_552))
                    .isEqualTo(Forge.segment(key, j, j == 3 ? 1 : 0, plain));
        }
    }

    @Test
    void sealing_withAThreadForHashing_givesTheSame() throws Exception {
        MemoryChunks alone = new MemoryChunks();
        MemoryChunks threaded = new MemoryChunks();
        int size = 9 * MIB + 17;
        FileEntry first = Sealer.of(SeededRandom.of(5)).seal("a", "", size, new Pattern(size), alone::accept);
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            FileEntry second =
                    Sealer.of(SeededRandom.of(5), executor).seal("a", "", size, new Pattern(size), threaded::accept);
            assertThat(second.sha256()).isEqualTo(first.sha256());
            assertThat(second.chunkRoot()).isEqualTo(first.chunkRoot());
        }
        assertThat(threaded.order()).isEqualTo(alone.order()).hasSize(4);
        for (ChunkId id : alone.order()) {
            assertThat(threaded.bytes(id)).isEqualTo(alone.bytes(id));
        }
    }

    @Test
    void fileOfAnotherLength_isRefused_beforeItsLastContentIsGivenAway() {
        MemoryChunks chunks = new MemoryChunks();

        assertRefused(Reason.SHORTER, () -> sealer.seal("a", "", 10, new Pattern(9), chunks::accept));
        assertRefused(Reason.SHORTER, () -> sealer.seal("a", "", 1, new Pattern(0), chunks::accept));
        assertRefused(Reason.LONGER, () -> sealer.seal("a", "", 9, new Pattern(10), chunks::accept));
        assertRefused(Reason.LONGER, () -> sealer.seal("a", "", 0, new Pattern(1), chunks::accept));
        assertThat(chunks.order()).isEmpty();
        assertRefused(Reason.LONGER, () -> sealer.seal("a", "", 8 * MIB, new Pattern(8 * MIB + 1), chunks::accept));
        assertThat(chunks.order()).hasSize(1);
    }

    @Test
    void fileThatChangedBetweenTwoReadings_isRefused_beforeItsLastContentIsGivenAway() throws Exception {
        MemoryChunks chunks = new MemoryChunks();
        int size = 5 * MIB;
        Content first = sealer.read(size, new Pattern(size));
        byte[] changed = Pattern.bytes(size);
        changed[3] ^= 1;

        assertRefused(
                Reason.OTHER_CONTENT,
                () -> sealer.sealAgain("a", "", first, new ByteArrayInputStream(changed), chunks::accept));
        assertThat(chunks.order()).hasSize(1);
        assertThat(sealer.sealAgain("a", "", first, new Pattern(size), chunks::accept)
                        .sha256())
                .isEqualTo(first.sha256());
    }

    @Test
    void reading_givesTheContent_andRefusesAnotherLength() throws Exception {
        for (int size : new int[] {0, 1, 65_536, 4 * MIB, 4 * MIB + 1}) {
            byte[] file = Pattern.bytes(size);
            assertThat(sealer.read(size, new Pattern(size)))
                    .isEqualTo(new Content(
                            size, Digest.copyOf(NaiveTree.root(NaiveTree.pieces(file))), NaiveTree.digest(file)));
        }
        assertRefused(Reason.LONGER, () -> sealer.read(0, new Pattern(1)));
        assertRefused(Reason.SHORTER, () -> sealer.read(5 * MIB, new Pattern(4 * MIB)));
    }

    /** However often a file is sealed, and whatever it holds meanwhile, no key and counter meets two plaintexts. */
    @Test
    void noChunkId_everHasTwoContents() {
        assertThat(idsWithTwoContents(SeededRandom.of(3))).isEmpty();
    }

    @Test
    void noChunkId_everHasTwoContents_failsWhenAKeyIsUsedTwice() {
        // The planted fault: a random source that gives every part the same key.
        SecureRandom repeating = new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) 7);
            }
        };

        assertThat(idsWithTwoContents(repeating)).isNotEmpty();
    }

    private static List<ChunkId> idsWithTwoContents(SecureRandom random) {
        Map<ChunkId, Digest> seen = new HashMap<>();
        List<ChunkId> twice = new ArrayList<>();
        ChunkConsumer<IOException> watching = chunk -> {
            Digest hash = NaiveTree.digest(chunk.toByteArray());
            Digest before = seen.putIfAbsent(chunk.id(), hash);
            if (before != null && !before.equals(hash)) {
                twice.add(chunk.id());
            }
        };
        byte[] file = Pattern.bytes(5 * MIB);
        for (int attempt = 0; attempt < 4; attempt++) {
            file[attempt] ^= 1;
            try {
                // Every second attempt ends in the middle.
                int length = attempt % 2 == 0 ? file.length : file.length - 1;
                Sealer.of(random).seal("a", "", length, new ByteArrayInputStream(file), watching);
                Sealer.of(random).sealDocument(file, watching);
            } catch (IOException | FileChangedException e) {
                assertThat(attempt % 2).isEqualTo(1);
            }
        }
        return twice;
    }

    @Test
    void failureOfTheConsumer_endsTheSealing() {
        final class Refusal extends Exception {
            private static final long serialVersionUID = 1L;
        }
        List<SealedChunk> taken = new ArrayList<>();
        ChunkConsumer<Refusal> full = chunk -> {
            if (taken.size() == 2) {
                throw new Refusal();
            }
            taken.add(chunk);
        };

        assertThatThrownBy(() -> sealer.seal("a", "", 16 * MIB, new Pattern(16 * MIB), full))
                .isInstanceOf(Refusal.class);
        assertThat(taken).hasSize(2);
    }

    @Test
    void chunk_isTheSameAtEveryRetry() throws Exception {
        List<SealedChunk> chunks = new ArrayList<>();
        sealer.seal("a", "", 10, new Pattern(10), chunks::add);
        SealedChunk chunk = chunks.getFirst();

        byte[] sent = new byte[chunk.length()];
        chunk.buffer().get(sent);
        assertThat(sent).isEqualTo(chunk.toByteArray());
        assertThat(chunk.buffer().isReadOnly()).isTrue();
        assertThat(chunk.buffer().remaining()).isEqualTo(65_552);
    }

    @Test
    void failureOfTheFile_isPassedOn() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("medium removed");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("medium removed");
            }
        };

        assertThatThrownBy(() -> sealer.seal("a", "", 10, broken, new MemoryChunks()::accept))
                .isInstanceOf(IOException.class);
    }

    @Test
    void namesThatNoSubmissionCanHold_areAFaultOfTheCaller() {
        assertThatThrownBy(() -> sealer.seal("a/b", "", 0, new Pattern(0), new MemoryChunks()::accept))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void document_isOnePart() {
        MemoryChunks chunks = new MemoryChunks();
        Part.Keyed part = sealer.sealDocument(Pattern.bytes(5 * MIB), chunks::accept);

        assertThat(chunks.order()).hasSize(4);
        assertThat(part.commitment()).isEqualTo(part.key().commitment());
    }

    private static void assertRefused(Reason reason, ThrowingCallable body) {
        assertThatThrownBy(body)
                .isInstanceOfSatisfying(
                        FileChangedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
