package org.lamplighter.core.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Segments under any counter and flag, from the words of docs/spec 5.3 and 5.4 alone: what somebody with a part key can make. */
public final class Forge {
    private static final byte[] AAD = "ll-part/1".getBytes(StandardCharsets.US_ASCII);

    private Forge() {}

    /** HKDF of 5.3 with an ASCII label and, for chunk ids, a number. */
    public static byte[] derive(byte[] partKey, String label, int length, int... number) {
        ByteBuffer info = ByteBuffer.allocate(label.length() + 4 * number.length);
        info.put(label.getBytes(StandardCharsets.US_ASCII));
        for (int n : number) {
            info.putInt(n);
        }
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(new SecretKeySpec(partKey, "Generic"))
                            .thenExpand(info.array(), length));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static byte[] segment(byte[] partKey, long counter, int flag, byte[] plain) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, partKey, counter, flag).doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The plain bytes, or an empty array when the segment is not authentic. */
    public static byte[] open(byte[] partKey, long counter, int flag, byte[] sealed) {
        try {
            return cipher(Cipher.DECRYPT_MODE, partKey, counter, flag).doFinal(sealed);
        } catch (AEADBadTagException e) {
            return new byte[0];
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Cipher cipher(int mode, byte[] partKey, long counter, int flag) throws GeneralSecurityException {
        byte[] key = derive(partKey, "ll-part-key/v1", 32);
        byte[] nonce = ByteBuffer.allocate(12)
                .put(new byte[3])
                .putLong(counter)
                .put((byte) flag)
                .array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(AAD);
        return cipher;
    }
}
