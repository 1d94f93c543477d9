package org.lamplighter.core.primitive;

import java.util.Optional;
import org.lamplighter.core.primitive.HpkeKeySchedule.Mode;
import org.lamplighter.core.secret.SecretBytes;

/**
 * HPKE (RFC 9180), single-shot (§6.1), in the two modes that the protocol has. The key schedule is our own: Bouncy Castle's HPKE
 * takes no randomness and accepts no KEM from outside; it is the oracle of the tests instead.
 */
public final class Hpke {
    private Hpke() {}

    /** An encapsulated key and the AEAD ciphertext under it. */
    public static final class Sealed {
        private final byte[] enc;
        private final byte[] ciphertext;

        private Sealed(byte[] enc, byte[] ciphertext) {
            this.enc = enc;
            this.ciphertext = ciphertext;
        }

        public byte[] enc() {
            return enc.clone();
        }

        /** 16 bytes longer than the plaintext. */
        public byte[] ciphertext() {
            return ciphertext.clone();
        }
    }

    /**
     * Mode AuthPSK with DHKEM(X25519, HKDF-SHA256) (RFC 9180 §5.1.4): only the holder of the sender's key and of the
     * pre-shared key can seal. {@code psk} must stay open while this is used. Thread-safe.
     */
    public static final class AuthPsk {
        private final byte[] info;
        private final byte[] aad;
        private final SecretBytes psk;
        private final byte[] pskId;

        /** The arrays must not change afterwards. */
        public AuthPsk(byte[] info, byte[] aad, SecretBytes psk, byte[] pskId) {
            this.info = info;
            this.aad = aad;
            this.psk = psk;
            this.pskId = pskId;
        }

        /**
         * SealAuthPSK.
         *
         * @param randomness 32 fresh bytes for the ephemeral key
         * @param recipientPublicKey accepted by {@link X25519#checkPublicKey}
         */
        public Sealed seal(byte[] randomness, X25519KeyPair sender, byte[] recipientPublicKey, byte[] plaintext) {
            try (Encapsulation kem = DhKem.authEncap(randomness, sender, recipientPublicKey);
                    HpkeKeySchedule schedule = schedule(kem.sharedSecret())) {
                return new Sealed(kem.ciphertext(), sealWith(schedule, aad, plaintext));
            }
        }

        /** OpenAuthPSK: the plaintext, or nothing when anything differs from the sealing. */
        public Optional<byte[]> open(byte[] enc, X25519KeyPair recipient, byte[] senderPublicKey, byte[] ciphertext) {
            return DhKem.authDecap(enc, recipient, senderPublicKey).flatMap(sharedSecret -> {
                try (sharedSecret;
                        HpkeKeySchedule schedule = schedule(sharedSecret)) {
                    return openWith(schedule, aad, ciphertext);
                }
            });
        }

        private HpkeKeySchedule schedule(SecretBytes sharedSecret) {
            return HpkeKeySchedule.derive(HpkeSuite.DHKEM_X25519, Mode.AUTH_PSK, sharedSecret, info, psk, pskId);
        }
    }

    /** Mode Base with X-Wing (RFC 9180 §5.1.1): anybody can seal. Immutable and thread-safe. */
    public static final class Base {
        private final byte[] info;
        private final byte[] aad;

        /** The arrays must not change afterwards. */
        public Base(byte[] info, byte[] aad) {
            this.info = info;
            this.aad = aad;
        }

        /** SealBase, with 64 fresh bytes of {@code randomness}. */
        public Sealed seal(byte[] randomness, XWing.PublicKey recipient, byte[] plaintext) {
            try (Encapsulation kem = recipient.encapsulate(randomness);
                    HpkeKeySchedule schedule = schedule(kem.sharedSecret())) {
                return new Sealed(kem.ciphertext(), sealWith(schedule, aad, plaintext));
            }
        }

        /** OpenBase with {@code enc} of 1120 bytes: the plaintext, or nothing when anything differs from the sealing. */
        public Optional<byte[]> open(byte[] enc, XWing.SecretKey recipient, byte[] ciphertext) {
            return recipient.decapsulate(enc).flatMap(sharedSecret -> {
                try (sharedSecret;
                        HpkeKeySchedule schedule = schedule(sharedSecret)) {
                    return openWith(schedule, aad, ciphertext);
                }
            });
        }

        private HpkeKeySchedule schedule(SecretBytes sharedSecret) {
            try (SecretBytes noPsk = SecretBytes.takeOver(Bytes.EMPTY)) {
                return HpkeKeySchedule.derive(HpkeSuite.X_WING, Mode.BASE, sharedSecret, info, noPsk, Bytes.EMPTY);
            }
        }
    }

    private static byte[] sealWith(HpkeKeySchedule schedule, byte[] aad, byte[] plaintext) {
        return schedule.key().apply(key -> Aead.CHACHA20_POLY1305.seal(key, schedule.baseNonce(), aad, plaintext));
    }

    private static Optional<byte[]> openWith(HpkeKeySchedule schedule, byte[] aad, byte[] ciphertext) {
        return schedule.key().apply(key -> Aead.CHACHA20_POLY1305.open(key, schedule.baseNonce(), aad, ciphertext));
    }
}
