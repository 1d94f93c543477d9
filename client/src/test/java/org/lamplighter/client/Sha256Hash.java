package org.lamplighter.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.lamplighter.core.wire.Digest;

/** SHA-256 of what was received or sent. */
final class Sha256Hash {
    private Sha256Hash() {}

    static Digest of(byte[] bytes) {
        try {
            return Digest.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
