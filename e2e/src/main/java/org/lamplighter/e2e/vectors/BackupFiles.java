package org.lamplighter.e2e.vectors;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lamplighter.core.backup.BackupKind;
import org.lamplighter.core.backup.BackupRecipient;
import org.lamplighter.core.backup.BackupWriter;
import org.lamplighter.core.backup.open.BackupKey;
import org.lamplighter.core.backup.open.BackupReader;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;

/** Backups (docs/spec 9): written byte for byte, opened, and refused. */
final class BackupFiles {
    private BackupFiles() {}

    static void run(Fields file, Tally tally) {
        tally.vector("key", () -> {
            Fields key = file.child("key");
            byte[] publicKey = key.hex("public_key");
            key.expect("id", key(file).recipient().id());
            key.expect("id", BackupRecipient.ofKey(publicKey).id());
        });
        tally.vectors(file, "backups", backup -> check(file, backup));
        tally.vectors(file, "refusals", refusal -> refuse(file, refusal));
    }

    private static BackupKey key(Fields file) throws Mismatch, MalformedException {
        byte[] content = new ByteWriter()
                .ascii("lamplighter-backup-key/v1\n")
                .bytes(file.child("key").hex("seed"))
                .toByteArray();
        return BackupKey.parse(SecretBytes.takeOver(content));
    }

    private static void check(Fields file, Fields backup) throws Mismatch, MalformedException {
        try (BackupKey key = key(file)) {
            backup.expect("hex", write(key, backup));
            BackupReader reader = BackupReader.open(new ByteArrayInputStream(backup.hex("hex")), key);
            Mismatch.unless(reader.kind().code() == backup.number("kind"), "kind differs");
            for (Fields item : backup.list("items")) {
                Optional<BackupReader.Item> read = reader.next();
                Mismatch.unless(read.isPresent(), "an item is missing");
                item.expectText("path", read.get().path());
                Mismatch.unless(read.get().isFolder() == item.flag("folder"), "another kind of item");
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                reader.copyTo(content);
                Mismatch.unlessEqual("content", content(item), content.toByteArray());
            }
            Mismatch.unless(reader.next().isEmpty(), "an item too many");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] write(BackupKey key, Fields backup) throws Mismatch, MalformedException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Given random = new Given(List.of(backup.hex("stream_key"), backup.hex("xwing_randomness")));
        BackupWriter writer = BackupWriter.start(out, BackupKind.of(backup.number("kind")), key.recipient(), random);
        for (Fields item : backup.list("items")) {
            byte[] content = content(item);
            if (item.flag("folder")) {
                writer.folder(item.text("path"));
            } else {
                writer.file(item.text("path"), content.length, new ByteArrayInputStream(content));
            }
        }
        writer.finish();
        return out.toByteArray();
    }

    private static byte[] content(Fields item) throws Mismatch {
        return item.has("content") ? item.hex("content") : new byte[item.has("zeros") ? item.number("zeros") : 0];
    }

    private static void refuse(Fields file, Fields refusal) throws Mismatch, MalformedException {
        Map<String, byte[]> backups = new HashMap<>();
        for (Fields backup : file.list("backups")) {
            backups.put(backup.text("name"), backup.hex("hex"));
        }
        byte[] bytes = Optional.ofNullable(backups.get(refusal.text("of")))
                .orElseThrow(() -> new Mismatch("of names no backup"));
        if (refusal.has("length")) {
            bytes = Arrays.copyOf(bytes, refusal.number("length"));
        } else {
            byte[] change = refusal.hex("bytes");
            byte[] changed = bytes.clone();
            System.arraycopy(change, 0, changed, refusal.number("offset"), change.length);
            Mismatch.unless(!Arrays.equals(bytes, changed), "bytes change nothing");
            bytes = changed;
        }
        refusal.expectText("result", result(bytes, file));
    }

    private static String result(byte[] bytes, Fields file) throws Mismatch, MalformedException {
        try (BackupKey key = key(file)) {
            BackupReader reader = BackupReader.open(new ByteArrayInputStream(bytes), key);
            while (reader.next().isPresent()) {
                reader.copyTo(new ByteArrayOutputStream());
            }
            return "ok";
        } catch (MalformedException e) {
            return e.reason().name();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Yields what the vector names, in this order. */
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final transient List<byte[]> bytes;
        private int next;

        Given(List<byte[]> bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] out) {
            byte[] given = bytes.get(next++);
            if (given.length != out.length) {
                throw new IllegalStateException("randomness of another length is asked for");
            }
            System.arraycopy(given, 0, out, 0, out.length);
        }
    }
}
