package org.lamplighter.core.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.primitive.Hex.flipped;
import static org.lamplighter.core.primitive.Hex.hex;
import static org.lamplighter.core.primitive.Hex.seeded;

import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.secret.SecretBytes;

final class HpkeTest {
    private static final HPKE ORACLE =
            new HPKE(HPKE.mode_auth_psk, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_CHACHA20_POLY1305);
    private static final byte[] PSK_ID = Bytes.ascii("SD-pskAPKE");
    private static final byte[] AAD = seeded(20, 32);

    private final X25519KeyPair sender = X25519KeyPair.of(seeded(10, 32));
    private final X25519KeyPair recipient = X25519KeyPair.of(seeded(11, 32));
    private final SecretBytes psk = SecretBytes.takeOver(seeded(12, 32));
    private final byte[] senderPublic = X25519.publicKey(seeded(10, 32));
    private final byte[] recipientPublic = X25519.publicKey(seeded(11, 32));

    /** RFC 9180 A.2.4: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, AuthPSK, sequence number 0. */
    @Test
    void sealAuthPsk_rfc9180_a24() {
        byte[] ikmE = hex("49d6eac8c6c558c953a0a252929a818745bb08cd3d29e15f9f5db5eb2e7d4b84");
        byte[] skR = hex("7b36a42822e75bf3362dfabbe474b3016236408becb83b859a6909e22803cb0c");
        byte[] skS = hex("90761c5b0a7ef0985ed66687ad708b921d9803d51637c8d1cb72d03ed0f64418");
        byte[] pkR = hex("a5099431c35c491ec62ca91df1525d6349cb8aa170c51f9581f8627be6334851");
        byte[] info = hex("4f6465206f6e2061204772656369616e2055726e");
        byte[] aad = hex("436f756e742d30");
        byte[] plaintext = hex("4265617574792069732074727574682c20747275746820626561757479");
        byte[] ciphertext =
                hex("9aa52e29274fc6172e38a4461361d2342585d3aeec67fb3b721ecd63f059577c", "7fe886be0ede01456ebc67d597");
        byte[] enc = hex("656a2e00dc9990fd189e6e473459392df556e9a2758754a09db3f51179a3fc02");
        SecretBytes rfcPsk =
                SecretBytes.takeOver(hex("0247fd33b913760fa1fa51e1892d9f307fbe65eb171e8132c2af18555a738b82"));
        byte[] pskId = hex("456e6e796e20447572696e206172616e204d6f726961");
        Hpke.AuthPsk hpke = new Hpke.AuthPsk(info, aad, rfcPsk, pskId);

        assertThat(DhKem.deriveSecretKey(ikmE))
                .isEqualTo(hex("5e6dd73e82b856339572b7245d3cbb073a7561c0bee52873490e305cbb710410"));
        Encapsulation kem = DhKem.authEncap(ikmE, X25519KeyPair.of(skS), pkR);
        assertThat(kem.sharedSecret().reveal())
                .isEqualTo(hex("86a6c0ed17714f11d2951747e660857a5fd7616c933ef03207808b7a7123fe67"));
        Hpke.Sealed sealed = hpke.seal(ikmE, X25519KeyPair.of(skS), pkR, plaintext);
        assertThat(sealed.enc()).isEqualTo(enc);
        assertThat(sealed.ciphertext()).isEqualTo(ciphertext);
        assertThat(hpke.open(enc, X25519KeyPair.of(skR), X25519.publicKey(skS), ciphertext))
                .hasValue(plaintext);
    }

    @Test
    void openAuthPsk_sealedByBouncyCastle_opens() throws InvalidCipherTextException {
        for (int infoLength : new int[] {0, 1120, 2304}) {
            byte[] info = seeded(infoLength, infoLength);
            HPKEContextWithEncapsulation theirs = ORACLE.setupAuthPSKS(
                    new X25519PublicKeyParameters(recipientPublic),
                    info,
                    psk.reveal(),
                    PSK_ID,
                    bouncyCastleKey(sender.secretKey().reveal()));
            byte[] ciphertext = theirs.seal(AAD, seeded(1, 100));

            assertThat(new Hpke.AuthPsk(info, AAD, psk, PSK_ID)
                            .open(theirs.getEncapsulation(), recipient, senderPublic, ciphertext))
                    .hasValue(seeded(1, 100));
        }
    }

    @Test
    void sealAuthPsk_openedByBouncyCastle_opens() throws InvalidCipherTextException {
        byte[] info = seeded(30, 2304);

        Hpke.Sealed sealed =
                new Hpke.AuthPsk(info, AAD, psk, PSK_ID).seal(seeded(2, 32), sender, recipientPublic, seeded(3, 50));

        byte[] opened = ORACLE.setupAuthPSKR(
                        sealed.enc(),
                        bouncyCastleKey(recipient.secretKey().reveal()),
                        info,
                        psk.reveal(),
                        PSK_ID,
                        new X25519PublicKeyParameters(senderPublic))
                .open(AAD, sealed.ciphertext());
        assertThat(opened).isEqualTo(seeded(3, 50));
    }

    @Test
    void openAuthPsk_anythingDiffers_isRefused() {
        byte[] info = seeded(30, 64);
        Hpke.AuthPsk hpke = new Hpke.AuthPsk(info, AAD, psk, PSK_ID);
        Hpke.Sealed sealed = hpke.seal(seeded(2, 32), sender, recipientPublic, seeded(3, 20));
        byte[] enc = sealed.enc();
        byte[] ciphertext = sealed.ciphertext();
        assertThat(hpke.open(enc, recipient, senderPublic, ciphertext)).isPresent();

        assertThat(hpke.open(flipped(enc, 0), recipient, senderPublic, ciphertext))
                .isEmpty();
        assertThat(hpke.open(enc, sender, senderPublic, ciphertext)).isEmpty();
        assertThat(hpke.open(enc, recipient, recipientPublic, ciphertext)).isEmpty();
        assertThat(hpke.open(enc, recipient, senderPublic, flipped(ciphertext, 0)))
                .isEmpty();
        assertThat(hpke.open(enc, recipient, senderPublic, Arrays.copyOf(ciphertext, 15)))
                .isEmpty();
        assertThat(hpke.open(enc, recipient, senderPublic, new byte[0])).isEmpty();
        assertThat(new Hpke.AuthPsk(flipped(info, 63), AAD, psk, PSK_ID).open(enc, recipient, senderPublic, ciphertext))
                .isEmpty();
        assertThat(new Hpke.AuthPsk(info, flipped(AAD, 0), psk, PSK_ID).open(enc, recipient, senderPublic, ciphertext))
                .isEmpty();
        assertThat(new Hpke.AuthPsk(info, AAD, SecretBytes.takeOver(seeded(13, 32)), PSK_ID)
                        .open(enc, recipient, senderPublic, ciphertext))
                .isEmpty();
        assertThat(new Hpke.AuthPsk(info, AAD, psk, Bytes.ascii("SD-pskAPKF"))
                        .open(enc, recipient, senderPublic, ciphertext))
                .isEmpty();
    }

    /** The attack: an encapsulated key, or a sender's key, of low order makes the secret known to anybody. */
    @Test
    void openAuthPsk_keyOfLowOrder_isRefused() {
        for (byte[] point : X25519.LOW_ORDER) {
            assertThat(DhKem.authDecap(point, recipient, senderPublic)).isEmpty();
            assertThat(DhKem.authDecap(senderPublic, recipient, point)).isEmpty();
            assertThat(new Hpke.AuthPsk(new byte[0], AAD, psk, PSK_ID)
                            .open(point, recipient, senderPublic, new byte[40]))
                    .isEmpty();
        }
    }

    @Test
    void derive_pskThatDoesNotFitTheMode_isAFault() {
        SecretBytes none = SecretBytes.takeOver(new byte[0]);
        assertThatThrownBy(() -> HpkeKeySchedule.derive(
                        HpkeSuite.DHKEM_X25519,
                        HpkeKeySchedule.Mode.AUTH_PSK,
                        psk,
                        new byte[0],
                        SecretBytes.takeOver(new byte[31]),
                        PSK_ID))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HpkeKeySchedule.derive(
                        HpkeSuite.DHKEM_X25519, HpkeKeySchedule.Mode.AUTH_PSK, psk, new byte[0], psk, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HpkeKeySchedule.derive(
                        HpkeSuite.X_WING, HpkeKeySchedule.Mode.BASE, psk, new byte[0], psk, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HpkeKeySchedule.derive(
                        HpkeSuite.X_WING, HpkeKeySchedule.Mode.BASE, psk, new byte[0], none, PSK_ID))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static AsymmetricCipherKeyPair bouncyCastleKey(byte[] secretKey) {
        X25519PrivateKeyParameters key = new X25519PrivateKeyParameters(secretKey);
        return new AsymmetricCipherKeyPair(key.generatePublicKey(), key);
    }
}
