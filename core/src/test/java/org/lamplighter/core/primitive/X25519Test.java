package org.lamplighter.core.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.primitive.Hex.hex;
import static org.lamplighter.core.primitive.Hex.seeded;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

final class X25519Test {
    private static final byte[] ALICE = seeded(99, 32);

    @Test
    void agree_rfc7748_section61() {
        byte[] bob = hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
        byte[] alicePublic = hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");

        assertThat(X25519.publicKey(bob))
                .isEqualTo(hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"));
        assertThat(X25519.agree(bob, alicePublic))
                .hasValue(hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"));
    }

    @Test
    void agree_randomKeys_isWhatTheJdkAgrees() throws GeneralSecurityException {
        for (int i = 0; i < 50; i++) {
            byte[] mine = seeded(i, 32);
            byte[] theirs = X25519.publicKey(seeded(1000 + i, 32));

            assertThat(X25519.agree(mine, theirs)).hasValue(oracle(mine, theirs));
            assertThat(X25519.agree(X25519.clamp(mine), theirs)).hasValue(oracle(mine, theirs));
        }
    }

    @Test
    void agree_pointOfLowOrder_isRefusedBecauseTheSecretIsAllZero() {
        assertThat(X25519.LOW_ORDER).hasSize(5).allSatisfy(point -> {
            assertThat(X25519.agree(ALICE, point)).isEmpty();
            // The planted fault: the same multiplication without the refusal hands out a secret that anybody knows.
            byte[] unchecked = new byte[32];
            org.bouncycastle.math.ec.rfc7748.X25519.scalarMult(ALICE, 0, point, 0, unchecked, 0);
            assertThat(unchecked).isEqualTo(new byte[32]);
        });
    }

    @Test
    void agree_topBitSet_isTheSamePoint_asRfc7748Demands() {
        byte[] key = X25519.publicKey(seeded(7, 32));
        byte[] spelledDifferently = key.clone();
        spelledDifferently[31] |= (byte) 0x80;

        assertThat(X25519.agree(ALICE, spelledDifferently))
                .hasValue(X25519.agree(ALICE, key).orElseThrow());
        assertReason(Reason.NOT_CANONICAL, spelledDifferently);
    }

    @Test
    void checkPublicKey_honestKeys_areAccepted() {
        for (int i = 0; i < 200; i++) {
            byte[] key = X25519.publicKey(seeded(i, 32));
            assertThatCode(() -> X25519.checkPublicKey(key)).doesNotThrowAnyException();
        }
    }

    @Test
    void checkPublicKey_numbersAroundP_onlyThoseBelowAreAccepted() {
        BigInteger p = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
        for (int offset = 0; offset < 19; offset++) {
            assertReason(Reason.NOT_CANONICAL, littleEndian(p.add(BigInteger.valueOf(offset))));
        }
        assertReason(Reason.IDENTITY, littleEndian(p.subtract(BigInteger.ONE)));
        assertThatCode(() -> X25519.checkPublicKey(littleEndian(p.subtract(BigInteger.TWO))))
                .doesNotThrowAnyException();
        assertThatCode(() -> X25519.checkPublicKey(littleEndian(p.subtract(BigInteger.TWO.pow(100)))))
                .doesNotThrowAnyException();
    }

    @Test
    void checkPublicKey_lowOrderAndWrongLength_areRefused() {
        for (byte[] point : X25519.LOW_ORDER) {
            assertReason(Reason.IDENTITY, point);
        }
        assertReason(Reason.TRUNCATED, new byte[31]);
        assertReason(Reason.TRAILING_BYTES, new byte[33]);
    }

    private static void assertReason(Reason reason, byte[] key) {
        assertThatThrownBy(() -> X25519.checkPublicKey(key))
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    static byte[] littleEndian(BigInteger number) {
        byte[] out = new byte[32];
        BigInteger rest = number;
        for (int i = 0; i < 32; i++) {
            out[i] = rest.byteValue();
            rest = rest.shiftRight(8);
        }
        return out;
    }

    private static byte[] oracle(byte[] secretKey, byte[] publicKey) throws GeneralSecurityException {
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = publicKey[31 - i];
        }
        KeyFactory keys = KeyFactory.getInstance("X25519", "SunEC");
        KeyAgreement agreement = KeyAgreement.getInstance("X25519", "SunEC");
        agreement.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secretKey)));
        agreement.doPhase(
                keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, bigEndian))),
                true);
        return agreement.generateSecret();
    }
}
