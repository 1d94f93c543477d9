package org.lamplighter.core.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lamplighter.core.primitive.Hex.flipped;
import static org.lamplighter.core.primitive.Hex.hex;
import static org.lamplighter.core.primitive.Hex.seeded;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

final class Ed25519Test {
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    /** Encodings of the points of order 1, 2, 4, 4, 8, 8, 8, 8. */
    private static final List<byte[]> SMALL_ORDER = List.of(
            hex("0100000000000000000000000000000000000000000000000000000000000000"),
            hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            hex("0000000000000000000000000000000000000000000000000000000000000000"),
            hex("0000000000000000000000000000000000000000000000000000000000000080"),
            hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
            hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"),
            hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"));

    @Test
    void sign_rfc8032_testsOneToThree() {
        assertRfc(
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                        + "d25bf5f0595bbe24655141438e7a100b");
        assertRfc(
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                        + "387b2eaeb4302aeeb00d291612bb0c00");
    }

    @Test
    void sign_randomMessages_isWhatTheJdkSigns() throws GeneralSecurityException {
        for (int i = 0; i < 20; i++) {
            byte[] seed = seeded(i, 32);
            byte[] message = seeded(100 + i, i * 7);
            Signature theirs = Signature.getInstance("Ed25519", "SunEC");
            theirs.initSign(KeyFactory.getInstance("Ed25519", "SunEC")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
            theirs.update(message);

            assertThat(Ed25519.sign(seed, message)).isEqualTo(theirs.sign());
        }
    }

    @Test
    void preimage_tagAndMessage_isLengthTagMessage() {
        assertThat(Ed25519.preimage("nr-sig", hex("aabb"))).isEqualTo(hex("066e722d736967aabb"));
        assertThatThrownBy(() -> Ed25519.preimage("", new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ed25519.preimage("é", new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ed25519.preimage("x".repeat(256), new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Ed25519.preimage("x".repeat(255), new byte[0])).hasSize(256);
    }

    @Test
    void verifiesTagged_anotherTagKeyMessageOrSignature_isRefused() throws MalformedException {
        byte[] seed = seeded(1, 32);
        byte[] message = seeded(2, 30);
        Ed25519.Verifier key = Ed25519.Verifier.parse(Ed25519.verifyingKey(seed));
        byte[] signature = Ed25519.signTagged(seed, "nr-sig", message);
        assertThat(key.verifiesTagged("nr-sig", message, signature)).isTrue();

        assertThat(key.verifiesTagged("nr-sih", message, signature)).isFalse();
        assertThat(key.verifies(message, signature)).isFalse();
        assertThat(key.verifiesTagged("nr-sig", flipped(message, 0), signature)).isFalse();
        assertThat(Ed25519.Verifier.parse(Ed25519.verifyingKey(seeded(3, 32)))
                        .verifiesTagged("nr-sig", message, signature))
                .isFalse();
        for (int i = 0; i < 64; i++) {
            assertThat(key.verifiesTagged("nr-sig", message, flipped(signature, i)))
                    .isFalse();
            assertThat(key.verifiesTagged("nr-sig", message, Arrays.copyOf(signature, i)))
                    .isFalse();
        }
        assertThat(key.verifiesTagged("nr-sig", message, Arrays.copyOf(signature, 65)))
                .isFalse();
    }

    @Test
    void verifies_sNotBelowTheOrder_isRefused() throws MalformedException {
        byte[] seed = seeded(1, 32);
        byte[] message = seeded(2, 30);
        Ed25519.Verifier key = Ed25519.Verifier.parse(Ed25519.verifyingKey(seed));
        byte[] signature = Ed25519.sign(seed, message);
        BigInteger s = TwistedEdwards.number(Arrays.copyOfRange(signature, 32, 64));

        byte[] second = signature.clone();
        System.arraycopy(X25519Test.littleEndian(s.add(ORDER)), 0, second, 32, 32);

        assertThat(key.verifies(message, signature)).isTrue();
        assertThat(key.verifies(message, second)).isFalse();
        // The planted fault: the equation holds for S + L as well, so a verifier that does not compare S would accept.
        assertThat(TwistedEdwards.equationHolds(key.toByteArray(), message, second))
                .isTrue();
    }

    @Test
    void parse_keyOfSmallOrder_isRefused() {
        for (byte[] key : SMALL_ORDER) {
            assertReason(Reason.NOT_CANONICAL, key);
        }
    }

    @Test
    void parse_keyWithASmallOrderComponent_isRefused() {
        TwistedEdwards key = TwistedEdwards.decode(Ed25519.verifyingKey(seeded(1, 32)));
        for (byte[] small : SMALL_ORDER.subList(1, 8)) {
            assertReason(
                    Reason.NOT_CANONICAL, key.add(TwistedEdwards.decode(small)).encode());
        }
    }

    @Test
    void parse_encodingThatIsNotCanonical_isRefused() {
        // y = p + 1 and y = 1 with the sign bit: two more spellings of the identity; p, p + 3 .. p + 18 as y.
        assertReason(Reason.NOT_CANONICAL, hex("0100000000000000000000000000000000000000000000000000000000000080"));
        BigInteger p = TwistedEdwards.P;
        for (int i = 0; i < 19; i++) {
            assertReason(Reason.NOT_CANONICAL, X25519Test.littleEndian(p.add(BigInteger.valueOf(i))));
        }
        assertReason(Reason.TRUNCATED, new byte[31]);
        assertReason(Reason.TRAILING_BYTES, new byte[33]);
    }

    /**
     * A signer can add a point of order 2 to R: implementations that multiply by the cofactor accept (Bouncy Castle), those
     * that do not refuse (the JDK). Two readers of one document would disagree, so nobody accepts.
     */
    @Test
    void verifies_rWithASmallOrderComponent_isRefused() throws Exception {
        byte[] key = Ed25519.verifyingKey(seeded(1, 32));
        for (int i = 0; i < 5; i++) {
            byte[] message = seeded(i, 10);
            byte[] signature = signatureWithTorsion(seeded(1, 32), message);

            assertThat(TwistedEdwards.equationWithCofactorHolds(key, message, signature))
                    .isTrue();
            assertThat(Ed25519.Verifier.parse(key).verifies(message, signature)).isFalse();
            assertThat(jdkVerifies(key, message, signature)).isFalse();
            // The planted fault: the same verification without the check of R.
            assertThat(org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                            signature, 0, key, 0, message, 0, message.length))
                    .isTrue();
        }
    }

    private static boolean jdkVerifies(byte[] key, byte[] message, byte[] signature) throws GeneralSecurityException {
        BigInteger y = TwistedEdwards.number(key);
        Signature verification = Signature.getInstance("Ed25519", "SunEC");
        verification.initVerify(KeyFactory.getInstance("Ed25519", "SunEC")
                .generatePublic(new EdECPublicKeySpec(
                        NamedParameterSpec.ED25519, new EdECPoint(y.testBit(255), y.clearBit(255)))));
        verification.update(message);
        return verification.verify(signature);
    }

    private static byte[] signatureWithTorsion(byte[] seed, byte[] message) {
        byte[] hash = TwistedEdwards.sha512(seed);
        byte[] scalar = Arrays.copyOf(hash, 32);
        scalar[0] &= (byte) 248;
        scalar[31] = (byte) ((scalar[31] & 127) | 64);
        BigInteger a = TwistedEdwards.number(scalar);
        BigInteger r = TwistedEdwards.number(seeded(77, 31));
        byte[] bigR = TwistedEdwards.BASE
                .multiply(r)
                .add(TwistedEdwards.decode(SMALL_ORDER.get(1)))
                .encode();
        BigInteger k = TwistedEdwards.number(TwistedEdwards.sha512(bigR, Ed25519.verifyingKey(seed), message));
        return Bytes.concat(bigR, X25519Test.littleEndian(r.add(k.multiply(a)).mod(ORDER)));
    }

    private static void assertRfc(String seed, String key, String message, String signature) {
        assertThat(Ed25519.verifyingKey(hex(seed))).isEqualTo(hex(key));
        assertThat(Ed25519.sign(hex(seed), hex(message))).isEqualTo(hex(signature));
        try {
            assertThat(Ed25519.Verifier.parse(hex(key)).verifies(hex(message), hex(signature)))
                    .isTrue();
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertReason(Reason reason, byte[] key) {
        assertThatThrownBy(() -> Ed25519.Verifier.parse(key))
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    /** The curve of Ed25519 by the book, affine, slow: only for making points that no honest program makes. */
    private record TwistedEdwards(BigInteger x, BigInteger y) {
        static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
        static final BigInteger D = BigInteger.valueOf(-121665)
                .multiply(BigInteger.valueOf(121666).modInverse(P))
                .mod(P);
        static final TwistedEdwards BASE =
                decode(hex("5866666666666666666666666666666666666666666666666666666666666666"));

        static BigInteger number(byte[] littleEndian) {
            byte[] bigEndian = new byte[littleEndian.length];
            for (int i = 0; i < bigEndian.length; i++) {
                bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
            }
            return new BigInteger(1, bigEndian);
        }

        static TwistedEdwards decode(byte[] encoded) {
            BigInteger all = number(encoded);
            BigInteger y = all.clearBit(255);
            BigInteger u = y.multiply(y).subtract(BigInteger.ONE);
            BigInteger v = D.multiply(y).multiply(y).add(BigInteger.ONE);
            BigInteger square = u.multiply(v.modInverse(P)).mod(P);
            BigInteger root = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
            if (!root.multiply(root).mod(P).equals(square)) {
                root = root.multiply(
                                BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P))
                        .mod(P);
            }
            return new TwistedEdwards(
                    root.testBit(0) == all.testBit(255) || root.signum() == 0 ? root : P.subtract(root), y);
        }

        byte[] encode() {
            return X25519Test.littleEndian(x.testBit(0) ? y.setBit(255) : y);
        }

        TwistedEdwards add(TwistedEdwards other) {
            BigInteger product = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y);
            BigInteger newX = x.multiply(other.y)
                    .add(y.multiply(other.x))
                    .multiply(BigInteger.ONE.add(product).modInverse(P));
            BigInteger newY = y.multiply(other.y)
                    .add(x.multiply(other.x))
                    .multiply(BigInteger.ONE.subtract(product).modInverse(P));
            return new TwistedEdwards(newX.mod(P), newY.mod(P));
        }

        TwistedEdwards multiply(BigInteger scalar) {
            TwistedEdwards result = new TwistedEdwards(BigInteger.ZERO, BigInteger.ONE);
            for (int i = scalar.bitLength() - 1; i >= 0; i--) {
                result = result.add(result);
                if (scalar.testBit(i)) {
                    result = result.add(this);
                }
            }
            return result;
        }

        static boolean equationHolds(byte[] key, byte[] message, byte[] signature) {
            return equation(key, message, signature, BigInteger.ONE);
        }

        static boolean equationWithCofactorHolds(byte[] key, byte[] message, byte[] signature) {
            return equation(key, message, signature, BigInteger.valueOf(8));
        }

        private static boolean equation(byte[] key, byte[] message, byte[] signature, BigInteger factor) {
            byte[] bigR = Arrays.copyOf(signature, 32);
            BigInteger s = number(Arrays.copyOfRange(signature, 32, 64));
            BigInteger k = number(sha512(bigR, key, message));
            TwistedEdwards right = decode(bigR).add(decode(key).multiply(k));
            return BASE.multiply(s).multiply(factor).equals(right.multiply(factor));
        }

        static byte[] sha512(byte[]... parts) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-512");
                for (byte[] part : parts) {
                    digest.update(part);
                }
                return digest.digest();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
