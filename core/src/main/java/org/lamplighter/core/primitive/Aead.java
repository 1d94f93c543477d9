package org.lamplighter.core.primitive;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticated encryption with a 32-byte key, a 12-byte nonce and a 16-byte tag at the end. A pair of key and nonce seals
 * one plaintext and never a second one; nothing here watches over that. Thread-safe.
 */
public enum Aead {
    /** RFC 8439, AEAD_CHACHA20_POLY1305. */
    CHACHA20_POLY1305("ChaCha20-Poly1305", "ChaCha20") {
        @Override
        AlgorithmParameterSpec parameters(byte[] nonce) {
            return new IvParameterSpec(nonce);
        }
    },

    /** NIST SP 800-38D with AES-256 and a tag of 128 bits. */
    AES_256_GCM("AES/GCM/NoPadding", "AES") {
        @Override
        AlgorithmParameterSpec parameters(byte[] nonce) {
            return new GCMParameterSpec(8 * TAG_BYTES, nonce);
        }
    };

    public static final int KEY_BYTES = 32;
    public static final int NONCE_BYTES = 12;
    /** How much longer the ciphertext is than the plaintext. */
    public static final int TAG_BYTES = 16;

    private final String transformation;
    private final String keyAlgorithm;

    Aead(String transformation, String keyAlgorithm) {
        this.transformation = transformation;
        this.keyAlgorithm = keyAlgorithm;
    }

    abstract AlgorithmParameterSpec parameters(byte[] nonce);

    /** Ciphertext and tag, 16 bytes longer than {@code plaintext}. */
    public byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
        try {
            return start(Cipher.ENCRYPT_MODE, key, nonce, aad).doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing with " + transformation + " failed", e);
        }
    }

    /** The plaintext, or nothing when key, nonce, additional data or ciphertext are not those of one sealing. */
    public Optional<byte[]> open(byte[] key, byte[] nonce, byte[] aad, byte[] ciphertext) {
        if (ciphertext.length < TAG_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(start(Cipher.DECRYPT_MODE, key, nonce, aad).doFinal(ciphertext));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening with " + transformation + " failed", e);
        }
    }

    private Cipher start(int mode, byte[] key, byte[] nonce, byte[] aad) throws GeneralSecurityException {
        if (key.length != KEY_BYTES || nonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException("key or nonce of the wrong length");
        }
        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(mode, new SecretKeySpec(key, keyAlgorithm), parameters(nonce));
        cipher.updateAAD(aad);
        return cipher;
    }
}
