package org.lamplighter.core.backup.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.backup.BackupKind;
import org.lamplighter.core.backup.BackupRecipient;
import org.lamplighter.core.backup.BackupWriter;
import org.lamplighter.core.backup.stream.BackupFormat;
import org.lamplighter.core.backup.stream.Segments;
import org.lamplighter.core.primitive.Hpke;
import org.lamplighter.core.primitive.XWing;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.testkit.SeededRandom;

/** Backups written and opened, whole, cut, changed and in another order (docs/spec/09-backup.md). */
final class BackupTest {
    private static final int HEADER = BackupFormat.PRELUDE_BYTES + BackupFormat.SEALED_KEY_BYTES;

    private final SeededRandom random = SeededRandom.of(90);
    private final BackupKey key = BackupKey.generate(random);

    @Test
    void files_ofEveryLengthAroundASegment_comeOutAsTheyWentIn() throws Exception {
        for (int length : List.of(0, 1, 65_000, 65_520, 65_535, 65_536, 65_537, 131_072, 200_000)) {
            Map<String, byte[]> files = Map.of("entries/a", random.bytes(length));
            assertSame(read(write(files), key), files);
        }
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 300; i++) {
            many.put("chunk-" + i, random.bytes(random.nextInt(2000)));
        }
        assertSame(read(write(many), key), many);
    }

    @Test
    void backup_cutAnywhere_isRefused() throws Exception {
        byte[] backup = write(Map.of("entries/a", random.bytes(140_000)));
        List<Integer> cuts = new ArrayList<>(List.of(0, 3, 13, 14, HEADER - 1, HEADER, HEADER + 1, HEADER + 16));
        for (int segment = 1; segment <= 2; segment++) {
            int end = HEADER + segment * Segments.SEALED_BYTES;
            cuts.addAll(List.of(end - 1, end, end + 1, end + 16, end + 17));
        }
        cuts.add(backup.length - 1);
        for (int cut : cuts) {
            assertRefused(Arrays.copyOf(backup, cut), key);
        }
        assertRefused(Arrays.copyOf(backup, backup.length + 1), key);
        assertThat(read(backup, key)).isNotEmpty();
    }

    @Test
    void backup_withAnyByteChanged_isRefused() throws Exception {
        byte[] backup = write(Map.of("entries/a", random.bytes(300)));
        for (int at = 0; at < backup.length; at++) {
            backup[at] ^= 1;
            assertRefused(backup, key);
            backup[at] ^= 1;
        }
        assertThat(read(backup, key)).isNotEmpty();
    }

    @Test
    void segments_inAnotherOrder_twice_orLeftOut_areRefused() throws Exception {
        byte[] backup = write(Map.of("entries/a", random.bytes(250_000)));
        assertRefused(arranged(backup, 1, 0, 2, 3), key);
        assertRefused(arranged(backup, 0, 2, 1, 3), key);
        assertRefused(arranged(backup, 0, 1, 1, 2, 3), key);
        assertRefused(arranged(backup, 0, 2, 3), key);
        assertRefused(arranged(backup, 3), key);
        assertThat(read(arranged(backup, 0, 1, 2, 3), key)).isNotEmpty();
    }

    /** The planted fault: under one nonce for all segments, another order opens. The counter is what refuses it above. */
    @Test
    void segments_inAnotherOrder_openWhenTheCounterIsLeftOut() throws Exception {
        SecretBytes streamKey = SecretBytes.generate(32, random);
        byte[] first = new byte[Segments.SEALED_BYTES];
        byte[] plain = random.bytes(Segments.SEGMENT_BYTES);
        Segments.sealing(streamKey).next(plain, plain.length, false, first);
        byte[] opened = new byte[Segments.SEGMENT_BYTES];

        assertThat(Segments.opening(streamKey).next(first, first.length, false, opened))
                .isEqualTo(Segments.SEGMENT_BYTES);
        Segments counted = Segments.opening(streamKey);
        counted.next(first, first.length, false, opened);
        assertThat(counted.next(first, first.length, false, opened)).isEqualTo(-1);
        assertThat(Segments.opening(streamKey).next(first, first.length, true, opened))
                .isEqualTo(-1);
    }

    @Test
    void backup_underAnotherKey_saysSo() throws Exception {
        byte[] backup = write(Map.of("entries/a", random.bytes(10)));
        BackupKey other = BackupKey.generate(random);
        assertThatThrownBy(() -> read(backup, other))
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_SIGNER));
        byte[] relabelled = backup.clone();
        System.arraycopy(other.recipient().id(), 0, relabelled, 6, 8);
        assertRefused(relabelled, other);
    }

    @Test
    void paths_thatLeadOutOrAreHidden_areRefused() throws Exception {
        for (String path :
                List.of("../a", "a/../b", "/a", "a//b", ".a", "a/.b", "", "a/b/c/d/e", "a\u0000b", "a b", "a/")) {
            assertRefused(forged(file(path), end(1)), key);
        }
        assertRefused(forged(file("a"), end(2)), key);
        assertRefused(forged(new byte[] {3, 0, 1, 'a'}, end(1)), key);
        assertRefused(forged(file("a")), key);
        assertRefused(forged(file("a"), end(1), new byte[1]), key);
        // What the forger makes is otherwise a backup.
        assertThat(read(forged(file("a"), end(1)), key)).containsOnlyKeys("a");
    }

    @Test
    void fileThatBecameShorter_endsTheBackup() throws Exception {
        BackupWriter writer =
                BackupWriter.start(new ByteArrayOutputStream(), BackupKind.STATION, key.recipient(), random);
        assertThatThrownBy(() -> writer.file("a", 5, new ByteArrayInputStream(new byte[4])))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void key_survivesItsFile_andItsPublicHalfToo() throws Exception {
        try (SecretBytes content = key.toSecretBytes();
                BackupKey again = BackupKey.parse(content)) {
            assertThat(again.recipient().toByteArray())
                    .isEqualTo(key.recipient().toByteArray());
            assertThat(read(write(Map.of("a", new byte[3])), again)).containsOnlyKeys("a");
        }
        assertThat(BackupRecipient.parse(key.recipient().toByteArray()).id())
                .isEqualTo(key.recipient().id());
        assertThat(key.toString()).isEqualTo("[REDACTED]");
    }

    @Test
    void longBackup_passesThroughInFixedMemory() throws Exception {
        long length = 64L << 20;
        InputStream zeros = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] bytes, int offset, int count) {
                return count;
            }
        };
        long[] written = new long[1];
        OutputStream counting = new OutputStream() {
            @Override
            public void write(int b) {
                written[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int count) {
                assertThat(count).isLessThanOrEqualTo(Segments.SEALED_BYTES);
                written[0] += count;
            }
        };
        BackupWriter writer = BackupWriter.start(counting, BackupKind.STATION, key.recipient(), random);
        writer.file("chunks", length, zeros);
        writer.finish();
        assertThat(written[0]).isBetween(length, length + length / 1000);
    }

    private byte[] write(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BackupWriter writer = BackupWriter.start(out, BackupKind.JOURNALIST, key.recipient(), random);
        writer.folder("entries");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            writer.file(file.getKey(), file.getValue().length, new ByteArrayInputStream(file.getValue()));
        }
        writer.finish();
        return out.toByteArray();
    }

    private static Map<String, byte[]> read(byte[] backup, BackupKey key) throws IOException, MalformedException {
        BackupReader reader = BackupReader.open(new ByteArrayInputStream(backup), key);
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (Optional<BackupReader.Item> item = reader.next(); item.isPresent(); item = reader.next()) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            reader.copyTo(content);
            if (!item.get().isFolder()) {
                files.put(item.get().path(), content.toByteArray());
            }
        }
        return files;
    }

    private static void assertSame(Map<String, byte[]> read, Map<String, byte[]> written) {
        assertThat(read.keySet()).isEqualTo(written.keySet());
        read.forEach((path, bytes) -> assertThat(bytes).isEqualTo(written.get(path)));
    }

    private static void assertRefused(byte[] backup, BackupKey key) {
        assertThatThrownBy(() -> read(backup, key)).isInstanceOf(MalformedException.class);
    }

    /** The same header, and the segments of these numbers. */
    private static byte[] arranged(byte[] backup, int... segments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(backup, 0, HEADER);
        for (int segment : segments) {
            int from = HEADER + segment * Segments.SEALED_BYTES;
            out.write(backup, from, Math.min(Segments.SEALED_BYTES, backup.length - from));
        }
        return out.toByteArray();
    }

    private static byte[] file(String path) {
        return new ByteWriter().u8(1).text16(path).u64(1).u8(7).toByteArray();
    }

    private static byte[] end(int items) {
        return new ByteWriter().u8(0).u64(items).toByteArray();
    }

    /** A backup with this content, well sealed. */
    private byte[] forged(byte[]... parts) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            plain.writeBytes(part);
        }
        byte[] prelude =
                BackupFormat.prelude(BackupKind.STATION, key.recipient().id());
        byte[] streamKey = random.bytes(32);
        Hpke.Sealed sealed = sealedKey(prelude, streamKey);
        byte[] segment = new byte[Segments.SEALED_BYTES];
        int length =
                Segments.sealing(SecretBytes.copyOf(streamKey)).next(plain.toByteArray(), plain.size(), true, segment);
        return new ByteWriter()
                .bytes(prelude)
                .bytes(sealed.enc())
                .bytes(sealed.ciphertext())
                .bytes(Arrays.copyOf(segment, length))
                .toByteArray();
    }

    private Hpke.Sealed sealedKey(byte[] prelude, byte[] streamKey) {
        try {
            String text = new String(key.recipient().toByteArray(), StandardCharsets.US_ASCII);
            byte[] publicKey = Base64.getDecoder()
                    .decode(text.substring(text.indexOf("\nkey ") + 5).strip());
            return new Hpke.Base(BackupFormat.info(prelude), new byte[0])
                    .seal(random.bytes(64), XWing.PublicKey.parse(publicKey), streamKey);
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }
}
