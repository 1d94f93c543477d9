package org.lamplighter.core.primitive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.digests.SHAKEDigest;

/** SHA3-256 and SHAKE256 (FIPS 202), for X-Wing and ML-KEM. Stateless and thread-safe. */
final class Sha3 {
    private Sha3() {}

    /** SHA3-256, 32 bytes, of the parts one after the other. */
    static byte[] digest(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA3-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA3-256", e);
        }
    }

    /** {@code length} bytes of SHAKE256. The JDK has it with a fixed length of 64 bytes only. */
    static byte[] shake256(byte[] input, int length) {
        SHAKEDigest shake = new SHAKEDigest(256);
        shake.update(input, 0, input.length);
        byte[] out = new byte[length];
        shake.doFinal(out, 0, length);
        return out;
    }
}
