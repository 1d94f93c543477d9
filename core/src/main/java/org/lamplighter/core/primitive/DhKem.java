package org.lamplighter.core.primitive;

import java.util.Optional;
import org.lamplighter.core.secret.SecretBytes;

/**
 * DHKEM(X25519, HKDF-SHA256) of RFC 9180 §4.1, authenticated variant only: the recipient learns that the sender knew the
 * secret key of a given public key. Stateless and thread-safe.
 */
public final class DhKem {
    /** Bytes of the encapsulated key {@code enc}. */
    public static final int ENCAPSULATED_BYTES = X25519.BYTES;
    /** Bytes of randomness that an encapsulation takes. */
    public static final int RANDOMNESS_BYTES = 32;

    private static final LabeledKdf KDF = new LabeledKdf(HpkeSuite.DHKEM_X25519.kemSuiteId());

    private DhKem() {}

    /** DeriveKeyPair (RFC 9180 §7.1.3): the secret key, 32 bytes, not clamped. */
    public static byte[] deriveSecretKey(byte[] ikm) {
        byte[] prk = KDF.extract(Bytes.EMPTY, "dkp_prk", ikm);
        try {
            return KDF.expand(prk, "sk", Bytes.EMPTY, X25519.BYTES);
        } finally {
            SecretBytes.wipe(prk);
        }
    }

    /**
     * AuthEncap (RFC 9180 §4.1) with an ephemeral key derived from {@code randomness}.
     *
     * @param sender skS and pkS
     * @param recipientPublicKey pkR, accepted by {@link X25519#checkPublicKey}
     */
    public static Encapsulation authEncap(byte[] randomness, X25519KeyPair sender, byte[] recipientPublicKey) {
        if (randomness.length != RANDOMNESS_BYTES) {
            throw new IllegalArgumentException("dhkem randomness of the wrong length");
        }
        byte[] secretKey = deriveSecretKey(randomness);
        try (X25519KeyPair ephemeral = X25519KeyPair.of(secretKey)) {
            byte[] enc = ephemeral.publicKey();
            byte[] context = Bytes.concat(enc, recipientPublicKey, sender.publicKey());
            return new Encapsulation(
                    enc,
                    extractAndExpand(
                            ephemeral.agreeChecked(recipientPublicKey),
                            sender.agreeChecked(recipientPublicKey),
                            context));
        } finally {
            SecretBytes.wipe(secretKey);
        }
    }

    /**
     * AuthDecap (RFC 9180 §4.1): the shared secret, 32 bytes, or nothing when a Diffie-Hellman result is all zero. The
     * context holds {@code enc} as received, so a second spelling of the same point gives another secret.
     */
    public static Optional<SecretBytes> authDecap(byte[] enc, X25519KeyPair recipient, byte[] senderPublicKey) {
        Optional<byte[]> first = recipient.agree(enc);
        Optional<byte[]> second = recipient.agree(senderPublicKey);
        if (first.isEmpty() || second.isEmpty()) {
            return Optional.empty();
        }
        byte[] context = Bytes.concat(enc, recipient.publicKey(), senderPublicKey);
        return Optional.of(extractAndExpand(first.get(), second.get(), context));
    }

    /** ExtractAndExpand (RFC 9180 §4.1) of the two results one after the other, both of which it wipes. */
    private static SecretBytes extractAndExpand(byte[] first, byte[] second, byte[] kemContext) {
        byte[] dh = Bytes.concat(first, second);
        byte[] prk = KDF.extract(Bytes.EMPTY, "eae_prk", dh);
        try {
            return SecretBytes.takeOver(KDF.expand(prk, "shared_secret", kemContext, Hkdf.HASH_BYTES));
        } finally {
            SecretBytes.wipe(first);
            SecretBytes.wipe(second);
            SecretBytes.wipe(dh);
            SecretBytes.wipe(prk);
        }
    }
}
