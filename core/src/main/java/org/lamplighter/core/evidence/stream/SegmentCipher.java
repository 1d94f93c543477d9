package org.lamplighter.core.evidence.stream;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.SizeClass;
import org.lamplighter.core.secret.SecretBytes;

/**
 * Seals or opens the segments of one part, in order, each exactly once (docs/spec 5.4; the STREAM construction of Hoang,
 * Reyhanitabar, Rogaway and Vizár). The counter is kept here and only goes up: no caller can make two plaintexts meet one
 * pair of key and nonce, or take segments out of order.
 *
 * <p>Works on the caller's arrays, unlike {@code primitive.Aead}: a gigabyte passes through. One thread at a time.
 */
public final class SegmentCipher {
    private static final byte[] AAD = "ll-part/1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAG_BITS = 128;
    private static final int NONCE_BYTES = 12;
    private static final int SEGMENT = SizeClass.SEGMENT_BYTES;
    private static final int SEALED_SEGMENT = SizeClass.SEALED_SEGMENT_BYTES;

    private final Cipher cipher;
    private final SecretKey key;
    private final int mode;
    private final int segments;
    private int next;

    private SegmentCipher(Cipher cipher, SecretKey key, int mode, int segments) {
        this.cipher = cipher;
        this.key = key;
        this.mode = mode;
        this.segments = segments;
    }

    /** Seals the {@code segments} segments of a part whose key has sealed nothing yet. */
    public static SegmentCipher sealing(PartKey key, int segments) {
        return start(key, segments, Cipher.ENCRYPT_MODE);
    }

    /** Opens the {@code segments} segments of a part. */
    public static SegmentCipher opening(PartKey key, int segments) {
        return start(key, segments, Cipher.DECRYPT_MODE);
    }

    /** Seals the next 65,536 bytes of {@code plain} to 65,552 bytes of {@code sealed}. */
    public void seal(byte[] plain, int plainOffset, byte[] sealed, int sealedOffset) {
        try {
            begin();
            cipher.doFinal(plain, plainOffset, SEGMENT, sealed, sealedOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing a segment failed", e);
        }
    }

    /** Opens the next 65,552 bytes of {@code sealed} to 65,536 bytes of {@code plain}; false when they are not authentic. */
    public boolean open(byte[] sealed, int sealedOffset, byte[] plain, int plainOffset) {
        try {
            begin();
            cipher.doFinal(sealed, sealedOffset, SEALED_SEGMENT, plain, plainOffset);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening a segment failed", e);
        }
    }

    /** Nonce of segment j: j in 11 bytes, then 1 for the last segment and 0 for the others. */
    static byte[] nonce(int index, boolean last) {
        byte[] nonce = new byte[NONCE_BYTES];
        for (int i = 0; i < Integer.BYTES; i++) {
            nonce[NONCE_BYTES - 2 - i] = (byte) (index >>> (8 * i));
        }
        nonce[NONCE_BYTES - 1] = (byte) (last ? 1 : 0);
        return nonce;
    }

    private void begin() throws GeneralSecurityException {
        if (next == segments) {
            throw new IllegalStateException("the part has no more segments");
        }
        byte[] nonce = nonce(next, next == segments - 1);
        next++;
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(AAD);
    }

    private static SegmentCipher start(PartKey partKey, int segments, int mode) {
        try (SecretBytes key = partKey.encryptionKey()) {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            return new SegmentCipher(cipher, key.apply(bytes -> new SecretKeySpec(bytes, "AES")), mode, segments);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }
}
