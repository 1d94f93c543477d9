package org.lamplighter.core.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.primitive.Hex.flipped;
import static org.lamplighter.core.primitive.Hex.seeded;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.KEM;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

final class MlKem768Test {
    @Test
    void decapsulate_ownCiphertext_givesTheSameSecret() {
        for (int i = 0; i < 20; i++) {
            MlKem768.SecretKey key = MlKem768.SecretKey.fromSeed(seeded(i, 64));
            Encapsulation encapsulation = key.publicKey().encapsulate(seeded(100 + i, 32));

            assertThat(encapsulation.ciphertext()).hasSize(MlKem768.CIPHERTEXT_BYTES);
            assertThat(key.decapsulate(encapsulation.ciphertext()).matches(encapsulation.sharedSecret()))
                    .isTrue();
        }
    }

    @Test
    void encapsulate_forAKeyOfTheJdk_theJdkFindsTheSameSecret() throws Exception {
        KeyPair theirs = KeyPairGenerator.getInstance("ML-KEM-768").generateKeyPair();
        byte[] encoded = theirs.getPublic().getEncoded();
        MlKem768.PublicKey key = MlKem768.PublicKey.parse(
                Arrays.copyOfRange(encoded, encoded.length - MlKem768.PUBLIC_KEY_BYTES, encoded.length));

        Encapsulation encapsulation = key.encapsulate(seeded(1, 32));

        byte[] found = KEM.getInstance("ML-KEM")
                .newDecapsulator(theirs.getPrivate())
                .decapsulate(encapsulation.ciphertext())
                .getEncoded();
        assertThat(encapsulation.sharedSecret().reveal()).isEqualTo(found);
    }

    @Test
    void decapsulate_ciphertextOfTheJdk_givesTheSameSecret() throws GeneralSecurityException {
        MlKem768.SecretKey key = MlKem768.SecretKey.fromSeed(seeded(2, 64));
        KEM.Encapsulated theirs =
                KEM.getInstance("ML-KEM").newEncapsulator(jdkKey(key)).encapsulate();

        assertThat(key.decapsulate(theirs.encapsulation()).reveal())
                .isEqualTo(theirs.key().getEncoded());
    }

    @Test
    void decapsulate_changedCiphertext_givesAnotherSecretEveryTimeTheSame() {
        MlKem768.SecretKey key = MlKem768.SecretKey.fromSeed(seeded(3, 64));
        Encapsulation encapsulation = key.publicKey().encapsulate(seeded(4, 32));
        byte[] changed = flipped(encapsulation.ciphertext(), 500);

        SecretBytes rejected = key.decapsulate(changed);

        assertThat(rejected.matches(encapsulation.sharedSecret())).isFalse();
        assertThat(key.decapsulate(changed).matches(rejected)).isTrue();
    }

    @Test
    void importExpanded_exportedKey_isTheSameKey() throws MalformedException {
        MlKem768.SecretKey key = MlKem768.SecretKey.fromSeed(seeded(5, 64));
        SecretBytes expanded = key.toExpanded();
        assertThat(expanded.length()).isEqualTo(MlKem768.EXPANDED_BYTES);

        MlKem768.SecretKey again = MlKem768.SecretKey.importExpanded(expanded.reveal());

        assertThat(again.publicKey().toByteArray()).isEqualTo(key.publicKey().toByteArray());
        Encapsulation encapsulation = key.publicKey().encapsulate(seeded(6, 32));
        assertThat(again.decapsulate(encapsulation.ciphertext()).matches(encapsulation.sharedSecret()))
                .isTrue();
        assertThat(again.toExpanded().matches(expanded)).isTrue();
    }

    @Test
    void importExpanded_inconsistentKey_isRefused() {
        byte[] expanded =
                MlKem768.SecretKey.fromSeed(seeded(5, 64)).toExpanded().reveal();

        assertReason(Reason.WRONG_HASH, () -> MlKem768.SecretKey.importExpanded(flipped(expanded, 2340)));
        assertReason(Reason.WRONG_HASH, () -> MlKem768.SecretKey.importExpanded(flipped(expanded, 2330)));
        assertReason(Reason.TRUNCATED, () -> MlKem768.SecretKey.importExpanded(Arrays.copyOf(expanded, 2399)));
        assertReason(Reason.TRAILING_BYTES, () -> MlKem768.SecretKey.importExpanded(Arrays.copyOf(expanded, 2401)));
    }

    /** FIPS 203 §7.2: a key with a coefficient of q or more has a second spelling, and must be refused. */
    @Test
    void parse_coefficientNotBelowQ_isRefused() throws MalformedException {
        assertThat(acceptsSecondSpelling(key -> MlKem768.PublicKey.parse(key).toByteArray()))
                .isFalse();
        byte[] honest = MlKem768.SecretKey.fromSeed(seeded(8, 64)).publicKey().toByteArray();
        for (int coefficient : new int[] {0, 1, 2, 400, 766, 767}) {
            MlKem768.PublicKey.parse(withCoefficient(honest, coefficient, 3328));
        }
    }

    /** The planted fault of the test above: a reader that checks the length and nothing else. */
    @Test
    void parse_checkedByLengthAlone_failsTheSameCheck() throws MalformedException {
        assertThat(acceptsSecondSpelling(key -> {
                    if (key.length != MlKem768.PUBLIC_KEY_BYTES) {
                        throw new MalformedException(Reason.TRUNCATED, "key");
                    }
                    return key;
                }))
                .isTrue();
    }

    private interface KeyReader {
        byte[] read(byte[] key) throws MalformedException;
    }

    private static boolean acceptsSecondSpelling(KeyReader reader) throws MalformedException {
        byte[] honest = MlKem768.SecretKey.fromSeed(seeded(8, 64)).publicKey().toByteArray();
        assertThat(reader.read(honest)).isEqualTo(honest);
        boolean accepted = false;
        for (int coefficient : new int[] {0, 1, 2, 400, 766, 767}) {
            for (int value : new int[] {3329, 4095}) {
                try {
                    reader.read(withCoefficient(honest, coefficient, value));
                    accepted = true;
                } catch (MalformedException e) {
                    assertThat(e.reason()).isEqualTo(Reason.NOT_CANONICAL);
                }
            }
        }
        return accepted;
    }

    @Test
    void parse_wrongLength_isRefused() {
        assertReason(Reason.TRUNCATED, () -> MlKem768.PublicKey.parse(new byte[1183]));
        assertReason(Reason.TRAILING_BYTES, () -> MlKem768.PublicKey.parse(new byte[1185]));
    }

    @Test
    void toString_secretKey_showsNothing() {
        assertThat(MlKem768.SecretKey.fromSeed(seeded(8, 64))).hasToString("[REDACTED]");
    }

    /** The key with the 12-bit number at {@code index} replaced. */
    static byte[] withCoefficient(byte[] key, int index, int value) {
        byte[] changed = key.clone();
        int at = index / 2 * 3;
        if (index % 2 == 0) {
            changed[at] = (byte) value;
            changed[at + 1] = (byte) ((changed[at + 1] & 0xf0) | (value >>> 8));
        } else {
            changed[at + 1] = (byte) ((changed[at + 1] & 0x0f) | ((value & 0x0f) << 4));
            changed[at + 2] = (byte) (value >>> 4);
        }
        return changed;
    }

    private static PublicKey jdkKey(MlKem768.SecretKey key) throws GeneralSecurityException {
        KeyPair sample = KeyPairGenerator.getInstance("ML-KEM-768").generateKeyPair();
        byte[] encoded = sample.getPublic().getEncoded();
        byte[] mine = key.publicKey().toByteArray();
        System.arraycopy(mine, 0, encoded, encoded.length - mine.length, mine.length);
        return KeyFactory.getInstance("ML-KEM").generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static void assertReason(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable body) {
        assertThatThrownBy(body)
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
