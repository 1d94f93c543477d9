package org.lamplighter.core.envelope;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.lamplighter.core.primitive.Aead;
import org.lamplighter.core.primitive.Hpke;
import org.lamplighter.core.primitive.XWing;
import org.lamplighter.core.secret.SecretBytes;

/**
 * SD-PKE: HPKE mode Base with X-Wing, empty info and additional data (protocol 0.4, Metadata protection via SD-PKE; docs/spec
 * 2.1). Anybody can seal; nothing tells who did. Stateless and thread-safe.
 */
public final class SdPke {
    /** How much longer the ciphertext is than the plaintext: X-Wing ciphertext 1120, tag 16. */
    public static final int OVERHEAD_BYTES = XWing.CIPHERTEXT_BYTES + Aead.TAG_BYTES;

    private static final Hpke.Base HPKE = new Hpke.Base(new byte[0], new byte[0]);

    private SdPke() {}

    /** Enc: {@code X-Wing ciphertext 1120 || AEAD ciphertext}. */
    public static byte[] enc(PkePublicKey recipient, byte[] plaintext, SecureRandom random) {
        try (SecretBytes randomness = SecretBytes.generate(XWing.RANDOMNESS_BYTES, random)) {
            return randomness.apply(bytes -> enc(HPKE, recipient, plaintext, bytes));
        }
    }

    /** As {@link #enc(PkePublicKey, byte[], SecureRandom)}; takes the X-Wing part of {@code randomness}. */
    public static byte[] enc(PkePublicKey recipient, byte[] plaintext, SealingRandomness randomness) {
        return randomness.takeXWing(bytes -> enc(HPKE, recipient, plaintext, bytes));
    }

    /** Dec: the plaintext, or nothing when the ciphertext, of any length, was not sealed to this key. */
    public static Optional<byte[]> dec(PkeSecretKey recipient, byte[] ciphertext) {
        return dec(HPKE, recipient, ciphertext);
    }

    static Optional<byte[]> dec(Hpke.Base hpke, PkeSecretKey recipient, byte[] ciphertext) {
        if (ciphertext.length < OVERHEAD_BYTES) {
            return Optional.empty();
        }
        return hpke.open(
                Arrays.copyOf(ciphertext, XWing.CIPHERTEXT_BYTES),
                recipient.xWing(),
                Arrays.copyOfRange(ciphertext, XWing.CIPHERTEXT_BYTES, ciphertext.length));
    }

    static byte[] enc(Hpke.Base hpke, PkePublicKey recipient, byte[] plaintext, byte[] randomness) {
        Hpke.Sealed sealed = hpke.seal(randomness, recipient.xWing(), plaintext);
        byte[] ciphertext = Arrays.copyOf(sealed.enc(), plaintext.length + OVERHEAD_BYTES);
        System.arraycopy(sealed.ciphertext(), 0, ciphertext, XWing.CIPHERTEXT_BYTES, plaintext.length + Aead.TAG_BYTES);
        return ciphertext;
    }
}
