package org.lamplighter.core.envelope;

import java.security.SecureRandom;
import java.util.Optional;
import org.lamplighter.core.primitive.Hpke;
import org.lamplighter.core.primitive.XWing;
import org.lamplighter.core.secret.SecretBytes;

/**
 * HPKE mode Base with X-Wing as {@link SdPke}, but with an info (RFC 9180 §5.1): what is sealed opens under the same info alone.
 * For shares of sealed evidence (docs/spec 7.4), whose info is never empty, so that it is not SD-PKE's. Stateless and
 * thread-safe.
 */
public final class SharePke {
    private static final byte[] NO_AAD = {};

    private SharePke() {}

    /** {@code X-Wing ciphertext 1120 || AEAD ciphertext}; {@code info} is not empty. */
    public static byte[] enc(PkePublicKey recipient, byte[] info, byte[] plaintext, SecureRandom random) {
        try (SecretBytes randomness = SecretBytes.generate(XWing.RANDOMNESS_BYTES, random)) {
            return randomness.apply(bytes -> SdPke.enc(hpke(info), recipient, plaintext, bytes));
        }
    }

    /** The plaintext, or nothing when the ciphertext, of any length, was not sealed to this key under this info. */
    public static Optional<byte[]> dec(PkeSecretKey recipient, byte[] info, byte[] ciphertext) {
        return SdPke.dec(hpke(info), recipient, ciphertext);
    }

    private static Hpke.Base hpke(byte[] info) {
        if (info.length == 0) {
            throw new IllegalArgumentException("an empty info is that of SD-PKE");
        }
        return new Hpke.Base(info.clone(), NO_AAD);
    }
}
