package org.lamplighter.core.backup.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.lamplighter.core.secret.SecretBytes;

/**
 * Seals or opens the segments of one backup in order (docs/spec 9.3; the STREAM construction of Hoang, Reyhanitabar, Rogaway
 * and Vizár). The counter is kept here and only goes up. One thread at a time.
 */
public final class Segments {
    /** Bytes of a segment but the last. */
    public static final int SEGMENT_BYTES = 65_536;

    /** Bytes of one that is sealed. */
    public static final int SEALED_BYTES = SEGMENT_BYTES + 16;

    private static final byte[] AAD = "ll-backup/1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAG_BITS = 128;
    private static final int NONCE_BYTES = 12;

    private final Cipher cipher;
    private final SecretKey key;
    private final int mode;
    private long next;
    private boolean ended;

    private Segments(Cipher cipher, SecretKey key, int mode) {
        this.cipher = cipher;
        this.key = key;
        this.mode = mode;
    }

    /** Seals under a key that has sealed nothing yet. */
    public static Segments sealing(SecretBytes key) {
        return start(key, Cipher.ENCRYPT_MODE);
    }

    public static Segments opening(SecretBytes key) {
        return start(key, Cipher.DECRYPT_MODE);
    }

    /**
     * Seals {@code length} bytes of {@code in} into {@code out}, or opens them, and yields how many that gives; -1 when they
     * are not authentic, which includes another place in the stream.
     */
    public int next(byte[] in, int length, boolean last, byte[] out) {
        if (ended) {
            throw new IllegalStateException("nothing comes after the last segment");
        }
        ended = last;
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .putLong(NONCE_BYTES - 1 - Long.BYTES, next++)
                .put(NONCE_BYTES - 1, (byte) (last ? 1 : 0))
                .array();
        try {
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(AAD);
            return cipher.doFinal(in, 0, length, out, 0);
        } catch (AEADBadTagException e) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM failed", e);
        }
    }

    private static Segments start(SecretBytes key, int mode) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            return new Segments(cipher, key.apply(bytes -> new SecretKeySpec(bytes, "AES")), mode);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }
}
