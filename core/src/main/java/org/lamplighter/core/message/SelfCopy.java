package org.lamplighter.core.message;

import java.security.SecureRandom;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;

/**
 * What a sender sends to itself, and finds again as proof that its bundle was taken in (docs/spec/03-message.md 3.5). It names no
 * text, no file and no part key: whoever takes the passphrase later does not open what was sent.
 *
 * @param day days since 1970, of the sender's clock
 * @param message SHA-256 of the structured message that the others received
 * @param salt 32 bytes that open the commitment
 * @param acknowledgementKey 32 bytes
 * @param files how many files, a u16
 * @param totalSize bytes of all files
 */
public record SelfCopy(
        long day, Digest message, SecretBytes salt, SecretBytes acknowledgementKey, int files, long totalSize) {
    /** Bytes of {@link #encode}. */
    public static final int LENGTH = 1 + 4 + 32 + 32 + 32 + 2 + 8;

    public SelfCopy {
        if (day < 0
                || day >>> 32 != 0
                || salt.length() != Commitment.SALT_LENGTH
                || acknowledgementKey.length() != 32
                || files < 0
                || files > 0xffff
                || totalSize < 0) {
            throw new IllegalArgumentException("self-copy out of range");
        }
    }

    /** The copy of a submission: its salt and acknowledgement key, which the journalists have too. */
    public static SelfCopy of(StructuredMessage message, Submission submission) {
        return new SelfCopy(
                submission.day(),
                message.digest(),
                submission.salt(),
                submission.acknowledgementKey(),
                submission.files().size(),
                submission.totalSize());
    }

    /** The copy of a journalist's message, whose salt and acknowledgement key are random. */
    public static SelfCopy of(StructuredMessage message, long day, SecureRandom random) {
        return new SelfCopy(
                day,
                message.digest(),
                SecretBytes.generate(Commitment.SALT_LENGTH, random),
                SecretBytes.generate(Commitment.SALT_LENGTH, random),
                0,
                0);
    }

    /** {@code u8 1 || day u32 || SHA-256(structured message) 32 || salt 32 || acknowledgement key 32 || u16 files || u64 total size}. */
    public byte[] encode() {
        ByteWriter writer = new ByteWriter().u8(1).u32(day).bytes(message.toByteArray());
        salt.use(writer::bytes);
        acknowledgementKey.use(writer::bytes);
        return writer.u16(files).u64(totalSize).toByteArray();
    }

    /** Reads {@link #encode}, {@value #LENGTH} bytes. */
    public static SelfCopy parse(byte[] content) throws MalformedException {
        ByteReader reader = ByteReader.of(content, "self-copy");
        reader.version(1);
        long day = reader.u32();
        Digest message = Digest.copyOf(reader.bytes(Digest.LENGTH));
        SecretBytes salt = SecretBytes.takeOver(reader.bytes(Commitment.SALT_LENGTH));
        SecretBytes acknowledgementKey = SecretBytes.takeOver(reader.bytes(32));
        int files = reader.u16();
        long totalSize = reader.u64();
        reader.end();
        return new SelfCopy(day, message, salt, acknowledgementKey, files, totalSize);
    }

    /** The commitment that the bundle of a message of {@code kind} carried. */
    public Digest commitment(MessageKind kind) {
        return Commitment.of(kind, salt, message);
    }
}
