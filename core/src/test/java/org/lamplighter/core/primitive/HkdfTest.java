package org.lamplighter.core.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lamplighter.core.primitive.Hex.hex;

import org.junit.jupiter.api.Test;

final class HkdfTest {
    @Test
    void derive_rfc5869_caseOne() {
        byte[] ikm = hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b");
        byte[] salt = hex("000102030405060708090a0b0c");
        byte[] info = hex("f0f1f2f3f4f5f6f7f8f9");
        byte[] okm = hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");

        assertThat(Hkdf.derive(ikm, salt, info, 42)).isEqualTo(okm);
        assertThat(Hkdf.expand(Hkdf.extract(salt, ikm), info, 42)).isEqualTo(okm);
    }

    @Test
    void derive_rfc5869_caseThree_emptySaltAndInfo() {
        byte[] ikm = hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b");
        byte[] okm = hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");

        assertThat(Hkdf.derive(ikm, new byte[0], new byte[0], 42)).isEqualTo(okm);
        assertThat(Hkdf.derive(ikm, new byte[32], new byte[0], 42)).isEqualTo(okm);
    }
}
