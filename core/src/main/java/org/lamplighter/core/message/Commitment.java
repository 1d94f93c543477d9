package org.lamplighter.core.message;

import java.security.SecureRandom;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.Digest;

/**
 * The hiding value that a bundle carries for the record (docs/spec/04-mailbox.md 4.1): it says nothing until its salt is shown,
 * and then proves that exactly this message was handed over. Stateless.
 */
public final class Commitment {
    /** Bytes of the salt. */
    public static final int SALT_LENGTH = 32;

    private static final byte[] LABEL =
            new ByteWriter().ascii("lamplighter/commit/v1\n").toByteArray();

    private Commitment() {}

    /** {@code SHA-256("lamplighter/commit/v1\n" || kind u8 || salt 32 || SHA-256(structured message))}. */
    public static Digest of(StructuredMessage message, SecretBytes salt) {
        return of(message.header().kind(), salt, message.digest());
    }

    /** The same, from the hash that a self-copy keeps. */
    public static Digest of(MessageKind kind, SecretBytes salt, Digest message) {
        if (salt.length() != SALT_LENGTH) {
            throw new IllegalArgumentException("a salt is " + SALT_LENGTH + " bytes");
        }
        byte[] code = {(byte) kind.code()};
        return salt.apply(bytes -> Digest.copyOf(Sha256.digest(LABEL, code, bytes, message.toByteArray())));
    }

    /** What a bundle of decoys carries: 32 random bytes, which nobody can tell from a commitment. */
    static Digest random(SecureRandom random) {
        byte[] bytes = new byte[Digest.LENGTH];
        random.nextBytes(bytes);
        return Digest.copyOf(bytes);
    }
}
