package org.lamplighter.desk.vault;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.lamplighter.core.secret.SecretBytes;

/** Wraps a vault key without a slow hash, for tests that open vaults by the hundred. Not fit for anything else. */
public final class TestWrap implements KeyWrap {
    @Override
    public byte[] seal(SecretBytes passphrase, SecretBytes key) {
        byte[] pad = passphrase.apply(TestWrap::sha256);
        byte[] wrapped = key.reveal();
        for (int i = 0; i < wrapped.length; i++) {
            wrapped[i] ^= pad[i];
        }
        byte[] check = sha256(pad);
        byte[] out = Arrays.copyOf(wrapped, 64);
        System.arraycopy(check, 0, out, 32, 32);
        return out;
    }

    @Override
    public Optional<SecretBytes> open(SecretBytes passphrase, byte[] wrapped) {
        byte[] pad = passphrase.apply(TestWrap::sha256);
        if (wrapped.length != 64 || !Arrays.equals(sha256(pad), Arrays.copyOfRange(wrapped, 32, 64))) {
            return Optional.empty();
        }
        byte[] key = Arrays.copyOf(wrapped, 32);
        for (int i = 0; i < key.length; i++) {
            key[i] ^= pad[i];
        }
        return Optional.of(SecretBytes.takeOver(key));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
