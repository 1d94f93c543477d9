package org.lamplighter.core.primitive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4). Stateless and thread-safe. */
public final class Sha256 {
    /** Bytes of a hash. */
    public static final int BYTES = 32;

    private Sha256() {}

    /** The hash, 32 bytes, of the parts one after the other; nothing separates them. */
    public static byte[] digest(byte[]... parts) {
        MessageDigest digest = start();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** A new computation, for input that comes in pieces. */
    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
