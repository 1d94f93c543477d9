package org.lamplighter.core.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.backup.BackupAbout;
import org.lamplighter.core.backup.BackupKind;
import org.lamplighter.core.backup.BackupRecipient;
import org.lamplighter.core.backup.BackupWriter;
import org.lamplighter.core.backup.open.BackupKey;
import org.lamplighter.core.backup.open.BackupReader;
import org.lamplighter.core.backup.stream.BackupFormat;
import org.lamplighter.core.backup.stream.Segments;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;

/** What stands beside and at the head of a backup, a backup as it comes from a medium, and what is inside of one. */
final class BackupFuzz {
    private static final int HEADER = BackupFormat.PRELUDE_BYTES + BackupFormat.SEALED_KEY_BYTES;
    private static final int MOST = 4000;

    private BackupFuzz() {}

    static List<FuzzTarget> targets() {
        try (BackupKey key = BackupKey.generate(SeededRandom.of(65))) {
            byte[] backup = backup(key.recipient());
            return List.of(
                    FuzzTarget.canonical(
                                    "backup-about",
                                    2 * BackupAbout.MAX_BYTES,
                                    input -> BackupAbout.parse(input).toByteArray())
                            .refusing(MalformedException.class)
                            .seeded(new BackupAbout(1234, 1_795_000_000).toByteArray()),
                    FuzzTarget.canonical(
                                    "backup-recipient",
                                    2000,
                                    input -> BackupRecipient.parse(input).toByteArray())
                            .refusing(MalformedException.class)
                            .seeded(key.recipient().toByteArray()),
                    FuzzTarget.canonical("backup-key", 80, BackupFuzz::key)
                            .refusing(MalformedException.class)
                            .seeded(key.toSecretBytes().reveal()),
                    FuzzTarget.of("backup-file", MOST, BackupFuzz::isWhole)
                            .refusing(MalformedException.class)
                            .seeded(backup),
                    FuzzTarget.canonical("backup-content", MOST, BackupFuzz::content)
                            .refusing(MalformedException.class)
                            .seeded(content(backup, key)));
        }
    }

    private static byte[] key(byte[] input) throws MalformedException {
        try (SecretBytes content = SecretBytes.copyOf(input);
                BackupKey key = BackupKey.parse(content)) {
            return key.toSecretBytes().reveal();
        }
    }

    /** The key of all targets, made again: none of them may close it for the others. */
    private static BackupKey key() {
        return BackupKey.generate(SeededRandom.of(65));
    }

    /** Any bytes as a file; one bit of a backup that is not as it was is noticed by the seal. */
    private static boolean isWhole(byte[] input) throws IOException, MalformedException {
        try (BackupKey key = key()) {
            content(BackupReader.open(new ByteArrayInputStream(input), key));
            if (!Arrays.equals(input, backup(key.recipient()))) {
                throw new AssertionError("a backup that nobody has made");
            }
            return true;
        }
    }

    /** Any bytes behind the seal, as somebody could write who has the public key; what is taken is written back the same. */
    private static byte[] content(byte[] input) throws IOException, MalformedException {
        try (BackupKey key = key();
                SecretBytes streamKey = streamKey()) {
            byte[] segment = new byte[Segments.SEALED_BYTES];
            int length = Segments.sealing(streamKey).next(input, input.length, true, segment);
            byte[] file = new ByteWriter()
                    .bytes(Arrays.copyOf(backup(key.recipient()), HEADER))
                    .bytes(Arrays.copyOf(segment, length))
                    .toByteArray();
            return content(BackupReader.open(new ByteArrayInputStream(file), key));
        }
    }

    private static byte[] content(BackupReader reader) throws IOException, MalformedException {
        ByteWriter out = new ByteWriter();
        long items = 0;
        for (Optional<BackupReader.Item> next = reader.next(); next.isPresent(); next = reader.next()) {
            BackupReader.Item item = next.get();
            out.u8(item.isFolder() ? BackupFormat.FOLDER : BackupFormat.FILE).text16(item.path());
            if (!item.isFolder()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                reader.copyTo(bytes);
                out.u64(item.length()).bytes(bytes.toByteArray());
            }
            items++;
        }
        return out.u8(BackupFormat.END).u64(items).toByteArray();
    }

    private static byte[] content(byte[] backup, BackupKey key) {
        try {
            return content(BackupReader.open(new ByteArrayInputStream(backup), key));
        } catch (IOException | MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A small backup, always the same. */
    private static byte[] backup(BackupRecipient recipient) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            BackupWriter writer = BackupWriter.start(out, BackupKind.JOURNALIST, recipient, SeededRandom.of(66));
            byte[] about = new BackupAbout(1234, 1_795_000_000).toByteArray();
            writer.file(BackupAbout.PATH, about.length, new ByteArrayInputStream(about));
            writer.folder("entries");
            writer.file("entries/one", 5, new ByteArrayInputStream(new byte[5]));
            writer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The first that {@link #backup} draws. */
    private static SecretBytes streamKey() {
        return SecretBytes.generate(BackupFormat.STREAM_KEY_BYTES, SeededRandom.of(66));
    }
}
