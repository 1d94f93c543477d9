package org.lamplighter.e2e.vectors;

import static org.lamplighter.e2e.vectors.KeyScheduleVectors.join;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.lamplighter.core.primitive.Encapsulation;
import org.lamplighter.core.primitive.ristretto.Scalar;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.e2e.vectors.PocEnvelopeCodec.Opening;
import org.lamplighter.e2e.vectors.PocEnvelopeCodec.PocEnvelope;
import org.lamplighter.e2e.vectors.PocEnvelopeCodec.Randomness;
import org.lamplighter.e2e.vectors.PocKeys.Bundle;
import org.lamplighter.e2e.vectors.PocKeys.User;
import org.lamplighter.e2e.vectors.PocKeys.Users;

/** Envelopes in the proof of concept's layout, sealed and opened. */
final class EnvelopeVectors {
    private static final byte[] PLACEHOLDER =
            PrimitiveVectors.placeholder("securedrop-protocol-placeholder-v1".getBytes(StandardCharsets.US_ASCII));

    private EnvelopeVectors() {}

    static void run(Fields file, Tally tally) {
        tally.vector("constants", () -> {
            file.expect("newsroom_id_aad", PocEnvelopeCodec.NEWSROOM_ID);
            file.expect("placeholder_fetch_pk", PLACEHOLDER);
        });
        Users users = Users.read(file, tally);
        tally.vectors(file, "envelopes", vector -> {
            User sender = users.get(vector.child("sender"));
            User recipient = users.get(vector.child("recipient"));
            Fields detail = vector.child("detail");
            plaintext(vector, detail, sender);
            opens(vector, detail, sender, recipient);
            if (detail.has("sd_apke")) {
                seals(detail, sender, recipient);
            }
        });
    }

    private static void plaintext(Fields vector, Fields detail, User sender) throws Mismatch {
        byte[] message = detail.hex("message");
        boolean fullSize = vector.flag("poc_full_size");
        byte[] padded = fullSize ? Arrays.copyOf(message, PocEnvelopeCodec.PADDED_BYTES) : message;
        byte[] plaintext = detail.hex("plaintext");
        if (vector.child("sender").text("kind").equals("journalist")) {
            Mismatch.unlessEqual("plaintext", plaintext, join(PocEnvelopeCodec.NO_PKE_KEY, PLACEHOLDER, padded));
        } else {
            byte[] pke = sender.bundles().getFirst().xWing().publicKey().toByteArray();
            byte[] fetch = sender.fetch().publicKey().toByteArray();
            Mismatch.unlessEqual("plaintext", plaintext, join(pke, fetch, padded));
        }
        Mismatch.unless(
                vector.text("direction")
                        .equals(vector.child("sender").text("kind") + "->"
                                + vector.child("recipient").text("kind")),
                "direction differs");
        if (detail.has("message_utf8")) {
            Mismatch.unlessEqual("message_utf8", detail.utf8("message_utf8"), message);
        }
        if (detail.has("plaintext_len")) {
            Mismatch.unless(detail.number("plaintext_len") == plaintext.length, "plaintext_len differs");
            Mismatch.unless(detail.number("padded_len") == padded.length, "padded_len differs");
        }
    }

    private static void opens(Fields vector, Fields detail, User sender, User recipient) throws Mismatch {
        Opening opening = PocEnvelopeCodec.open(recipient, PocEnvelope.read(detail.child("envelope")));
        if (!(opening instanceof Opening.Opened opened)) {
            throw new Mismatch("does not open: " + vector.text("name"));
        }
        Mismatch.unless(opened.bundle() == detail.number("recipient_bundle_index"), "recipient_bundle_index differs");
        detail.expect("sender_apke_pk", opened.senderApke().toByteArray());
        detail.expect("sender_apke_pk", sender.sending().publicKey());
        detail.expect("plaintext", opened.plaintext().toByteArray());
    }

    private static void seals(Fields detail, User sender, User recipient) throws Mismatch, MalformedException {
        Bundle bundle = recipient.bundles().get(detail.number("recipient_bundle_index"));
        detail.expect("recipient_fetch_pk", recipient.fetch().publicKey().toByteArray());
        detail.expect("recipient_apke_pk", bundle.apke().publicKey());
        detail.expect("recipient_pke_pk", bundle.xWing().publicKey().toByteArray());
        sdApke(detail.child("sd_apke"), sender, recipient, bundle);
        sdPke(detail.child("sd_pke"), sender, bundle);
        hint(detail.child("hint"), recipient, detail.child("envelope"));
        composed(detail);
        Randomness randomness = new Randomness(
                ByteString.of(detail.child("sd_apke").hex("mlkem_encaps_m")),
                ByteString.of(detail.child("sd_apke").child("dhkem").hex("ikm_e")),
                ByteString.of(detail.child("sd_pke").hex("xwing_encaps_randomness")),
                ByteString.of(detail.child("hint").hex("wide_seed")));
        PocEnvelope sealed = PocEnvelopeCodec.seal(
                sender, bundle, recipient.fetch().publicKey(), detail.hex("plaintext"), randomness);
        sealed.expect(detail.child("envelope"));
    }

    /** The two ciphertexts of the envelope are those of the parts: {@code enc || c2 || cp} and {@code c || cp}. */
    private static void composed(Fields detail) throws Mismatch {
        Fields sdApke = detail.child("sd_apke");
        Fields sdPke = detail.child("sd_pke");
        Fields envelope = detail.child("envelope");
        envelope.expect("ct_apke", join(sdApke.child("dhkem").hex("enc"), sdApke.hex("c2"), sdApke.hex("cp")));
        envelope.expect("ct_pke", join(sdPke.hex("c"), sdPke.hex("cp")));
    }

    private static void sdApke(Fields vector, User sender, User recipient, Bundle bundle) throws Mismatch {
        Encapsulation psk = bundle.apke().mlKem().publicKey().encapsulate(vector.hex("mlkem_encaps_m"));
        vector.expect("c2", psk.ciphertext());
        vector.expect("k2_psk", psk.sharedSecret());
        vector.expect("k2_psk", bundle.apke().mlKem().decapsulate(vector.hex("c2")));
        vector.expect("psk_id", PocEnvelopeCodec.PSK_ID);
        vector.expect("aad", PocEnvelopeCodec.NEWSROOM_ID);
        vector.expect(
                "info", join(psk.ciphertext(), recipient.fetch().publicKey().toByteArray()));
        SecretBytes shared = KeyScheduleVectors.expectKem(
                vector.child("dhkem"), sender.sending().x25519(), bundle.apke().x25519());
        KeyScheduleVectors.expectAuthPsk(
                vector.child("key_schedule"),
                shared,
                vector.hex("info"),
                vector.secret("k2_psk"),
                vector.hex("psk_id"));
    }

    private static void sdPke(Fields vector, User sender, Bundle bundle) throws Mismatch {
        Encapsulation encapsulation = bundle.xWing().publicKey().encapsulate(vector.hex("xwing_encaps_randomness"));
        vector.expect("c", encapsulation.ciphertext());
        vector.expect("xwing_shared_secret", encapsulation.sharedSecret());
        vector.expectText("info", "");
        vector.expectText("aad", "");
        vector.expect("plaintext", sender.sending().publicKey());
        KeyScheduleVectors.expectBase(vector.child("key_schedule"), encapsulation.sharedSecret());
    }

    private static void hint(Fields vector, User recipient, Fields envelope) throws Mismatch, MalformedException {
        Scalar x = Scalar.fromWideBytes(vector.hex("wide_seed"));
        vector.expect("x", x.encode());
        PocChallenge.expectHint(vector, recipient.fetch().publicKey());
        envelope.expect("mgdh_pubkey", vector.hex("X"));
        envelope.expect("mgdh", vector.hex("Z"));
    }
}
