package org.lamplighter.core.message;

import java.util.ArrayList;
import java.util.List;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.PartLayout;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * What a source hands over: a text, and the files that belong to it (docs/spec/03-message.md 3.3). Holds part keys and the salt of
 * the commitment. Immutable.
 *
 * @param salt of the commitment, 32 bytes
 * @param acknowledgementKey 32 bytes
 * @param day days since 1970, of the source's clock, a u32
 * @param text any Unicode, at most {@value #MAX_TEXT} bytes of UTF-8
 * @param files at most {@value #MAX_FILES}, of {@value PartLayout#MAX_PARTS} parts together; locked if and only if the part keys are sealed
 * @param sealing where the part keys are
 */
public record Submission(
        SecretBytes salt,
        SecretBytes acknowledgementKey,
        long day,
        String text,
        List<FileEntry> files,
        Sealing sealing) {
    /** Most bytes of a submission, wherever it stands. */
    public static final int MAX_LENGTH = 16 << 20;

    /** Most bytes of text, in UTF-8. */
    public static final int MAX_TEXT = 8 << 20;

    /** Most files. */
    public static final int MAX_FILES = 1000;

    private static final String WHAT = "submission";
    private static final int KEY_LENGTH = 32;

    public Submission {
        files = List.copyOf(files);
        UnicodeText.require(text);
        if (salt.length() != Commitment.SALT_LENGTH
                || acknowledgementKey.length() != KEY_LENGTH
                || day < 0
                || day >>> 32 != 0
                || UnicodeText.length(text) > MAX_TEXT
                || files.size() > MAX_FILES
                || parts(files) > PartLayout.MAX_PARTS
                || !fits(files, sealing)) {
            throw new IllegalArgumentException("submission out of range");
        }
    }

    /**
     * {@code u8 1 || salt 32 || acknowledgement key 32 || day u32 || text32 text || u16 count || files || sealing}, to be wiped by
     * the caller.
     */
    public byte[] encode() {
        ByteWriter writer = new ByteWriter().u8(1);
        salt.use(writer::bytes);
        acknowledgementKey.use(writer::bytes);
        writer.u32(day).text32(text).u16(files.size());
        files.forEach(file -> file.writeTo(writer));
        sealing.writeTo(writer);
        if (writer.size() > MAX_LENGTH) {
            throw new IllegalStateException("submission longer than 16 MiB");
        }
        return writer.toByteArray();
    }

    /** Reads {@link #encode}, of at most {@value #MAX_LENGTH} bytes. */
    public static Submission parse(byte[] bytes) throws MalformedException {
        if (bytes.length > MAX_LENGTH) {
            throw new MalformedException(Reason.TOO_LARGE, WHAT + ": too long");
        }
        ByteReader reader = ByteReader.of(bytes, WHAT);
        reader.version(1);
        SecretBytes salt = SecretBytes.takeOver(reader.bytes(Commitment.SALT_LENGTH));
        SecretBytes acknowledgementKey = SecretBytes.takeOver(reader.bytes(KEY_LENGTH));
        long day = reader.u32();
        String text = reader.text32(MAX_TEXT);
        int count = reader.u16();
        if (count > MAX_FILES) {
            throw new MalformedException(Reason.TOO_LARGE, WHAT + ": too many files");
        }
        List<FileEntry> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(FileEntry.read(reader));
            if (parts(files) > PartLayout.MAX_PARTS) {
                throw new MalformedException(Reason.TOO_LARGE, WHAT + ": too many parts");
            }
        }
        Sealing sealing = Sealing.read(reader);
        reader.end();
        if (!fits(files, sealing)) {
            throw new MalformedException(Reason.BAD_FIELD, WHAT + ": part keys");
        }
        return new Submission(salt, acknowledgementKey, day, text, files, sealing);
    }

    /** Bytes of all files. */
    public long totalSize() {
        return files.stream().mapToLong(FileEntry::size).sum();
    }

    @Override
    public String toString() {
        return "Submission[REDACTED]";
    }

    /** Every key stands in exactly one place: in the files, or in the sealing, in which there is one for each part. */
    private static boolean fits(List<FileEntry> files, Sealing sealing) {
        return switch (sealing) {
            case Sealing.None none -> files.stream().noneMatch(FileEntry::isLocked);
            case Sealing.KOfN kOfN ->
                files.stream().allMatch(FileEntry::isLocked)
                        && parts(files) == kOfN.keys().keyCount();
        };
    }

    private static long parts(List<FileEntry> files) {
        return files.stream().mapToLong(file -> file.parts().size()).sum();
    }
}
