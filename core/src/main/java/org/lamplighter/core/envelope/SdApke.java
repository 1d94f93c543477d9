package org.lamplighter.core.envelope;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.lamplighter.core.primitive.Aead;
import org.lamplighter.core.primitive.DhKem;
import org.lamplighter.core.primitive.Encapsulation;
import org.lamplighter.core.primitive.Hpke;
import org.lamplighter.core.primitive.MlKem768;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;

/**
 * SD-APKE: HPKE mode AuthPSK whose pre-shared key is an ML-KEM-768 secret made for this one message (protocol 0.4, Message
 * encryption via SD-APKE; docs/spec 2.1). The recipient learns which key sealed; nobody can prove it to others.
 * Stateless and thread-safe.
 */
public final class SdApke {
    /** How much longer the ciphertext is than the plaintext: c2 1088, c1 32, tag 16. */
    public static final int OVERHEAD_BYTES = MlKem768.CIPHERTEXT_BYTES + DhKem.ENCAPSULATED_BYTES + Aead.TAG_BYTES;

    private static final int C1_AT = MlKem768.CIPHERTEXT_BYTES;
    private static final int AEAD_AT = C1_AT + DhKem.ENCAPSULATED_BYTES;
    private static final byte[] PSK_ID = "SD-pskAPKE".getBytes(StandardCharsets.US_ASCII);

    private SdApke() {}

    /**
     * AuthEnc: {@code c2 (ML-KEM ciphertext) 1088 || c1 (DHKEM enc) 32 || AEAD ciphertext} (protocol 0.4, Ciphertext).
     *
     * @param aad additional data: the newsroom id, 32 bytes (docs/spec 0.8)
     * @param randomness of which the ML-KEM and the DHKEM part are taken
     */
    public static byte[] authEnc(
            ApkeSecretKey sender,
            ApkePublicKey recipient,
            FetchPublicKey recipientFetch,
            byte[] aad,
            byte[] plaintext,
            SealingRandomness randomness) {
        try (Encapsulation psk = randomness.takeMlKem(m -> recipient.mlKem().encapsulate(m))) {
            byte[] c2 = psk.ciphertext();
            byte[] info = info(c2, recipientFetch, sender.publicKey());
            Hpke.AuthPsk hpke = new Hpke.AuthPsk(info, aad, psk.sharedSecret(), PSK_ID);
            Hpke.Sealed sealed =
                    randomness.takeDhKem(ikmE -> hpke.seal(ikmE, sender.x25519(), recipient.x25519(), plaintext));
            return new ByteWriter()
                    .bytes(c2)
                    .bytes(sealed.enc())
                    .bytes(sealed.ciphertext())
                    .toByteArray();
        }
    }

    /** AuthDec: the plaintext, or nothing when anything differs from the sealing. Any length may be given. */
    public static Optional<byte[]> authDec(
            ApkeSecretKey recipient,
            FetchPublicKey recipientFetch,
            ApkePublicKey sender,
            byte[] aad,
            byte[] ciphertext) {
        if (ciphertext.length < OVERHEAD_BYTES) {
            return Optional.empty();
        }
        byte[] c2 = Arrays.copyOf(ciphertext, C1_AT);
        byte[] c1 = Arrays.copyOfRange(ciphertext, C1_AT, AEAD_AT);
        byte[] sealed = Arrays.copyOfRange(ciphertext, AEAD_AT, ciphertext.length);
        try (SecretBytes psk = recipient.mlKem().decapsulate(c2)) {
            return new Hpke.AuthPsk(info(c2, recipientFetch, sender), aad, psk, PSK_ID)
                    .open(c1, recipient.x25519(), sender.x25519(), sealed);
        }
    }

    /**
     * "info = c2 || receiver fetch pubkey || sender KEM_PQ pubkey" (protocol 0.4, SD-APKE, AuthDec), 2304 bytes. The last
     * part is what the proof of concept leaves out: without it, whoever can replace the metadata ciphertext, which
     * anybody can, chooses the ML-KEM key under which the answer will be encrypted.
     */
    private static byte[] info(byte[] c2, FetchPublicKey recipientFetch, ApkePublicKey sender) {
        return new ByteWriter()
                .bytes(c2)
                .bytes(recipientFetch.toByteArray())
                .bytes(sender.mlKem().toByteArray())
                .toByteArray();
    }
}
