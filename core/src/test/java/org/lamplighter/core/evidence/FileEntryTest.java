package org.lamplighter.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.Malleability;
import org.lamplighter.testkit.SeededRandom;

final class FileEntryTest {
    private static final SeededRandom RANDOM = SeededRandom.of(11);
    private static final long TWO_PARTS = 300L << 20;

    @Test
    void entry_isReadAsWritten_andHasOneEncoding() {
        byte[] keyed = bytes(entry("delivery notes.pdf", TWO_PARTS));
        byte[] locked = bytes(entry("delivery notes.pdf", TWO_PARTS).lock());

        assertThat(Malleability.check(keyed, MalformedException.class, 3_000, 1, FileEntryTest::reencode))
                .isPositive();
        Malleability.check(locked, MalformedException.class, 3_000, 2, FileEntryTest::reencode);
    }

    @Test
    void lockedEntry_hasNoKeys_andIsUnlockedByThem() throws Exception {
        FileEntry entry = entry("ledger.csv", TWO_PARTS);
        FileEntry locked = FileEntry.read(ByteReader.of(bytes(entry.lock()), "test"));

        assertThat(locked.isLocked()).isTrue();
        assertThat(locked.keys()).isEmpty();
        assertThat(bytes(locked.unlock(entry.keys()))).isEqualTo(bytes(entry));
        assertThatThrownBy(() -> locked.unlock(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lockedEntries_areUnlockedInOrder_byAsManyKeysAsTheyHaveParts() {
        List<FileEntry> entries = List.of(entry("one.csv", 5), entry("two.csv", TWO_PARTS), entry("three.csv", 5));
        List<FileEntry> locked = entries.stream().map(FileEntry::lock).toList();
        List<PartKey> keys =
                entries.stream().flatMap(entry -> entry.keys().stream()).toList();

        assertThat(FileEntry.unlockAll(locked, keys).stream().map(FileEntryTest::bytes))
                .containsExactlyElementsOf(
                        entries.stream().map(FileEntryTest::bytes).toList());
        assertThatThrownBy(() -> FileEntry.unlockAll(locked, keys.subList(1, keys.size())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FileEntry.unlockAll(List.of(), keys)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sealedBytes_areThoseOfAllChunks() {
        assertThat(SizeClass.KIB_64.sealedBytes()).isEqualTo(65_552);
        assertThat(SizeClass.MIB_256.sealedBytes()).isEqualTo(64L * 4_195_328);
    }

    @Test
    void chunkIds_areOrderedByTheirBytes() {
        ChunkId low = ChunkId.copyOf(new byte[16]);
        byte[] bytes = new byte[16];
        bytes[0] = (byte) 0x80;
        ChunkId high = ChunkId.copyOf(bytes);
        assertThat(low).isLessThan(high).isEqualByComparingTo(ChunkId.copyOf(new byte[16]));
        assertThat(high).isGreaterThan(low);
    }

    @Test
    void fieldsThatCannotBe_areRefused() {
        assertRefused("a/b", "", 0, 1);
        assertRefused("a\\b", "", 0, 1);
        assertRefused("", "", 0, 1);
        assertRefused("..", "", 0, 1);
        assertRefused(".", "", 0, 1);
        assertRefused("a\u0000b", "", 0, 1);
        assertRefused("a\u0085b", "", 0, 1);
        assertRefused("a", "text/grün", 0, 1);
        assertRefused("a", "", PartLayout.MAX_FILE_BYTES + 1, 1);
        assertRefused("a", "", TWO_PARTS, 1);
        assertRefused("a", "", 1, 0);
        assertRefused("a", "", 1, 2);
        assertThat(FileEntry.isMediaType("~ /".repeat(42) + "x")).isTrue();
        assertThat(FileEntry.isMediaType("x".repeat(128))).isFalse();
        assertThat(FileEntry.isMediaType("a\u007f")).isFalse();
        assertThat(FileEntry.isMediaType("a\u001f")).isFalse();
        assertThat(FileEntry.isName("\ud800")).isFalse();
        assertThat(FileEntry.isName("x".repeat(255))).isTrue();
        assertThat(FileEntry.isName("ü".repeat(128))).isFalse();
    }

    @Test
    void entryWithSomeKeysOnly_isRefused() {
        FileEntry entry = entry("a", TWO_PARTS);
        byte[] mixed = bytes(entry);
        Arrays.fill(mixed, mixed.length - Part.LENGTH, mixed.length - Digest.LENGTH, (byte) 0);

        assertThatThrownBy(() -> reencode(mixed))
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_FIELD));
    }

    @Test
    void toString_showsNeitherNameNorKey() {
        FileEntry entry = entry("ledger of the north factory.csv", 5);

        assertThat(entry.toString()).doesNotContain("ledger");
        assertThat(entry.parts().toString()).contains("PartKey[REDACTED]");
    }

    @Test
    void derivedValues_dependOnKeyAndIndex() {
        PartKey key = PartKey.copyOf(new byte[32]);

        assertThat(key.chunkId(0)).isNotEqualTo(key.chunkId(1));
        assertThat(key.chunkId(0))
                .isEqualTo(PartKey.copyOf(new byte[32]).chunkId(0))
                .isNotEqualTo(PartKey.generate(RANDOM).chunkId(0));
        assertThat(key.encryptionKey().<byte[]>apply(byte[]::clone))
                .isNotEqualTo(key.commitment().toByteArray());
    }

    private static void assertRefused(String name, String mediaType, long size, int parts) {
        ByteWriter out = new ByteWriter()
                .text16(name)
                .text16(mediaType)
                .u64(size)
                .bytes(new byte[64])
                .u32(parts);
        for (int i = 0; i < parts; i++) {
            out.bytes(RANDOM.bytes(Part.LENGTH));
        }
        assertThatThrownBy(() -> reencode(out.toByteArray())).isInstanceOf(MalformedException.class);
    }

    private static FileEntry entry(String name, long size) {
        List<Part> parts = PartLayout.ofFile(size).stream()
                .<Part>map(layout -> Part.Keyed.of(PartKey.generate(RANDOM)))
                .toList();
        return new FileEntry(name, "application/pdf", size, digest(), digest(), parts);
    }

    private static Digest digest() {
        return Digest.copyOf(RANDOM.bytes(32));
    }

    private static byte[] reencode(byte[] input) throws MalformedException {
        ByteReader in = ByteReader.of(input, "test");
        FileEntry entry = FileEntry.read(in);
        in.end();
        return bytes(entry);
    }

    private static byte[] bytes(FileEntry entry) {
        ByteWriter out = new ByteWriter();
        entry.writeTo(out);
        return out.toByteArray();
    }
}
