package org.lamplighter.core.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.primitive.Hex.flipped;
import static org.lamplighter.core.primitive.Hex.hex;
import static org.lamplighter.core.primitive.Hex.seeded;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AeadTest {
    @Test
    void seal_rfc8439_section282() {
        byte[] key = hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
        byte[] nonce = hex("070000004041424344454647");
        byte[] aad = hex("50515253c0c1c2c3c4c5c6c7");
        byte[] plaintext =
                ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future,"
                                + " sunscreen would be it.")
                        .getBytes(StandardCharsets.US_ASCII);

        byte[] sealed = Aead.CHACHA20_POLY1305.seal(key, nonce, aad, plaintext);

        assertThat(sealed).startsWith(hex("d31a8d34648e60db7b86afbc53ef7ec2"));
        assertThat(sealed).endsWith(hex("1ae10b594f09e26a7e902ecbd0600691"));
    }

    @ParameterizedTest
    @EnumSource
    void seal_anyLength_isWhatBouncyCastleSeals(Aead aead) throws InvalidCipherTextException {
        byte[] key = seeded(1, 32);
        byte[] nonce = seeded(2, 12);
        byte[] aad = seeded(3, 33);
        for (int length : new int[] {0, 1, 15, 16, 17, 64, 1000, 8176}) {
            byte[] plaintext = seeded(length, length);

            byte[] sealed = aead.seal(key, nonce, aad, plaintext);

            assertThat(sealed).isEqualTo(oracle(aead, key, nonce, aad, plaintext));
            assertThat(aead.open(key, nonce, aad, sealed)).hasValue(plaintext);
        }
    }

    @ParameterizedTest
    @EnumSource
    void open_anythingChanged_isRefused(Aead aead) {
        byte[] key = seeded(1, 32);
        byte[] nonce = seeded(2, 12);
        byte[] aad = seeded(3, 5);
        byte[] sealed = aead.seal(key, nonce, aad, seeded(4, 40));

        for (int i = 0; i < sealed.length; i++) {
            assertThat(aead.open(key, nonce, aad, flipped(sealed, i))).isEmpty();
            assertThat(aead.open(key, nonce, aad, Arrays.copyOf(sealed, i))).isEmpty();
        }
        assertThat(aead.open(key, nonce, aad, Arrays.copyOf(sealed, sealed.length + 1)))
                .isEmpty();
        assertThat(aead.open(flipped(key, 0), nonce, aad, sealed)).isEmpty();
        assertThat(aead.open(key, flipped(nonce, 0), aad, sealed)).isEmpty();
        assertThat(aead.open(key, nonce, flipped(aad, 0), sealed)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void seal_keyOrNonceOfAnotherLength_isAFault(Aead aead) {
        assertThatThrownBy(() -> aead.seal(new byte[16], new byte[12], new byte[0], new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> aead.seal(new byte[32], new byte[16], new byte[0], new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] oracle(Aead aead, byte[] key, byte[] nonce, byte[] aad, byte[] plaintext)
            throws InvalidCipherTextException {
        AEADCipher cipher = switch (aead) {
            case CHACHA20_POLY1305 -> new ChaCha20Poly1305();
            case AES_256_GCM -> GCMBlockCipher.newInstance(AESEngine.newInstance());
        };
        cipher.init(true, new AEADParameters(new KeyParameter(key), 128, nonce, aad));
        byte[] out = new byte[cipher.getOutputSize(plaintext.length)];
        int length = cipher.processBytes(plaintext, 0, plaintext.length, out, 0);
        cipher.doFinal(out, length);
        return out;
    }
}
