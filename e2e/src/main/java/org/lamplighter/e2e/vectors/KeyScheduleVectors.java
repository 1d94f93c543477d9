package org.lamplighter.e2e.vectors;

import java.util.Arrays;
import org.lamplighter.core.primitive.DhKem;
import org.lamplighter.core.primitive.Encapsulation;
import org.lamplighter.core.primitive.HpkeKeySchedule;
import org.lamplighter.core.primitive.HpkeSuite;
import org.lamplighter.core.primitive.X25519;
import org.lamplighter.core.primitive.X25519KeyPair;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteWriter;

/** The members {@code key_schedule} and {@code kem} or {@code dhkem} that several schemas share. */
final class KeyScheduleVectors {
    private KeyScheduleVectors() {}

    /** Compares each value of the schedule, in mode AuthPSK. */
    static void expectAuthPsk(Fields schedule, SecretBytes sharedSecret, byte[] info, SecretBytes psk, byte[] pskId)
            throws Mismatch {
        expect(
                schedule,
                HpkeSuite.DHKEM_X25519,
                HpkeKeySchedule.derive(
                        HpkeSuite.DHKEM_X25519, HpkeKeySchedule.Mode.AUTH_PSK, sharedSecret, info, psk, pskId));
    }

    /** Compares each value of the schedule, in mode Base with empty info. */
    static void expectBase(Fields schedule, SecretBytes sharedSecret) throws Mismatch {
        byte[] empty = new byte[0];
        expect(
                schedule,
                HpkeSuite.X_WING,
                HpkeKeySchedule.derive(
                        HpkeSuite.X_WING,
                        HpkeKeySchedule.Mode.BASE,
                        sharedSecret,
                        empty,
                        SecretBytes.takeOver(empty),
                        empty));
    }

    private static void expect(Fields schedule, HpkeSuite suite, HpkeKeySchedule actual) throws Mismatch {
        byte[] context = actual.context();
        schedule.expect("suite_id", suite.suiteId());
        schedule.expect("psk_id_hash", Arrays.copyOfRange(context, 1, 33));
        schedule.expect("info_hash", Arrays.copyOfRange(context, 33, 65));
        schedule.expect("key_schedule_context", context);
        schedule.expect("secret", actual.secret());
        schedule.expect("key", actual.key());
        schedule.expect("base_nonce", actual.baseNonce());
    }

    /** Compares each value of an authenticated encapsulation, on both sides, and gives its shared secret. */
    static SecretBytes expectKem(Fields kem, X25519KeyPair sender, X25519KeyPair recipient) throws Mismatch {
        byte[] senderPublic = sender.publicKey();
        byte[] recipientPublic = recipient.publicKey();
        byte[] ephemeral = DhKem.deriveSecretKey(kem.hex("ikm_e"));
        kem.expect("sk_e", ephemeral);
        Encapsulation encapsulation = DhKem.authEncap(kem.hex("ikm_e"), sender, recipientPublic);
        kem.expect("enc", encapsulation.ciphertext());
        kem.expect("shared_secret", encapsulation.sharedSecret());
        kem.expect(
                "dh",
                join(agree(ephemeral, recipientPublic), agree(sender.secretKey().reveal(), recipientPublic)));
        kem.expect("kem_context", join(kem.hex("enc"), recipientPublic, senderPublic));
        SecretBytes decapsulated = DhKem.authDecap(kem.hex("enc"), recipient, senderPublic)
                .orElseThrow(() -> new Mismatch("the diffie-hellman result is zero"));
        kem.expect("shared_secret", decapsulated);
        return decapsulated;
    }

    private static byte[] agree(byte[] secretKey, byte[] publicKey) throws Mismatch {
        return X25519.agree(secretKey, publicKey).orElseThrow(() -> new Mismatch("x25519 result is zero"));
    }

    static byte[] join(byte[]... parts) {
        ByteWriter writer = new ByteWriter();
        for (byte[] part : parts) {
            writer.bytes(part);
        }
        return writer.toByteArray();
    }
}
