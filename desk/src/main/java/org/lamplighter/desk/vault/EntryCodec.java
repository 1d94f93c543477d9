package org.lamplighter.desk.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;

/**
 * Turns an entry into the bytes of its file and back (docs/spec/08-vault.md, 8.2 and 8.3).
 *
 * <p>Every write draws a new salt, so every key seals once and a nonce of zeros is safe (NIST SP 800-38D §8 asks that a
 * nonce never meets a key twice). The file's name is authenticated with the bytes: two entries cannot change places.
 */
final class EntryCodec {
    static final int VERSION = 1;
    static final int MAX_NAME = 200;
    static final int MAX_CONTENT = 32 << 20;

    private static final int SALT = 32;
    private static final int TAG = 16;
    private static final int NAME_BLOCK = 256;
    private static final int CONTENT_BLOCK = 4096;
    /** What must be read of a file to know the entry's name. */
    static final int HEADER = 1 + SALT + NAME_BLOCK + TAG;

    private final SecretBytes vaultKey;
    private final SecretKey fileNameKey;

    EntryCodec(SecretBytes vaultKey) {
        this.vaultKey = vaultKey;
        this.fileNameKey = new SecretKeySpec(derive(new byte[0], "lamplighter/vault/file-name/v1", 32), "HmacSHA256");
    }

    /** The name of the file that holds the entry {@code name}: 64 hex digits that tell nothing without the vault key. */
    String fileName(String name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(fileNameKey);
            return HexFormat.of().formatHex(mac.doFinal(name.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
        }
    }

    byte[] seal(String name, byte[] content, SecureRandom random) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        byte[] aad = aad(fileName(name));
        byte[] nameBlock = new ByteWriter().text16(name).padTo(NAME_BLOCK).toByteArray();
        int length = 4 + content.length;
        byte[] contentBlock = new ByteWriter()
                .u32(content.length)
                .bytes(content)
                .padTo(length + (CONTENT_BLOCK - length % CONTENT_BLOCK) % CONTENT_BLOCK)
                .toByteArray();
        byte[] keys = derive(salt, "lamplighter/vault/entry/v1", 64);
        try {
            return new ByteWriter()
                    .u8(VERSION)
                    .bytes(salt)
                    .bytes(gcm(Cipher.ENCRYPT_MODE, keys, 0, aad).doFinal(nameBlock))
                    .bytes(gcm(Cipher.ENCRYPT_MODE, keys, 32, aad).doFinal(contentBlock))
                    .toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is part of every JDK", e);
        } finally {
            SecretBytes.wipe(keys);
            SecretBytes.wipe(contentBlock);
        }
    }

    /** The entry's name, from at least the first {@link #HEADER} bytes of its file; empty when they do not open. */
    Optional<String> name(String fileName, byte[] file) {
        if (file.length < HEADER || file[0] != VERSION) {
            return Optional.empty();
        }
        byte[] keys = derive(Arrays.copyOfRange(file, 1, 1 + SALT), "lamplighter/vault/entry/v1", 64);
        try {
            byte[] block = gcm(Cipher.DECRYPT_MODE, keys, 0, aad(fileName)).doFinal(file, 1 + SALT, NAME_BLOCK + TAG);
            ByteReader in = ByteReader.of(block, "vault entry name");
            String name = in.text16(MAX_NAME);
            in.zerosToEnd();
            return Optional.of(name);
        } catch (AEADBadTagException | MalformedException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is part of every JDK", e);
        } finally {
            SecretBytes.wipe(keys);
        }
    }

    /** The content of the entry, from the whole of its file; empty when anything in it was changed. */
    Optional<byte[]> content(String fileName, byte[] file) {
        if (name(fileName, file).isEmpty() || file.length < HEADER + TAG) {
            return Optional.empty();
        }
        byte[] keys = derive(Arrays.copyOfRange(file, 1, 1 + SALT), "lamplighter/vault/entry/v1", 64);
        try {
            byte[] block =
                    gcm(Cipher.DECRYPT_MODE, keys, 32, aad(fileName)).doFinal(file, HEADER, file.length - HEADER);
            ByteReader in = ByteReader.of(block, "vault entry");
            long length = in.u32();
            if (length > MAX_CONTENT) {
                return Optional.empty();
            }
            byte[] content = in.bytes((int) length);
            in.zerosToEnd();
            SecretBytes.wipe(block);
            return Optional.of(content);
        } catch (AEADBadTagException | MalformedException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is part of every JDK", e);
        } finally {
            SecretBytes.wipe(keys);
        }
    }

    private static byte[] aad(String fileName) {
        return new ByteWriter()
                .u8(VERSION)
                .bytes(HexFormat.of().parseHex(fileName))
                .toByteArray();
    }

    private static Cipher gcm(int mode, byte[] keys, int offset, byte[] aad) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(keys, offset, 32, "AES"), new GCMParameterSpec(8 * TAG, new byte[12]));
        cipher.updateAAD(aad);
        return cipher;
    }

    private byte[] derive(byte[] salt, String info, int length) {
        return vaultKey.apply(key -> {
            try {
                // RFC 5869: an empty salt stands for a block of zeros.
                HKDFParameterSpec.Builder extract =
                        HKDFParameterSpec.ofExtract().addIKM(key);
                if (salt.length > 0) {
                    extract = extract.addSalt(salt);
                }
                return KDF.getInstance("HKDF-SHA256")
                        .deriveData(extract.thenExpand(info.getBytes(StandardCharsets.US_ASCII), length));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("HKDF-SHA256 is part of JDK 25", e);
            }
        });
    }
}
