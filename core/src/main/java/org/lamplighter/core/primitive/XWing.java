package org.lamplighter.core.primitive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * X-Wing (draft-connolly-cfrg-xwing-kem-06): ML-KEM-768 and X25519 in one KEM that holds as long as one of them does. Composed
 * here because Bouncy Castle's takes no randomness.
 */
public final class XWing {
    /** A secret key is a seed. */
    public static final int SEED_BYTES = 32;
    /** ML-KEM key 1184, X25519 key 32. */
    public static final int PUBLIC_KEY_BYTES = MlKem768.PUBLIC_KEY_BYTES + X25519.BYTES;
    /** ML-KEM ciphertext 1088, ephemeral X25519 key 32. */
    public static final int CIPHERTEXT_BYTES = MlKem768.CIPHERTEXT_BYTES + X25519.BYTES;
    /** Randomness of one encapsulation: ML-KEM 32, ephemeral X25519 secret 32. */
    public static final int RANDOMNESS_BYTES = 64;

    /** {@code \.//^\}, X-Wing's logo and domain separator (draft 06 §5.3). */
    private static final byte[] LABEL = "\\.//^\\".getBytes(StandardCharsets.US_ASCII);

    private XWing() {}

    /** A checked public key. Immutable and thread-safe. */
    public static final class PublicKey {
        private final MlKem768.PublicKey mlKem;
        private final byte[] x25519;

        private PublicKey(MlKem768.PublicKey mlKem, byte[] x25519) {
            this.mlKem = mlKem;
            this.x25519 = x25519;
        }

        /** Reads 1216 bytes; refuses another length, and parts that ML-KEM or {@link X25519#checkPublicKey} refuse. */
        public static PublicKey parse(byte[] encoded) throws MalformedException {
            if (encoded.length != PUBLIC_KEY_BYTES) {
                throw new MalformedException(
                        encoded.length < PUBLIC_KEY_BYTES ? Reason.TRUNCATED : Reason.TRAILING_BYTES,
                        "x-wing key: wrong length");
            }
            byte[] x25519 = Arrays.copyOfRange(encoded, MlKem768.PUBLIC_KEY_BYTES, PUBLIC_KEY_BYTES);
            X25519.checkPublicKey(x25519);
            return new PublicKey(MlKem768.PublicKey.parse(Arrays.copyOf(encoded, MlKem768.PUBLIC_KEY_BYTES)), x25519);
        }

        /** The 1216 bytes. */
        public byte[] toByteArray() {
            return Bytes.concat(mlKem.toByteArray(), x25519);
        }

        /** EncapsulateDerand (draft 06 §5.4.1) with {@code randomness}, 64 fresh bytes: ciphertext 1120 bytes, secret 32. */
        public Encapsulation encapsulate(byte[] randomness) {
            if (randomness.length != RANDOMNESS_BYTES) {
                throw new IllegalArgumentException("x-wing randomness of the wrong length");
            }
            byte[] ephemeral = Arrays.copyOfRange(randomness, MlKem768.RANDOMNESS_BYTES, RANDOMNESS_BYTES);
            byte[] m = Arrays.copyOf(randomness, MlKem768.RANDOMNESS_BYTES);
            byte[] ephemeralPublic = X25519.publicKey(ephemeral);
            byte[] agreed = X25519.agreeChecked(ephemeral, x25519);
            try (Encapsulation inner = mlKem.encapsulate(m)) {
                return new Encapsulation(
                        Bytes.concat(inner.ciphertext(), ephemeralPublic),
                        combine(inner.sharedSecret(), agreed, ephemeralPublic, x25519));
            } finally {
                SecretBytes.wipe(ephemeral);
                SecretBytes.wipe(m);
                SecretBytes.wipe(agreed);
            }
        }
    }

    /** A secret key, expanded once. Thread-safe until closed. */
    public static final class SecretKey implements AutoCloseable {
        private final MlKem768.SecretKey mlKem;
        private final SecretBytes x25519;
        private final PublicKey publicKey;

        private SecretKey(MlKem768.SecretKey mlKem, byte[] x25519) {
            this.mlKem = mlKem;
            this.publicKey = new PublicKey(mlKem.publicKey(), X25519.publicKey(x25519));
            this.x25519 = SecretBytes.takeOver(x25519);
        }

        /** expandDecapsulationKey (draft 06 §5.2) of 32 bytes: SHAKE256 to ML-KEM's d || z and the X25519 secret. */
        public static SecretKey fromSeed(byte[] seed) {
            if (seed.length != SEED_BYTES) {
                throw new IllegalArgumentException("x-wing seed of the wrong length");
            }
            byte[] expanded = Sha3.shake256(seed, MlKem768.SEED_BYTES + X25519.BYTES);
            byte[] mlKemSeed = Arrays.copyOf(expanded, MlKem768.SEED_BYTES);
            try {
                return new SecretKey(
                        MlKem768.SecretKey.fromSeed(mlKemSeed),
                        Arrays.copyOfRange(expanded, MlKem768.SEED_BYTES, expanded.length));
            } finally {
                SecretBytes.wipe(expanded);
                SecretBytes.wipe(mlKemSeed);
            }
        }

        public PublicKey publicKey() {
            return publicKey;
        }

        /**
         * Decapsulate (draft 06 §5.5) a ciphertext of 1120 bytes. A ciphertext for another key gives a secret that nobody
         * knows. Empty only when the X25519 result is zero, which no honest sender brings about.
         */
        public Optional<SecretBytes> decapsulate(byte[] ciphertext) {
            if (ciphertext.length != CIPHERTEXT_BYTES) {
                throw new IllegalArgumentException("x-wing ciphertext of the wrong length");
            }
            byte[] inner = Arrays.copyOf(ciphertext, MlKem768.CIPHERTEXT_BYTES);
            byte[] ephemeralPublic = Arrays.copyOfRange(ciphertext, MlKem768.CIPHERTEXT_BYTES, CIPHERTEXT_BYTES);
            return x25519.apply(secret -> X25519.agree(secret, ephemeralPublic)).map(agreed -> {
                try (SecretBytes innerSecret = mlKem.decapsulate(inner)) {
                    return combine(innerSecret, agreed, ephemeralPublic, publicKey.x25519);
                } finally {
                    SecretBytes.wipe(agreed);
                }
            });
        }

        @Override
        public void close() {
            mlKem.close();
            x25519.close();
        }

        @Override
        public String toString() {
            return "[REDACTED]";
        }
    }

    /** Combiner (draft 06 §5.3). */
    private static SecretBytes combine(SecretBytes mlKem, byte[] x25519, byte[] ephemeralPublic, byte[] publicKey) {
        return SecretBytes.takeOver(
                mlKem.apply(secret -> Sha3.digest(secret, x25519, ephemeralPublic, publicKey, LABEL)));
    }
}
