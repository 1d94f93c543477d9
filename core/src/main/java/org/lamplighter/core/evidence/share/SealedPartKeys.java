package org.lamplighter.core.evidence.share;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.ShareSetId;
import org.lamplighter.core.primitive.Aead;
import org.lamplighter.core.primitive.Hkdf;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;

/** The part keys under the key that follows from the shared secret (docs/spec 7.3). */
final class SealedPartKeys {
    private static final byte[] NO_SALT = {};

    /** Zero: the key is made from a secret that seals once. */
    private static final byte[] NONCE = new byte[Aead.NONCE_BYTES];

    private SealedPartKeys() {}

    static byte[] seal(SecretBytes secret, ShareSetId setId, SealBinding binding, List<PartKey> keys) {
        byte[] aad = aad(binding);
        byte[] plain = new byte[keys.size() * PartKey.LENGTH];
        try (SecretBytes kek = kek(secret, setId)) {
            for (int i = 0; i < keys.size(); i++) {
                int at = i * PartKey.LENGTH;
                keys.get(i).secret().use(bytes -> System.arraycopy(bytes, 0, plain, at, PartKey.LENGTH));
            }
            return kek.apply(key -> Aead.AES_256_GCM.seal(key, NONCE, aad, plain));
        } finally {
            SecretBytes.wipe(plain);
        }
    }

    /** The keys, or nothing when they are not sealed under this secret for this binding. */
    static Optional<List<PartKey>> open(SecretBytes secret, ShareSetId setId, SealBinding binding, byte[] sealed) {
        byte[] aad = aad(binding);
        try (SecretBytes kek = kek(secret, setId)) {
            return kek.apply(key -> Aead.AES_256_GCM.open(key, NONCE, aad, sealed))
                    .map(SealedPartKeys::split);
        }
    }

    private static List<PartKey> split(byte[] plain) {
        List<PartKey> keys = new ArrayList<>();
        for (int at = 0; at < plain.length; at += PartKey.LENGTH) {
            byte[] key = Arrays.copyOfRange(plain, at, at + PartKey.LENGTH);
            keys.add(PartKey.copyOf(key));
            SecretBytes.wipe(key);
        }
        SecretBytes.wipe(plain);
        return List.copyOf(keys);
    }

    private static byte[] aad(SealBinding binding) {
        return new ByteWriter().ascii("ll-seal/1").bytes(binding.toByteArray()).toByteArray();
    }

    private static SecretBytes kek(SecretBytes secret, ShareSetId setId) {
        byte[] info = new ByteWriter()
                .ascii("ll-seal-kek/v1")
                .bytes(setId.toByteArray())
                .toByteArray();
        return SecretBytes.takeOver(secret.apply(bytes -> Hkdf.derive(bytes, NO_SALT, info, 32)));
    }
}
