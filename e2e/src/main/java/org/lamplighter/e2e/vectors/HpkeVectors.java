package org.lamplighter.e2e.vectors;

import static org.lamplighter.e2e.vectors.KeyScheduleVectors.join;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.lamplighter.core.envelope.FetchPublicKey;
import org.lamplighter.core.envelope.PkePublicKey;
import org.lamplighter.core.envelope.SdApke;
import org.lamplighter.core.primitive.Encapsulation;
import org.lamplighter.core.primitive.Hpke;
import org.lamplighter.core.primitive.MlKem768;
import org.lamplighter.core.primitive.X25519KeyPair;
import org.lamplighter.core.primitive.XWing;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;

/** HPKE in both modes, and SD-APKE as the protocol's text has it. */
final class HpkeVectors {
    private static final String PSK_ID = "SD-pskAPKE";

    private HpkeVectors() {}

    static void runAuthPsk(Fields file, Tally tally) {
        tally.vector("suite", () -> expectSuite(file, "0020", 3));
        tally.vectors(file, "vectors", HpkeVectors::authPsk);
    }

    private static void authPsk(Fields vector) throws Mismatch {
        X25519KeyPair sender = X25519KeyPair.of(vector.hex("sender_sk"));
        X25519KeyPair recipient = X25519KeyPair.of(vector.hex("recipient_sk"));
        vector.expect("sender_sk", sender.secretKey());
        vector.expect("recipient_sk", recipient.secretKey());
        vector.expect("sender_pk", sender.publicKey());
        vector.expect("recipient_pk", recipient.publicKey());
        byte[] c2 = vector.hex("mlkem_ct_c2");
        MlKem768.SecretKey mlKem = MlKem768.SecretKey.fromSeed(vector.hex("recipient_mlkem_seed"));
        vector.expect("psk", mlKem.decapsulate(c2));
        vector.expect("psk_id", PSK_ID.getBytes(StandardCharsets.US_ASCII));
        byte[] info = vector.hex("info");
        Mismatch.unless(info.length == c2.length + FetchPublicKey.BYTES, "info has another length");
        Mismatch.unlessEqual("info", c2, Arrays.copyOf(info, c2.length));

        SecretBytes shared = KeyScheduleVectors.expectKem(vector.child("kem"), sender, recipient);
        KeyScheduleVectors.expectAuthPsk(
                vector.child("key_schedule"), shared, info, vector.secret("psk"), vector.hex("psk_id"));
        Hpke.AuthPsk hpke = new Hpke.AuthPsk(info, vector.hex("aad"), vector.secret("psk"), vector.hex("psk_id"));
        Fields kem = vector.child("kem");
        Hpke.Sealed sealed = hpke.seal(kem.hex("ikm_e"), sender, vector.hex("recipient_pk"), vector.hex("pt"));
        kem.expect("enc", sealed.enc());
        vector.expect("ct", sealed.ciphertext());
        vector.expect("pt", opened(hpke.open(kem.hex("enc"), recipient, vector.hex("sender_pk"), vector.hex("ct"))));
    }

    static void runBase(Fields file, Tally tally) {
        tally.vector("suite", () -> {
            expectSuite(file, "647a", 0);
            file.expectText("info", "");
            file.expectText("aad", "");
        });
        tally.vectors(file, "vectors", HpkeVectors::base);
    }

    private static void base(Fields vector) throws Mismatch, MalformedException {
        XWing.SecretKey key = XWing.SecretKey.fromSeed(vector.hex("sk"));
        vector.expect("pk", key.publicKey().toByteArray());
        XWing.PublicKey publicKey = XWing.PublicKey.parse(vector.hex("pk"));
        Encapsulation encapsulation = publicKey.encapsulate(vector.hex("encaps_randomness"));
        vector.expect("enc", encapsulation.ciphertext());
        vector.expect("shared_secret", encapsulation.sharedSecret());
        KeyScheduleVectors.expectBase(vector.child("key_schedule"), encapsulation.sharedSecret());
        Hpke.Base hpke = new Hpke.Base(new byte[0], new byte[0]);
        Hpke.Sealed sealed = hpke.seal(vector.hex("encaps_randomness"), publicKey, vector.hex("pt"));
        vector.expect("enc", sealed.enc());
        vector.expect("ct", sealed.ciphertext());
        vector.expect("pt", opened(hpke.open(vector.hex("enc"), key, vector.hex("ct"))));
    }

    static void runSpecInfo(Fields file, Tally tally) {
        tally.vectors(file, "vectors", vector -> specInfo(file, vector));
    }

    /** The file gives c2 and its secret but not the randomness of c2, so SD-APKE is sealed here from HPKE, and opened whole. */
    private static void specInfo(Fields file, Fields vector) throws Mismatch, MalformedException {
        file.expect("psk_id", PSK_ID.getBytes(StandardCharsets.US_ASCII));
        PocKeys.Apke sender = PocKeys.Apke.read(vector.child("sender"));
        PocKeys.Bundle recipient = PocKeys.Bundle.read(vector.child("recipient_bundle"));
        FetchPublicKey fetch = FetchPublicKey.parse(vector.hex("recipient_fetch_pk"));
        byte[] c2 = vector.hex("c2");
        byte[] aad = vector.hex("aad");
        byte[] plaintext = vector.hex("plaintext_spec_order");
        vector.expect("k2_psk", recipient.apke().mlKem().decapsulate(c2));
        vector.expect(
                "info", join(c2, fetch.toByteArray(), sender.mlKem().publicKey().toByteArray()));
        expectSpecPlaintext(plaintext, vector.utf8("message_utf8"));

        Fields kem = vector.child("dhkem");
        SecretBytes psk = vector.secret("k2_psk");
        SecretBytes shared = KeyScheduleVectors.expectKem(
                kem, sender.x25519(), recipient.apke().x25519());
        KeyScheduleVectors.expectAuthPsk(
                vector.child("key_schedule"), shared, vector.hex("info"), psk, file.hex("psk_id"));
        Hpke.Sealed sealed = new Hpke.AuthPsk(vector.hex("info"), aad, psk, file.hex("psk_id"))
                .seal(
                        kem.hex("ikm_e"),
                        sender.x25519(),
                        recipient.apke().x25519().publicKey(),
                        plaintext);
        vector.expect("cp", sealed.ciphertext());

        byte[] ctApke = join(c2, kem.hex("enc"), vector.hex("cp"));
        Optional<byte[]> opened =
                SdApke.authDec(recipient.apke().typed(), fetch, sender.typed().publicKey(), aad, ctApke);
        vector.expect("plaintext_spec_order", opened(opened));
        boolean opensWithShortInfo = new Hpke.AuthPsk(join(c2, fetch.toByteArray()), aad, psk, file.hex("psk_id"))
                .open(kem.hex("enc"), recipient.apke().x25519(), sender.x25519().publicKey(), vector.hex("cp"))
                .isPresent();
        Mismatch.unless(
                opensWithShortInfo != vector.flag("fails_with_poc_info_c2_fetch_only"),
                "fails_with_poc_info_c2_fetch_only differs");
    }

    /** Sender fetch key, sender PKE key, message: the order of the text. */
    private static void expectSpecPlaintext(byte[] plaintext, byte[] message) throws Mismatch, MalformedException {
        int pkeAt = FetchPublicKey.BYTES;
        int messageAt = pkeAt + PkePublicKey.BYTES;
        Mismatch.unless(plaintext.length > messageAt, "plaintext_spec_order is too short");
        FetchPublicKey.parse(Arrays.copyOf(plaintext, pkeAt));
        PkePublicKey.parse(Arrays.copyOfRange(plaintext, pkeAt, messageAt));
        Mismatch.unlessEqual("message_utf8", message, Arrays.copyOfRange(plaintext, messageAt, plaintext.length));
    }

    private static void expectSuite(Fields file, String kemId, int mode) throws Mismatch {
        file.expectText("kem_id", kemId);
        file.expectText("kdf_id", "0001");
        file.expectText("aead_id", "0003");
        Mismatch.unless(file.number("mode") == mode, "mode differs");
    }

    private static byte[] opened(Optional<byte[]> plaintext) throws Mismatch {
        return plaintext.orElseThrow(() -> new Mismatch("does not open"));
    }
}
