package org.lamplighter.core.vectors;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** The notation of docs/spec 0, spelled out: numbers, labels, hashes, HKDF, notes. */
public final class Spelled {
    private static final BigInteger L =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private Spelled() {}

    public static byte[] u8(int value) {
        return new byte[] {(byte) value};
    }

    public static byte[] u16(int value) {
        return ByteBuffer.allocate(2).putShort((short) value).array();
    }

    public static byte[] u32(long value) {
        return ByteBuffer.allocate(4).putInt((int) value).array();
    }

    public static byte[] u64(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    public static byte[] text32(String text) {
        return concat(u32(utf8(text).length), utf8(text));
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    public static byte[] unhex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    public static byte[] sha256(byte[]... parts) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(concat(parts));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** SHA-256 of the words: a fixed value that looks random. */
    public static byte[] named(String words) {
        return sha256(utf8(words));
    }

    /** {@code length} bytes, byte i is (131 i + 7 n) mod 256. */
    public static byte[] pattern(int n, int length) {
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = (byte) (131 * i + 7 * n);
        }
        return out;
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(concat(parts));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** RFC 5869 §2.3. */
    public static byte[] expand(byte[] prk, byte[] info, int length) {
        byte[] out = {};
        byte[] block = {};
        for (int i = 1; out.length < length; i++) {
            block = hmac(prk, block, info, u8(i));
            out = concat(out, block);
        }
        return Arrays.copyOf(out, length);
    }

    /** RFC 5869, extract and expand. */
    public static byte[] hkdf(byte[] ikm, byte[] salt, byte[] info, int length) {
        return expand(hmac(salt, ikm), info, length);
    }

    /** {@code wide(b)} of 0.3 in 32 little-endian bytes. */
    public static byte[] wide(byte[] littleEndian64) {
        byte[] reduced = new BigInteger(1, reversed(littleEndian64)).mod(L).toByteArray();
        return Arrays.copyOf(reversed(reduced), 32);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            out[i] = bytes[bytes.length - 1 - i];
        }
        return out;
    }

    /** RFC 8439 with a nonce of zeros and no additional data. */
    public static byte[] chaCha20Poly1305(byte[] key, byte[] plaintext) {
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(new byte[12]));
            return cipher.doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static byte[] ed25519PublicKey(byte[] seed) {
        return new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
    }

    /** A signed note (0.6). */
    public static String note(String text, String name, byte[] seed) {
        byte[] keyId = Arrays.copyOf(sha256(utf8(name), u8('\n'), u8(1), ed25519PublicKey(seed)), 4);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(seed, 0));
        signer.update(utf8(text), 0, utf8(text).length);
        String line = Base64.getEncoder().encodeToString(concat(keyId, signer.generateSignature()));
        return text + "\n\u2014 " + name + " " + line + "\n";
    }
}
