package org.lamplighter.core.primitive;

import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/**
 * ML-KEM-768 (FIPS 203) over Bouncy Castle, with the randomness given by the caller. The JDK's has neither key generation
 * from a seed nor encapsulation with given randomness.
 */
public final class MlKem768 {
    public static final int PUBLIC_KEY_BYTES = 1184;
    public static final int CIPHERTEXT_BYTES = 1088;
    public static final int SHARED_SECRET_BYTES = 32;
    /** Seed of a secret key, d || z. */
    public static final int SEED_BYTES = 64;
    /** Randomness m of one encapsulation. */
    public static final int RANDOMNESS_BYTES = 32;
    /** A secret key in the expanded form of FIPS 203: K-PKE key 1152, public key 1184, hash of it 32, z 32. */
    public static final int EXPANDED_BYTES = 2400;

    private static final int VECTOR_BYTES = 1152;
    private static final int HASH_BYTES = 32;
    /** q of FIPS 203. */
    private static final int MODULUS = 3329;

    private MlKem768() {}

    /** An encapsulation key that has passed the checks of FIPS 203 §7.2. Immutable and thread-safe. */
    public static final class PublicKey {
        private final byte[] encoded;
        private final MLKEMPublicKeyParameters parameters;

        private PublicKey(byte[] encoded) {
            this.encoded = encoded;
            this.parameters = new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, encoded);
        }

        /** Reads 1184 bytes; refuses another length and a coefficient of q or more (FIPS 203 §7.2). */
        public static PublicKey parse(byte[] encoded) throws MalformedException {
            if (encoded.length != PUBLIC_KEY_BYTES) {
                throw new MalformedException(
                        encoded.length < PUBLIC_KEY_BYTES ? Reason.TRUNCATED : Reason.TRAILING_BYTES,
                        "ml-kem key: wrong length");
            }
            if (!isReduced(encoded)) {
                throw new MalformedException(Reason.NOT_CANONICAL, "ml-kem key: coefficient not below q");
            }
            return new PublicKey(encoded.clone());
        }

        /** The 1184 bytes. */
        public byte[] toByteArray() {
            return encoded.clone();
        }

        /**
         * Encaps_internal (FIPS 203 §6.2): the ciphertext, 1088 bytes, and the secret that {@code randomness}, 32 fresh
         * bytes, determines.
         */
        public Encapsulation encapsulate(byte[] randomness) {
            if (randomness.length != RANDOMNESS_BYTES) {
                throw new IllegalArgumentException("ml-kem randomness of the wrong length");
            }
            SecretWithEncapsulation result = MLKEMGenerator.internalGenerateEncapsulated(parameters, randomness);
            return new Encapsulation(result.getEncapsulation(), SecretBytes.takeOver(result.getSecret()));
        }

        /**
         * Whether ByteEncode12(ByteDecode12(t)) gives t back: every 12-bit number of the first 1152 bytes is below q, two
         * numbers in three bytes.
         */
        private static boolean isReduced(byte[] encoded) {
            for (int i = 0; i < VECTOR_BYTES; i += 3) {
                int low = (encoded[i] & 0xff) | ((encoded[i + 1] & 0x0f) << 8);
                int high = ((encoded[i + 1] & 0xf0) >>> 4) | ((encoded[i + 2] & 0xff) << 4);
                if (low >= MODULUS || high >= MODULUS) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A decapsulation key. Thread-safe until closed. */
    public static final class SecretKey implements AutoCloseable {
        private final MLKEMPrivateKeyParameters parameters;
        private final PublicKey publicKey;

        private SecretKey(MLKEMPrivateKeyParameters parameters) {
            this.parameters = parameters;
            this.publicKey = new PublicKey(parameters.getPublicKey());
        }

        /** KeyGen_internal (FIPS 203 §6.1) with {@code seed} = d || z, 64 bytes. */
        public static SecretKey fromSeed(byte[] seed) {
            if (seed.length != SEED_BYTES) {
                throw new IllegalArgumentException("ml-kem seed of the wrong length");
            }
            return new SecretKey(new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, seed.clone()));
        }

        /**
         * Reads the expanded form, 2400 bytes, in which other programs keep their keys; refuses another length, a wrong
         * hash of the public key (FIPS 203 §7.3) and a public key that {@link PublicKey#parse} refuses.
         */
        public static SecretKey importExpanded(byte[] expanded) throws MalformedException {
            if (expanded.length != EXPANDED_BYTES) {
                throw new MalformedException(
                        expanded.length < EXPANDED_BYTES ? Reason.TRUNCATED : Reason.TRAILING_BYTES,
                        "ml-kem secret key: wrong length");
            }
            int hashAt = VECTOR_BYTES + PUBLIC_KEY_BYTES;
            byte[] publicKey = Arrays.copyOfRange(expanded, VECTOR_BYTES, hashAt);
            PublicKey.parse(publicKey);
            byte[] hash = Arrays.copyOfRange(expanded, hashAt, hashAt + HASH_BYTES);
            if (!MessageDigest.isEqual(hash, Sha3.digest(publicKey)) || !PublicKey.isReduced(expanded)) {
                throw new MalformedException(Reason.WRONG_HASH, "ml-kem secret key: inconsistent");
            }
            return new SecretKey(new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, expanded.clone()));
        }

        public PublicKey publicKey() {
            return publicKey;
        }

        /**
         * Decaps (FIPS 203 §7.3): the shared secret, 32 bytes. A ciphertext of 1088 bytes that was not made for this key
         * gives a secret that nobody knows (implicit rejection), never an error.
         */
        public SecretBytes decapsulate(byte[] ciphertext) {
            if (ciphertext.length != CIPHERTEXT_BYTES) {
                throw new IllegalArgumentException("ml-kem ciphertext of the wrong length");
            }
            return SecretBytes.takeOver(new MLKEMExtractor(parameters).extractSecret(ciphertext));
        }

        /** The expanded form of FIPS 203, 2400 bytes. */
        public SecretBytes toExpanded() {
            return SecretBytes.takeOver(parameters.getEncoded());
        }

        @Override
        public void close() {
            parameters.destroy();
        }

        @Override
        public String toString() {
            return "[REDACTED]";
        }
    }
}
