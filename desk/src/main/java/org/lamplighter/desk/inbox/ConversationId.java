package org.lamplighter.desk.inbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.lamplighter.core.envelope.RecipientKeys;
import org.lamplighter.core.wire.FixedBytes;

/**
 * Names a source by its keys: the first 16 bytes of {@code SHA-256("lamplighter/conversation/v1" || APKE key || PKE key ||
 * fetch key)}. The same source is the same conversation in every vault. Immutable.
 */
public final class ConversationId extends FixedBytes implements Comparable<ConversationId> {
    /** Size in bytes. */
    public static final int LENGTH = 16;

    private ConversationId(byte[] bytes) {
        super(bytes, LENGTH);
    }

    /** Takes a copy of {@code bytes}, which must be {@value #LENGTH} bytes. */
    public static ConversationId copyOf(byte[] bytes) {
        return new ConversationId(bytes);
    }

    /** The conversation with the source that is answered under {@code keys}. */
    public static ConversationId of(RecipientKeys keys) {
        byte[] hash = sha256(
                "lamplighter/conversation/v1".getBytes(StandardCharsets.US_ASCII),
                keys.apke().toByteArray(),
                keys.pke().toByteArray(),
                keys.fetch().toByteArray());
        return new ConversationId(Arrays.copyOf(hash, LENGTH));
    }

    @Override
    public int compareTo(ConversationId other) {
        return compareBytes(other);
    }

    static byte[] sha256(byte[]... inputs) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] input : inputs) {
                digest.update(input);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
