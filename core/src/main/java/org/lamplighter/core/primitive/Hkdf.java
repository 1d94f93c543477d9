package org.lamplighter.core.primitive;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869). Stateless and thread-safe. */
public final class Hkdf {
    /** Bytes of an extracted key. */
    public static final int HASH_BYTES = 32;

    private Hkdf() {}

    /** HKDF-Extract (RFC 5869 §2.2): 32 bytes. An empty {@code salt} stands for 32 zero bytes. */
    public static byte[] extract(byte[] salt, byte[] ikm) {
        return derive(HKDFParameterSpec.ofExtract().addIKM(ikm).addSalt(salt).extractOnly());
    }

    /** HKDF-Expand (RFC 5869 §2.3): {@code length} bytes, at most 8160, from a {@code prk} of at least 32 bytes. */
    public static byte[] expand(byte[] prk, byte[] info, int length) {
        return derive(HKDFParameterSpec.expandOnly(new SecretKeySpec(prk, "Generic"), info, length));
    }

    /** Extract and expand: {@code HKDF(ikm, salt, info, length)} of docs/spec 0.4. */
    public static byte[] derive(byte[] ikm, byte[] salt, byte[] info, int length) {
        return derive(HKDFParameterSpec.ofExtract().addIKM(ikm).addSalt(salt).thenExpand(info, length));
    }

    private static byte[] derive(AlgorithmParameterSpec parameters) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HKDF-SHA256", e);
        }
    }
}
