package org.lamplighter.core.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.primitive.Hex.flipped;
import static org.lamplighter.core.primitive.Hex.seeded;

import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

final class XWingTest {
    private static final HPKE ORACLE =
            new HPKE(HPKE.mode_base, HPKE.kem_X_WING, HPKE.kdf_HKDF_SHA256, HPKE.aead_CHACHA20_POLY1305);

    @Test
    void decapsulate_ownCiphertext_givesTheSameSecret() {
        for (int i = 0; i < 20; i++) {
            XWing.SecretKey key = XWing.SecretKey.fromSeed(seeded(i, 32));
            Encapsulation encapsulation = key.publicKey().encapsulate(seeded(100 + i, 64));

            assertThat(encapsulation.ciphertext()).hasSize(XWing.CIPHERTEXT_BYTES);
            assertThat(key.decapsulate(encapsulation.ciphertext()))
                    .hasValueSatisfying(secret -> assertThat(secret.matches(encapsulation.sharedSecret()))
                            .isTrue());
        }
    }

    @Test
    void openBase_sealedByBouncyCastle_opens() throws Exception {
        XWing.SecretKey key = XWing.SecretKey.fromSeed(seeded(1, 32));
        HPKEContextWithEncapsulation theirs =
                ORACLE.setupBaseS(ORACLE.deserializePublicKey(key.publicKey().toByteArray()), Bytes.ascii("info"));
        byte[] ciphertext = theirs.seal(new byte[] {1}, new byte[] {2, 3});

        Hpke.Base hpke = new Hpke.Base(Bytes.ascii("info"), new byte[] {1});

        assertThat(hpke.open(theirs.getEncapsulation(), key, ciphertext)).hasValue(new byte[] {2, 3});
    }

    @Test
    void sealBase_openedByBouncyCastle_opens() throws MalformedException, InvalidCipherTextException {
        AsymmetricCipherKeyPair theirs = ORACLE.generatePrivateKey();
        XWing.PublicKey key = XWing.PublicKey.parse(ORACLE.serializePublicKey(theirs.getPublic()));

        Hpke.Sealed sealed = new Hpke.Base(new byte[0], new byte[0]).seal(seeded(2, 64), key, new byte[] {4});

        byte[] opened = ORACLE.setupBaseR(sealed.enc(), theirs, new byte[0]).open(new byte[0], sealed.ciphertext());
        assertThat(opened).isEqualTo(new byte[] {4});
    }

    @Test
    void decapsulate_anyPartOfTheCiphertextChanged_givesAnotherSecret() {
        XWing.SecretKey key = XWing.SecretKey.fromSeed(seeded(3, 32));
        Encapsulation encapsulation = key.publicKey().encapsulate(seeded(4, 64));

        for (int at : new int[] {0, 1087, 1088, 1119}) {
            SecretBytes other =
                    key.decapsulate(flipped(encapsulation.ciphertext(), at)).orElseThrow();
            assertThat(other.matches(encapsulation.sharedSecret())).isFalse();
        }
    }

    /** The top bit of the X25519 part names the same point; the combiner hashes the bytes, so the secret differs. */
    @Test
    void decapsulate_topBitOfX25519PartSet_givesAnotherSecret() {
        XWing.SecretKey key = XWing.SecretKey.fromSeed(seeded(3, 32));
        Encapsulation encapsulation = key.publicKey().encapsulate(seeded(4, 64));
        byte[] changed = encapsulation.ciphertext();
        changed[1119] |= (byte) 0x80;

        assertThat(key.decapsulate(changed).orElseThrow().matches(encapsulation.sharedSecret()))
                .isFalse();
    }

    @Test
    void decapsulate_x25519PartOfLowOrder_isRefused() {
        XWing.SecretKey key = XWing.SecretKey.fromSeed(seeded(3, 32));
        byte[] ciphertext = key.publicKey().encapsulate(seeded(4, 64)).ciphertext();

        for (byte[] point : X25519.LOW_ORDER) {
            System.arraycopy(point, 0, ciphertext, MlKem768.CIPHERTEXT_BYTES, X25519.BYTES);
            assertThat(key.decapsulate(ciphertext)).isEmpty();
        }
    }

    @Test
    void parse_anyPartBad_isRefused() throws MalformedException {
        byte[] key = XWing.SecretKey.fromSeed(seeded(5, 32)).publicKey().toByteArray();
        assertThat(XWing.PublicKey.parse(key).toByteArray()).isEqualTo(key);

        assertReason(Reason.TRUNCATED, Arrays.copyOf(key, 1215));
        assertReason(Reason.TRAILING_BYTES, Arrays.copyOf(key, 1217));
        assertReason(Reason.NOT_CANONICAL, MlKem768Test.withCoefficient(key, 3, 3329));
        byte[] topBit = key.clone();
        topBit[1215] |= (byte) 0x80;
        assertReason(Reason.NOT_CANONICAL, topBit);
        byte[] lowOrder = key.clone();
        Arrays.fill(lowOrder, 1184, 1216, (byte) 0);
        assertReason(Reason.IDENTITY, lowOrder);
    }

    private static void assertReason(Reason reason, byte[] key) {
        assertThatThrownBy(() -> XWing.PublicKey.parse(key))
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
